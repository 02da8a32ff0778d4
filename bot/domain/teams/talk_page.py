"""All that two people have between them besides the goal itself, as one of them sees it."""

from datetime import datetime

from bot.domain.teams.agreed import Agreed, SharedDelta, Side, person_of
from bot.domain.teams.rhythm import HeldRhythm
from bot.domain.teams.share import Share
from bot.domain.teams.talk import Point, Talk, undone_for
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class TalkPage:
    """What counts, when the two talk, and what they noted, as far as this one may see it.

    `last` is the talk before now, `zone` and `their_zone` where each of the two is.
    """

    agreed: SharedDelta
    rhythm: HeldRhythm | None
    points: tuple[Point, ...]
    last: Talk | None
    zone: str
    their_zone: str

    @property
    def share(self) -> Share:
        return self.agreed.share

    @property
    def side(self) -> Side:
        return self.agreed.side

    @property
    def other(self) -> str:
        """The Slack id of the other one."""
        return person_of(self.share, self.side.opposite)

    @property
    def undone(self) -> tuple[Point, ...]:
        """The points that this one may see and that are not done."""
        return undone_for(self.points, self.side)


@dataclass(frozen=True, slots=True)
class HomeTalk:
    """A share in one line of Home: what counts, what waits for an answer, the next talk.

    `asked` counts proposals that wait for this one's answer. `other` is a Slack id.
    """

    share_id: int
    side: Side
    other: str
    items: tuple[Agreed, ...] = ()
    asked: int = 0
    rhythm: HeldRhythm | None = None

    @property
    def next_at(self) -> datetime | None:
        return self.rhythm.next_at if self.rhythm else None
