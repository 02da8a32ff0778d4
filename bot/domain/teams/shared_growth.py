"""What of a member's growth the other may look at."""

from dataclasses import replace

from bot.domain.growth.standing import Growth
from bot.domain.teams.share import Share


def seen_growth(growth: Growth, share: Share) -> Growth:
    """Return what of a member's growth may be looked at: marks since the share, chosen evidence.

    No note of a mark is left in it, and no mark that another one replaced.
    """
    since = share.shows_from
    marks = {
        cell: replace(mark, note="", before=None)
        for cell, mark in growth.marks.items()
        if since is None or mark.at >= since
    }
    chosen = tuple(each for each in growth.evidence if each.id in share.evidence)
    return replace(growth, marks=marks, evidence=chosen, actions=(), agreed=())
