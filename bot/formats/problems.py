"""What is wrong in the files of a catalogue, told all at once."""

from collections.abc import Iterable

from bot.domain.said import Said
from bot.values import dataclass

_LONGEST = 60
_JOINERS = "\u200c\u200d"

NodePath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One fault: where it is and what to do about it.

    `file` is relative to the catalogue's folder, or is that folder where nothing in it can be
    read. `line` counts from 1 and is None where a fault belongs to the whole file or folder.
    `path` is dotted, such as ``expectations.data-scientist.senior``, and empty for the whole file.
    """

    file: str
    line: int | None
    path: str
    message: Said

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place} {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class CatalogueFileErrors(Exception):
    """A catalogue's files cannot be read. Carries every problem, by file and line."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        ordered = sorted(
            dict.fromkeys(problems), key=lambda each: (each.file, each.line or 0, each.path)
        )
        self.problems = tuple(ordered)
        super().__init__("\n".join(str(problem) for problem in ordered))


def dotted(path: NodePath) -> str:
    """Return a path for people: ``("levels", 0, "key")`` becomes ``levels[0].key``."""
    shown = ""
    for step in path:
        if isinstance(step, int):
            shown += f"[{step}]"
        else:
            shown += f".{shortened(step)}" if shown else shortened(step)
    return shown


def visible_text(text: str) -> str:
    """Return a text with a sign for each character that cannot be seen; emoji stay joined."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each in _JOINERS else "�" for each in text)


def shortened(text: str) -> str:
    """Return a text from a file as it may stand in a message: on one line, and not long."""
    visible = visible_text(text)
    return visible if len(visible) <= _LONGEST else f"{visible[: _LONGEST - 1]}…"
