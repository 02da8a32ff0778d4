"""What Home says about sharing: who sees what of mine, and who shares with me."""

from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import NOBODY, Unshared
from bot.domain.teams.share import Look, Share
from bot.values import dataclass

LOOKS = 4
"""Looks that Home names for each share; where there are more it says so."""
THEIRS = 5
"""People who share with a member, as many as Home names."""
MINE = 5
"""Own shares that Home names; all are in a list of their own."""

OVER = 20
"""Own shares that ended with a goal, as many as Home tells of."""


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A share of the member's own goal, and the last looks at it, newest first.

    `marked` tells that the other has sent marks.
    """

    share: Share
    looks: tuple[Look, ...] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class SharingSeen:
    """`mine` are asked or accepted; `asked` and `theirs` are what others share with the member.

    `theirs` are at most `THEIRS` of `people`; `asked` wait for the member's answer. `over` are
    those with whom shares ended when the last goal did.
    """

    mine: tuple[OwnShare, ...] = ()
    asked: tuple[Share, ...] = ()
    theirs: tuple[Share, ...] = ()
    people: int = 0
    over: Unshared = NOBODY


NOTHING_SHARED = SharingSeen()


@dataclass(frozen=True, slots=True)
class ShareForm:
    """What the form for sharing starts from.

    `pieces` are those that could be shown: placed at an expectation on the way. `share` is the one
    that is changed, None for a new one; `other` is whom was named, `unclear` a name that was typed
    and that nobody can be told by.
    """

    pieces: tuple[Evidence, ...] = ()
    share: Share | None = None
    other: str | None = None
    unclear: str = ""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the member's own shares; `page` counts from 0."""

    shares: tuple[OwnShare, ...]
    page: int
    total: int


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A page of the people who share with a member; `page` counts from 0."""

    shares: tuple[Share, ...]
    page: int
    total: int
