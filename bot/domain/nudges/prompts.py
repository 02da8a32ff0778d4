"""Which prompt a nudge brings: one that the member has not seen, as long as there is one. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from bot.domain.catalogue.lint.words import word_set
from bot.domain.framework import Expectation, key_of
from bot.domain.growth.written import OwnWriting, Written
from bot.domain.nudges.history import NudgeHistory
from bot.domain.text import LocalText

NEAR = 0.7
"""From this share of their words on, two prompts are the same to whoever reads them."""
FOLLOW_UPS_APART = 3
"""So many other nudges come between two follow-ups, and before the first: one in four at most."""
_NEVER = datetime(1, 1, 1, tzinfo=UTC)

_words = lru_cache(maxsize=20_000)(word_set)


def near(one: str, other: str) -> bool:
    """Tell whether two prompts are nearly the same: by the words that they share of all words."""
    if one == other:
        return True
    ours, theirs = _words(one), _words(other)
    if min(len(ours), len(theirs)) < NEAR * max(len(ours), len(theirs)):
        return False
    return bool(ours) and len(ours & theirs) >= NEAR * len(ours | theirs)


def unseen(prompts: Iterable[LocalText], history: NudgeHistory) -> LocalText | None:
    """Return the first prompt like which nothing was sent before; None where there is none."""
    sent = history.prompts
    for each in prompts:
        if each.base not in sent and not any(near(each.base, other) for other in sent):
            return each
    return None


def follow_up(
    expectation: Expectation, history: NudgeHistory, writing: OwnWriting
) -> Written | None:
    """Return the member's last words on an expectation, where it is time to come back to them.

    Each note is followed up once, and at most one nudge in four does so.
    """
    lately = history.recent[:FOLLOW_UPS_APART]
    if len(lately) < FOLLOW_UPS_APART or any(each.follow_up for each in lately):
        return None
    cell = key_of(expectation)
    last = next(iter(writing.about(cell)), None)
    return None if last is None or (cell, last.at) in history.quoted else last


def next_prompt(
    expectation: Expectation, history: NudgeHistory, writing: OwnWriting
) -> LocalText | Written | None:
    """Return what to ask: a prompt not seen yet, a follow-up, else what was longest not asked.

    The expectation's own prompts come first, then its skill's for the band, then those for all.
    None where the catalogue brings none, and there is nothing to follow up.
    """
    prompts = expectation.growth_prompts
    found = unseen(prompts, history) or follow_up(expectation, history, writing)
    if found is not None or not prompts:
        return found
    return min(prompts, key=lambda each: history.prompts.get(each.base, _NEVER))


def has_news(expectation: Expectation, history: NudgeHistory, writing: OwnWriting) -> bool:
    """Tell whether there is anything to ask that the member has not read; so it is with none."""
    prompts = expectation.growth_prompts
    return (
        not prompts
        or unseen(prompts, history) is not None
        or follow_up(expectation, history, writing) is not None
    )
