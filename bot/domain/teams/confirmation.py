"""A confirmation: one colleague, asked about one expectation, says whether they saw it.

It never counts as met. It stands beside what the member says, and in a packet where they put it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.framework import CellKey
from bot.domain.growth.packet import Saw, Voice
from bot.domain.local_time import local_day
from bot.domain.lookup.requests import ShowCard
from bot.domain.text import storable
from bot.values import dataclass

OPEN_FOR = timedelta(days=14)
"""An ask that nobody answers for so long is over."""
SAME_PERSON_AFTER = timedelta(days=7)
"""So long after an ask the same person may be asked again, however it ended."""
SAME_ASK_AFTER = OPEN_FOR + timedelta(days=7)
"""So long after an ask that got no answer the same person may be asked about the same again: a week
after the last moment at which they may have declined, so that it does not tell whether they did."""
MOST_OPEN = 3
MAX_SENTENCE = 600
MAX_WORDS = 1000


class CannotAsk(NextrungError):
    """A colleague cannot be asked now. Params: `why`, and `until`, a day, where that passes.

    `why` is nobody, self, too_many, same_person, same_ask (about the same, without an answer),
    no_sentence, unknown (Slack does not say who it is), deactivated, bot, guest, external or
    refused.
    """

    code = "cannot_ask"


class NoLongerAsked(OutdatedCard):
    """An ask is over, or never was the presser's: nobody is told which."""

    code = "no_longer_asked"


class ConfirmationState(StrEnum):
    """What is over has no words any more, but the asker's own until `Confirmation.until` where it
    was declined. Its row stays for `SAME_ASK_AFTER`, for so long the asker is to wait, whatever
    became of it.
    """

    ASKED = "asked"
    ANSWERED = "answered"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An ask and its answer. `owner` asks and `other` answers, both Slack ids of one tenant.

    `sentence` is the member's, `words` are the colleague's and may be empty. `included_at` is since
    when the member takes the answer along in packets; None while they do not.
    """

    id: int
    owner: str
    other: str
    cell: CellKey
    sentence: str
    state: ConfirmationState
    asked_at: datetime
    saw: Saw | None = None
    words: str = ""
    answered_at: datetime | None = None
    included_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """When an ask is over that nobody answers."""
        return self.asked_at + OPEN_FOR

    def young_at(self, now: datetime) -> bool:
        """Tell whether its time is not over; one from the future was asked by a wrong clock."""
        return now - OPEN_FOR < self.asked_at <= now + timedelta(days=1)

    def open_at(self, now: datetime) -> bool:
        """Tell whether it waits for an answer."""
        return self.state is ConfirmationState.ASKED and self.young_at(now)

    def seems_open_at(self, now: datetime) -> bool:
        """Tell whether it waits for an answer as far as its asker can tell."""
        return (self.state is ConfirmationState.ASKED or self.declined) and self.young_at(now)

    def held_at(self, now: datetime) -> bool:
        """Tell whether its row is still of use once it is over; see `young_at`."""
        return now - SAME_ASK_AFTER < self.asked_at <= now + timedelta(days=1)

    @property
    def declined(self) -> bool:
        """Whether it was declined rather than answered. Its asker is not to tell."""
        return self.state is ConfirmationState.OVER and bool(self.sentence)

    @property
    def answered(self) -> bool:
        return self.state is ConfirmationState.ANSWERED

    def voice(self, cell: CellKey, name: str) -> Voice | None:
        """Return it as a packet has it; None where there is no answer, or it is left out."""
        if not (self.answered and self.saw and self.answered_at and self.included_at):
            return None
        return Voice(cell, name, self.saw, self.sentence, self.words, self.answered_at)


@dataclass(frozen=True, slots=True)
class AskColleague:
    """Open the form that asks somebody about an expectation.

    `in_details` tells that it is opened from Details, which then shows the ask; `back` is the card
    behind those.
    """

    cell: CellKey
    in_details: bool = False
    back: ShowCard | None = None


@dataclass(frozen=True, slots=True)
class OfConfirmation:
    """A confirmation by its id, with the answer that a button gives."""

    confirmation_id: int
    saw: Saw | None = None


def checked_sentence(sentence: str) -> str:
    """Return what a member asks about, without surrounding space.

    Raises:
        CannotAsk: nothing is asked.
    """
    text = storable(sentence).strip()[:MAX_SENTENCE]
    if not text:
        raise CannotAsk(why="no_sentence")
    return text


def check_limits(
    asks: Iterable[Confirmation], other: str, cell: CellKey, now: datetime, zone: str
) -> None:
    """See to it that a colleague may be asked, given all that a member has asked so far.

    What was declined counts as what waits: the answer is the same for both. Days are those of
    `zone`, where the member is.

    Raises:
        CannotAsk: too many wait for an answer, this person was asked less than a week ago, or
            about the same without an answer.
    """
    asked = tuple(asks)
    waiting = [each for each in asked if each.seems_open_at(now)]
    if len(waiting) >= MOST_OPEN:
        first = local_day(min(each.until for each in waiting), zone)
        raise CannotAsk(why="too_many", until=first.isoformat())
    theirs = [each for each in asked if each.other == other and each.asked_at <= now]
    lately = max((each.asked_at for each in theirs), default=now - SAME_PERSON_AFTER)
    same = (each.asked_at for each in theirs if each.cell == cell and not each.answered)
    unanswered = max(same, default=now - SAME_ASK_AFTER)
    today = local_day(now, zone)
    waits = {"same_ask": unanswered + SAME_ASK_AFTER, "same_person": lately + SAME_PERSON_AFTER}
    for why, moment in waits.items():
        day = local_day(moment, zone)
        if today < day:
            raise CannotAsk(why=why, until=day.isoformat())
