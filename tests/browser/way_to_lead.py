"""The sample engineer's way to Lead, counted in the catalogue that the bot has loaded."""

from bot.cli.local import Local
from bot.domain.answers import GapReport
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.requests import Viewer
from bot.services.lookup.promotions import gap_command


def to_lead(local: Local) -> list[Gap]:
    """What changes from LLM Engineer, Senior to Lead, in the order in which it is shown."""
    shelf = local.nextrung.services.catalogues.shelf()
    body = gap_command(shelf, "", Viewer("llm-engineer", "senior")).body
    assert isinstance(body, GapReport)
    return list(body.gap.gaps)


def required(local: Local) -> int:
    """How many of them are required: what progress counts."""
    return sum(each.target.required for each in to_lead(local))


def tally(local: Local, met: int, *, aside: int = 0) -> str:
    """The progress on the way, in the words of every card; `aside` are put aside."""
    return f"{met} met · {required(local) - met - aside} open"
