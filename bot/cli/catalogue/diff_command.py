"""`nextrung catalogue diff`."""

from bot.cli.catalogue.desk import find
from bot.cli.catalogue.diff_data import diff_data
from bot.cli.catalogue.diff_words import print_counts, print_diff
from bot.cli.catalogue.printing import say, say_json
from bot.domain.catalogue.diff import diff


async def diff_catalogues(old: str, new: str, *, brief: bool, as_json: bool) -> None:
    """Print what differs.

    Raises:
        As `find` does.
    """
    one, other = await find(old, new)
    found = diff(one.content, other.content)
    if as_json:
        say_json({"from": one.label, "to": other.label, **diff_data(found)})
        return
    say(f"{one.label} → {other.label}", style="bold")
    if not found:
        say("Nothing that a reader would notice differs.")
        return
    print_counts(found)
    if not brief:
        print_diff(found)
