"""What goes wrong between two people; the words are chosen at the edge."""

from bot.domain.errors import OutdatedCard


class NoLongerShared(OutdatedCard):
    """A card is about a share that ended, or that never was the presser's: nobody is told which."""

    code = "no_longer_shared"
