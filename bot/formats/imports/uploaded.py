"""Imports what somebody uploaded: a file of any kind that is imported, or a ZIP archive of such."""

import errno
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bot.domain.catalogue.uploading import NO_ANSWERS
from bot.domain.framework import CatalogueContent
from bot.domain.said import Said, said
from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.importer import ImportProgress
from bot.formats.imports.opening.listing import SUFFIXES
from bot.formats.imports.report import (
    ImportPlace,
    ImportProblems,
    ImportResult,
    ImportSeverity,
)
from bot.formats.imports.shown_rows import shown_rows
from bot.formats.mapping.model import ColumnMapping
from bot.formats.mapping.reader import read_mapping
from bot.formats.native_files import CATALOGUE_FILE
from bot.formats.problems import CatalogueFileErrors, shortened
from bot.formats.tables.damaged_zip import DamagedZip, zip_damage

MOST_PARTS = 2_000
MOST_BYTES = 128 * 1024 * 1024
_TAKEN = SUFFIXES | {".yaml", ".yml"}
_CHUNK = 1 << 20
_TRIED, _TRIED_BYTES = 5, 1 << 20
# A name too long, or one that is both a file and a folder.
_BAD_NAMES = {errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR}


class _RefusedError(Exception):
    """An archive is not unpacked; the message says why and what to do."""

    def __init__(self, message: Said) -> None:
        super().__init__(message)
        self.message = message


def import_uploaded(
    file: Path,
    *,
    mapping: Path | None = None,
    previous: CatalogueContent | None = None,
    progress: ImportProgress | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
) -> ImportResult:
    """Read a catalogue from an uploaded file; an archive is unpacked beside it, in its folder.

    Nothing is raised for what is wrong with a file: the result carries every problem at once.
    """
    findings, path = ImportProblems(), file
    found = _mapping(mapping, findings)
    if file.suffix.lower() == ".zip":
        try:
            path = _unpacked(file, file.parent / "unpacked")
        except _RefusedError as refused:
            findings.error("archive", refused.message, ImportPlace(file.name))
    if findings.failed:
        return findings.result()
    result = import_catalogue(
        path, mapping=found, previous=previous, progress=progress, answers=answers
    )
    rows = shown_rows(path, (*result.problems, *result.warnings))
    supposed = _supposed(path, result, previous, answers) if result.questions else None
    return replace(result, rows=rows, supposed=supposed)


def _supposed(
    path: Path,
    result: ImportResult,
    previous: CatalogueContent | None,
    answers: Mapping[str, str],
) -> CatalogueContent | None:
    """Return what a file comes to if the first choice of each question is right.

    Only a small one is tried: its owner waits for the questions. None where nothing comes of it.
    """
    if _size(path) > _TRIED_BYTES:
        return None
    supposed = {**answers}
    for _ in range(_TRIED):
        first = {each.key: each.choices[0].answer for each in result.questions}
        if not first or first.keys() <= supposed.keys():
            break
        supposed |= first
        result = import_catalogue(path, previous=previous, answers=supposed)
    return result.content


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in files if each.is_file())


def _mapping(path: Path | None, findings: ImportProblems) -> ColumnMapping | None:
    if path is None:
        return None
    try:
        return read_mapping(path)
    except CatalogueFileErrors as error:
        findings.file_problems(error.problems, ImportSeverity.ERROR)
    return None


def _unpacked(archive: Path, folder: Path) -> Path:
    """Unpack the files that are imported, and return the folder that holds them.

    Raises:
        _RefusedError: it is damaged, protected, or holds more than any catalogue.
    """
    try:
        with zip_damage(), zipfile.ZipFile(archive) as opened:
            parts = [part for part in opened.infolist() if _is_wanted(part)]
            _check(parts)
            for part in parts:
                _write(opened, part, folder)
    except OSError as error:
        if error.errno not in _BAD_NAMES:
            raise
        message = said(
            "the archive cannot be unpacked ({reason}); give its files short, different names",
            reason=error.strerror or error,
        )
        raise _RefusedError(message) from error
    except DamagedZip as error:
        message = said("the archive is damaged or has a password; pack it again without one")
        raise _RefusedError(message) from error
    return _root(folder)


def _is_wanted(part: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(part.filename.replace("\\", "/"))
    hidden = any(each.startswith((".", "__MACOSX", "~$")) for each in path.parts)
    return not part.is_dir() and not hidden and path.suffix.lower() in _TAKEN


def _check(parts: list[zipfile.ZipInfo]) -> None:
    if not parts:
        message = said(
            "the archive holds no file that can be imported; pack the catalogue's folder,"
            " or the CSV or XLSX files"
        )
        raise _RefusedError(message)
    names = set[str]()
    for part in parts:
        if stat.S_ISLNK(part.external_attr >> 16):
            message = said(
                "the archive holds a link, '{name}'; pack the file itself",
                name=shortened(part.filename),
            )
            raise _RefusedError(message)
        # Some systems do not tell letters by their case, and neither does a mapping.
        name = part.filename.casefold()
        if name in names:
            message = said(
                "the archive holds '{name}' twice; pack it again with one of them",
                name=shortened(part.filename),
            )
            raise _RefusedError(message)
        names.add(name)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        message = said(
            "the archive unpacks to more than {parts} files or {size} MB;"
            " leave out what is no part of the catalogue",
            parts=MOST_PARTS,
            size=MOST_BYTES >> 20,
        )
        raise _RefusedError(message)


def _write(opened: zipfile.ZipFile, part: zipfile.ZipInfo, folder: Path) -> None:
    """Write one file, wherever in the folder it belongs; never outside of it."""
    path = folder.joinpath(*PurePosixPath(part.filename.replace("\\", "/")).parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise _RefusedError(said("the archive names files outside of itself; pack it again"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(part) as source, path.open("wb") as target:
        # No more is ever unpacked than the archive declared, which was checked.
        left = part.file_size
        while left > 0 and (data := source.read(min(_CHUNK, left))):
            target.write(data)
            left -= len(data)


def _root(folder: Path) -> Path:
    """Return the native catalogue's folder in it, where there is exactly one; else all of it."""
    found = sorted(folder.rglob(CATALOGUE_FILE))
    return found[0].parent if len(found) == 1 else folder
