"""What a year of weekly nudges brings on the way to each level, as a table.

    python -m tests.tools.nudge_years [--met] [--generated]

It is of the built-in framework; `--generated` takes a sample one with as many prompts as a good one
has. With `--met`, one expectation a month is met; otherwise nothing is. A prompt that is nearly the
same as one before counts as a repeat.
"""

import sys
from collections.abc import Iterable, Iterator

from bot.domain.revision import Catalogue
from bot.formats.bundled import data_folder
from bot.formats.native import read_folder
from tests.nudge_years import Year, own_prompts_wanting, years
from tests.prompted import prompted_catalogue
from tests.strategies import REVISION

HEAD = "| role | level | required | nudges | distinct prompts | first repeat |"


def table(found: Iterable[Year]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield HEAD
    yield "|---|---|---|---|---|---|"
    for each in found:
        cells = (each.role, each.level, each.required, len(each.nudges), each.distinct)
        yield f"| {' | '.join(map(str, cells))} | {each.first_repeat or 'none'} |"


def main(arguments: list[str]) -> None:
    """Print the table, and how many rungs repeat a prompt."""
    if "--generated" in arguments:
        catalogue = prompted_catalogue(required=10)
    else:
        catalogue = Catalogue(REVISION, read_folder(data_folder() / "catalogue"))
    found = list(years(catalogue, one_a_month="--met" in arguments))
    repeating = sum(each.first_repeat is not None for each in found)
    print(*table(found), sep="\n")
    print(f"\n{repeating} of {len(found)} levels repeat a prompt within a year.")
    print(f"{own_prompts_wanting(catalogue)} required cells have fewer than three own prompts.")


if __name__ == "__main__":
    main(sys.argv[1:])
