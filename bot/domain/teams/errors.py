"""What goes wrong between two people; the words are chosen at the edge."""

from bot.domain.errors import NextrungError, OutdatedCard


class NoLongerShared(OutdatedCard):
    """A card is about a share that ended, or that never was the presser's: nobody is told which."""

    code = "no_longer_shared"


class CannotShare(NextrungError):
    """A goal cannot be shared with somebody. Params: `why`, and `until`, a day, where that passes.

    `why` is no_goal, nobody (no one was chosen), self, twice, too_many, lately (they said no, or
    nothing), unknown (Slack does not say who it is), deactivated, bot, guest, external or refused.
    """

    code = "cannot_share"
