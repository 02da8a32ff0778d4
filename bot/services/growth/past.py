"""What a press on an old card is about, where the member does not hold it any more."""

from bot.domain.errors import (
    ActionGone,
    DataForgotten,
    EvidenceGone,
    GoalDropped,
    GoalReached,
    OutdatedCard,
)
from bot.domain.growth.holdings import Growth


def evidence_gone(growth: Growth) -> OutdatedCard:
    """Return why there is no piece of evidence that a card of the member's is about."""
    return DataForgotten() if _nothing_was_ever_kept(growth) else EvidenceGone()


def action_gone(growth: Growth) -> OutdatedCard:
    """Return why there is no open action that a card of the member's is about."""
    return DataForgotten() if _nothing_was_ever_kept(growth) else ActionGone()


def no_active_goal(growth: Growth) -> OutdatedCard:
    """Return why a member has no goal that a card of theirs is about."""
    if growth.goal is not None:
        return GoalReached()
    return DataForgotten() if _nothing_was_ever_kept(growth) else GoalDropped()


def _nothing_was_ever_kept(growth: Growth) -> bool:
    """Tell whether nothing was kept of the member since they are known.

    A card of theirs says otherwise, so all of it was deleted.
    """
    return growth.version == 0
