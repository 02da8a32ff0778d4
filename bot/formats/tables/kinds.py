"""What a file is, by its first bytes; and a kind answer where it cannot be read as tables."""

import os
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.domain.said import Said, said
from bot.formats.tables.damaged_zip import DamagedZip, zip_damage
from bot.formats.tables.model import TableFault, TableFileError, TableLimits, TableProblem
from bot.formats.tables.other_texts import refuse_other_texts

HEAD = 4096
_SAVE_XLSX = said("open it in your spreadsheet program and save it as XLSX or as CSV (UTF-8)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")
_OLD_SLIDES = "PowerPoint Document".encode("utf-16-le")

_IMAGE = (
    TableFault.IMAGE,
    said(
        "this is a picture; a table in a picture cannot be read, so ask for the spreadsheet"
        " behind it"
    ),
)
_PACKED = (TableFault.ARCHIVE, said("this is an archive; unpack it and name the file inside"))
_DOCUMENT = (
    TableFault.OTHER_DOCUMENT,
    said(
        "this is a document, not a spreadsheet; save it as a web page (HTML), or copy its table"
        " into a spreadsheet and save it as XLSX"
    ),
)
_DATABASE = (
    TableFault.OTHER_DOCUMENT,
    said("this is a database; export the table you need as CSV (UTF-8)"),
)
_SIGNATURES: tuple[tuple[bytes, tuple[TableFault, Said]], ...] = (
    (
        b"%PDF",
        (
            TableFault.OTHER_DOCUMENT,
            said(
                "this is a PDF; tables cannot be read from it, so ask for the spreadsheet behind it"
            ),
        ),
    ),
    (b"\x89PNG\r\n\x1a\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"BM", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"\x1f\x8b", _PACKED),
    (b"BZh91AY&SY", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a\x07", _PACKED),
    (b"\xfd7zXZ\x00", _PACKED),
    (b"{\\rtf", _DOCUMENT),
    (b"SQLite format 3\x00", _DATABASE),
    (b"PAR1", _DATABASE),
    (b"ARROW1", _DATABASE),
)
# A signature of two letters is also how a text may begin ("BMW"): there a NUL must follow.
_SHORT = 3


class FileKind(StrEnum):
    """How a file's tables are read."""

    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    OLD_EXCEL = "old-excel"
    BINARY_EXCEL = "binary-excel"
    OPEN_DOCUMENT = "open-document"
    MARKDOWN = "markdown"
    HTML = "html"
    RECORDS = "records"
    YAML = "yaml"


_BY_SUFFIX = {
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".json": FileKind.RECORDS,
    ".jsonl": FileKind.RECORDS,
    ".ndjson": FileKind.RECORDS,
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".xhtml": FileKind.HTML,
    ".yaml": FileKind.YAML,
    ".yml": FileKind.YAML,
}
_DELIMITED = {".csv", ".tsv", ".tab"}
_PAGES = {".html", ".htm", ".xhtml", ".md", ".markdown"}
_RULE = re.compile(rb"^[ \t]*\|[ \t]*:?---+:?[ \t]*\|", re.MULTILINE)


def kind_of(path: Path, limits: TableLimits) -> FileKind:
    """Return how the file is read.

    Raises:
        TableFileError: it is missing, empty, too large, or of a kind that holds no tables.
        OSError: it cannot be read from the disk.
    """
    check_place(path, limits)
    with path.open("rb") as file:
        return kind_by(path, file.read(HEAD))


def kind_by(path: Path, head: bytes) -> FileKind:
    """Return how a file is read, by its first `HEAD` bytes.

    Raises:
        TableFileError, OSError: as `kind_of` does.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packaged(path)
    if head.startswith(_OLE):
        return _ole(path)
    for signature, answer in _SIGNATURES:
        if head.startswith(signature) and (len(signature) >= _SHORT or b"\x00" in head):
            raise _refusal(path, *answer)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise _refusal(path, *_IMAGE)
    if head[4:8] == b"ftyp":
        raise _refusal(path, TableFault.IMAGE, said("this is a picture or a film, not a table"))
    return _text_kind(path, head)


def check_place(path: Path, limits: TableLimits) -> int:
    """Return the size of a file in bytes.

    Raises:
        TableFileError: it is missing, empty, too large, or no file.
    """
    found: os.stat_result | None
    try:
        found = path.stat()
    except (OSError, ValueError):
        found = path.stat() if path.exists() else None
    if found is not None and S_ISDIR(found.st_mode):
        message = said("this is a folder; name a file, or import the folder with --format native")
        raise _refusal(path, TableFault.FOLDER, message)
    if found is None:
        raise _refusal(
            path, TableFault.MISSING, said("there is no such file; check its name and place")
        )
    if not S_ISREG(found.st_mode):
        raise _refusal(
            path, TableFault.MISSING, said("this is a device or a pipe; save it as a file first")
        )
    size = found.st_size
    if not size:
        raise _refusal(
            path, TableFault.EMPTY, said("the file is empty; save it again with its table")
        )
    if size > limits.file_bytes:
        message = said(
            "the file has {size} MB, and {limit} MB are read; split it, or leave out what"
            " is no part of the catalogue",
            size=megabytes(size),
            limit=megabytes(limits.file_bytes),
        )
        raise _refusal(path, TableFault.TOO_LARGE, message)
    return size


def _packaged(path: Path) -> FileKind:
    """Tell an XLSX file from the other formats that are ZIP files too."""
    try:
        with zip_damage(), zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except DamagedZip as error:
        message = said(
            "the file is damaged or was not copied to its end; {advice}", advice=_SAVE_XLSX
        )
        raise _refusal(path, TableFault.DAMAGED, message) from error
    if "[Content_Types].xml" in names:
        folders = {name.split("/", 1)[0] for name in names}
        if "xl/workbook.bin" in names:
            return FileKind.BINARY_EXCEL
        if "xl" in folders:
            return FileKind.WORKBOOK
        if folders & {"word", "ppt", "visio"}:
            raise _refusal(path, *_DOCUMENT)
    if "content.xml" in names and "mimetype" in names:
        return FileKind.OPEN_DOCUMENT
    if not names:
        message = said("this is an archive with nothing in it; pack it again with the files")
        raise _refusal(path, TableFault.EMPTY, message)
    if any(name.startswith("Index/") for name in names):
        message = said("this is a Numbers file; choose File > Export To > Excel (XLSX)")
        raise _refusal(path, TableFault.OTHER_DOCUMENT, message)
    raise _refusal(path, *_PACKED)


MUST_BE_SAVED: Mapping[FileKind, tuple[TableFault, Said]] = {
    FileKind.OLD_EXCEL: (
        TableFault.OLD_EXCEL,
        said("this is an old Excel file (XLS) that cannot be read; {advice}", advice=_SAVE_XLSX),
    ),
    FileKind.BINARY_EXCEL: (
        TableFault.OTHER_DOCUMENT,
        said("this is a binary XLSB file that cannot be read; {advice}", advice=_SAVE_XLSX),
    ),
    FileKind.OPEN_DOCUMENT: (
        TableFault.OPEN_DOCUMENT,
        said(
            "this is an OpenDocument file that is no spreadsheet, or damaged; {advice}",
            advice=_SAVE_XLSX,
        ),
    ),
}
"""What to say of a workbook of each kind that cannot be read."""


def _ole(path: Path) -> FileKind:
    data = path.read_bytes()
    if _ENCRYPTED in data:
        message = said("the workbook has a password; save a copy without one and import the copy")
        raise _refusal(path, TableFault.PROTECTED, message)
    if _OLD_WORD in data or _OLD_SLIDES in data:
        raise _refusal(path, *_DOCUMENT)
    return FileKind.OLD_EXCEL


def _text_kind(path: Path, head: bytes) -> FileKind:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = path.suffix.lower()
    refuse_other_texts(path, text)
    if suffix not in _PAGES and text.startswith(
        (b"<!doctype html", b"<html", b"<?xml", b"<table", b"<meta")
    ):
        message = said(
            "this is a web page or XML under the name of a table; {advice}", advice=_SAVE_XLSX
        )
        raise _refusal(path, TableFault.OTHER_DOCUMENT, message)
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    # The text of a message or a page, saved under any name.
    if suffix not in _DELIMITED and _RULE.search(head):
        return FileKind.MARKDOWN
    if suffix not in _DELIMITED and text.startswith((b"{", b"[")):
        return FileKind.RECORDS
    return FileKind.DELIMITED


def megabytes(size: int) -> str:
    """Return a number of bytes in MB, with a decimal where it is small."""
    shown = size / (1024 * 1024)
    return f"{shown:,.0f}" if shown >= 10 else f"{shown:.1f}"


def _refusal(path: Path, fault: TableFault, message: Said) -> TableFileError:
    return TableFileError([TableProblem(path.name, None, "", message, fault)])
