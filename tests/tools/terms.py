"""What becomes of the terms that people type after `/skill`, as a table.

    python -m tests.tools.terms [--all]

`tests/terms/` holds tables of terms, each with the keys of what is right for it, decided by
judgement against the built-in framework: `term,right`. `right` is one key or several, `level:KEY`,
`all` or "not here" where no skill, group or role covers the subject. `--all` prints each term.
"""

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.names.query import MAX_SUGGESTIONS, SKILL_GRAMMAR, Choices, Query, Resolution
from bot.domain.revision import Catalogue
from bot.formats.bundled import data_folder
from bot.formats.native import read_folder
from bot.services.lookup.shelves import Shelf
from bot.text.typed_lists import load_typed_words
from tests.strategies import REVISION

FOLDER = Path(__file__).parents[1] / "terms"
NOT_HERE = "not here"
ALL = "all"
"""What is right for what asks for no subject: the whole framework, to look into."""


class Outcome(StrEnum):
    """What a term led to."""

    RIGHT = "right"
    AMONG = "among choices"
    NOT_HERE = "not here"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Term:
    """What people type, and the keys of what is right for it; none where it is not here."""

    typed: str
    right: frozenset[str]


def read_terms(path: Path) -> tuple[Term, ...]:
    """Read a table of terms."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Term(row["term"], frozenset(() if row["right"] == NOT_HERE else row["right"].split()))
            for row in csv.DictReader(file)
        )


def shown(found: Resolution) -> tuple[str, ...]:
    """Return the keys of what a text opens (one), or of what is offered for it."""
    if isinstance(found, Query):
        if found.subject:
            return (found.subject.key,)
        return tuple(f"level:{key}" for key in found.level_keys[:1]) or (ALL,)
    refs = found.options if isinstance(found, Choices) else found.suggestions
    return tuple(ref.key if ref.kind is not Kind.LEVEL else f"level:{ref.key}" for ref in refs)


def outcome(term: Term, found: Resolution) -> Outcome:
    """Judge what a term led to. An offer of more than three is no offer."""
    keys = shown(found)
    if isinstance(found, Query):
        return Outcome.RIGHT if keys[0] in term.right else Outcome.WRONG
    if term.right & set(keys[:MAX_SUGGESTIONS]):
        return Outcome.AMONG
    return Outcome.MISSED if term.right else Outcome.NOT_HERE


def main(arguments: list[str]) -> None:
    """Print the figures of each table, and the terms to look at."""
    shelf = Shelf(Catalogue(REVISION, read_folder(data_folder() / "catalogue")), load_typed_words())
    for path in sorted(FOLDER.glob("*.csv")):
        terms = read_terms(path)
        judged = [(term, shelf.resolve(term.typed, SKILL_GRAMMAR)) for term in terms]
        counts = Counter(outcome(term, found) for term, found in judged)
        figures = ", ".join(f"{each} {counts[each]}" for each in Outcome)
        good = counts[Outcome.RIGHT] + counts[Outcome.AMONG]
        print(
            f"{path.stem}: {len(terms)} terms: {figures}; right or among: {good / len(terms):.0%}"
        )
        for term, found in judged:
            each = outcome(term, found)
            if "--all" in arguments or each in (Outcome.MISSED, Outcome.WRONG):
                print(f"  {each:14} {term.typed:34} {', '.join(shown(found)) or '-'}")


if __name__ == "__main__":
    main(sys.argv[1:])
