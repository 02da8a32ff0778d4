"""The files that an import reads: one file, or those of a folder."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from bot.domain.said import said
from bot.formats.imports.report import ImportPlace, ImportProblems
from bot.formats.native_files import LINT_FILE
from bot.formats.pages.opening import PAGES
from bot.formats.pages.titles import has_wiki_id

JSON = frozenset({".json", ".jsonl", ".ndjson"})
DOCUMENTS = JSON | {".yaml", ".yml"}
"""Suffixes of files that hold one nested value."""

SUFFIXES = (
    frozenset({".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"})
    | PAGES
    | DOCUMENTS
)
"""Files of a folder that are read."""

MOST_FILES = 300
MOST_PAGES = 5_000
"""Pages are small; of other files there are `MOST_FILES`."""

_MAPPING = re.compile(rb"^tables:\s*$.*?^\s*-?\s*shape:", re.MULTILINE | re.DOTALL)
_BEGINNING = 4096


def listed(path: Path, findings: ImportProblems) -> dict[str, Path]:
    """Return the files to read by their name relative to `path`, in the order of their names.

    What is of no kind that is read is noted. None are returned where there are too many.
    """
    if not path.is_dir():
        return {path.name: path}
    there = {"/".join(parts): Path(each) for parts, each in sorted(_below(os.fspath(path)))}
    found = {name: each for name, each in there.items() if _is_read(each)}
    if not found:
        message = said("the folder holds no CSV, XLSX, Markdown or JSON file; give another")
        findings.error("no-files", message, ImportPlace(path.name))
        return found
    for name in there:
        if name not in found:
            message = said("the file is of a kind that is not read, so it is left out")
            findings.note("unread-file", message, ImportPlace(name))
    for name in _twins(found):
        del found[name]
        message = said("a file beside it has the same name with _all, and its rows are read there")
        findings.warning("twin", message, ImportPlace(name))
    for most in _passed(found):
        message = said("more than {most} files; import a part of the folder", most=most)
        findings.error("too-many-files", message, ImportPlace(path.name))
        return {}
    return found


def _twins(found: dict[str, Path]) -> list[str]:
    """Return the exports of a Notion database of which the same with all rows stands beside."""
    return [
        name
        for name, path in found.items()
        if path.suffix.lower() == ".csv"
        and has_wiki_id(path.stem)
        and f"{name.removesuffix(path.suffix)}_all{path.suffix}" in found
    ]


def _below(folder: str, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each file of a folder, with the names of folders that lead to it and its own.

    What cannot be looked into, or is a link to another folder, is passed over.
    """
    try:
        found = list(os.scandir(folder))
    except OSError:
        return
    for each in found:
        if _is_hidden(each.name):
            continue
        if each.is_dir(follow_symlinks=False):
            yield from _below(each.path, (*above, each.name))
        elif each.is_file(follow_symlinks=False) or (
            each.is_symlink() and Path(each.path).is_file()
        ):
            yield (*above, each.name), each.path


def _passed(found: dict[str, Path]) -> Iterator[int]:
    """Yield the limits that so many files pass."""
    pages = sum(each.suffix.lower() in PAGES for each in found.values())
    if len(found) - pages > MOST_FILES:
        yield MOST_FILES
    if pages > MOST_PAGES:
        yield MOST_PAGES


def _is_hidden(part: str) -> bool:
    return part.startswith((".", "~$"))


def _is_read(path: Path) -> bool:
    """Whether a file of a folder is read: no mapping, nor `lint.yaml`, which may stand in it."""
    suffix = path.suffix.lower()
    if path.name == LINT_FILE:
        return False
    if suffix in {".yaml", ".yml"}:
        with path.open("rb") as file:
            return not _MAPPING.search(file.read(_BEGINNING))
    return suffix in SUFFIXES
