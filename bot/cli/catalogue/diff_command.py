"""`nextrung catalogue diff`."""

from pathlib import Path

from bot.cli.catalogue.desk import find
from bot.cli.catalogue.diff_data import diff_data
from bot.cli.catalogue.diff_words import print_counts, print_diff
from bot.cli.catalogue.printing import say, say_json
from bot.domain.catalogue.diff import diff
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML file to write, and the language of what stands around the texts."""

    path: Path
    language: str
    force: bool = False


async def diff_catalogues(
    old: str, new: str, *, brief: bool, as_json: bool, page: Page | None = None
) -> None:
    """Print what differs, or write it as a page and print the figures.

    Raises:
        UnknownLanguage, ExportRefused: the page cannot be written.
        As `find` does.
    """
    one, other = await find(old, new)
    found = diff(one.content, other.content)
    if page is not None:
        from bot.cli.catalogue.pages.comparison_file import write_comparison

        write_comparison(found, one.label, other.label, page.path, page.language, force=page.force)
    if as_json:
        say_json({"from": one.label, "to": other.label, **diff_data(found)})
        return
    say(f"{one.label} → {other.label}", style="bold")
    if not found:
        say("Nothing that a reader would notice differs.")
        return
    print_counts(found)
    if page is not None:
        say(f"Both texts, side by side: {page.path}")
    elif not brief:
        print_diff(found)
