"""Finds out in which encoding a text file was saved."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from bot.domain.said import said
from bot.formats.tables.model import TableFault, TableFileError, TableProblem

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins as that of UTF-16 does.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_CHINESE_PAIRS = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe])+")
_SAVE_UTF8 = said("save the file again with the encoding UTF-8")


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """A codec's name, and what the owner should know where it is a guess."""

    name: str
    warning: TableProblem | None = None


def encoding_of(path: Path, wanted: str | None) -> TextEncoding:
    """Return the encoding of a text file: the wanted one, that of its mark, or the likely one.

    UTF-8 is taken where the whole file is UTF-8. What is not is Windows-1252, or GB 18030 where
    nearly all letters beyond ASCII come in its pairs; both with a warning.

    Raises:
        TableFileError: the encoding is unknown, or the file is not in it.
        OSError: the file cannot be read from the disk.
    """
    if wanted is not None:
        return _wanted(path, wanted)
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _checked(path, name)
    wide = _wide(head)
    if wide is not None:
        return _checked(path, wide)
    if b"\x00" in head:
        message = said(
            "this is not a text file, nor a spreadsheet that can be read; save it as XLSX"
        )
        raise TableFileError([TableProblem(path.name, None, "", message, TableFault.BINARY)])
    if _fault(path, "utf-8") is None:
        return TextEncoding("utf-8")
    return _guessed(path, head)


def _wanted(path: Path, name: str) -> TextEncoding:
    try:
        codec = codecs.lookup(name)
        # Not every codec is one of texts: "rot13" and "base64" are looked up too.
        "".encode(codec.name)
    except (LookupError, ValueError) as error:
        message = said(
            "there is no encoding '{name}'; name one such as utf-8 or windows-1252", name=name[:40]
        )
        raise TableFileError(
            [TableProblem(path.name, None, "", message, TableFault.ENCODING)]
        ) from error
    return _checked(path, "utf-8-sig" if codec.name == "utf-8" else codec.name)


def _checked(path: Path, name: str) -> TextEncoding:
    fault = _fault(path, name)
    if fault is not None:
        raise TableFileError([fault])
    return TextEncoding(name)


def _fault(path: Path, name: str) -> TableProblem | None:
    """Return where the file is not in an encoding, without holding it in memory."""
    decoder = codecs.getincrementaldecoder(name)()
    lines, data = 1, b""
    try:
        with path.open("rb") as file:
            while data := file.read(_CHUNK):
                decoder.decode(data)
                lines += data.count(b"\n")
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = lines + data[:at].count(b"\n")
        message = said(
            "here the file is not {encoding}; {advice}",
            encoding=name.removesuffix("-sig").upper(),
            advice=_SAVE_UTF8,
        )
        return TableProblem(path.name, line, "", message, TableFault.ENCODING)
    return None


def _wide(head: bytes) -> str | None:
    """Return UTF-16 where every other byte of a text without a mark is zero."""
    sample = head
    pairs = len(sample) // 2
    if pairs == 0:
        return None
    even, odd = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None


def _guessed(path: Path, head: bytes) -> TextEncoding:
    high = sum(len(run) for run in _HIGH.findall(head))
    paired = sum(len(run) for run in _CHINESE_PAIRS.findall(head))
    names = ("cp1252", "gb18030") if paired < 0.9 * high or paired < 4 else ("gb18030", "cp1252")
    for name in names:
        if _fault(path, name) is None:
            shown = {"cp1252": "Windows-1252", "gb18030": "GB 18030"}[name]
            message = said(
                "not saved as UTF-8, and read as {encoding}; look at letters such as é or 中 in"
                " the preview, and if they are wrong, {advice}",
                encoding=shown,
                advice=_SAVE_UTF8,
            )
            return TextEncoding(
                name, TableProblem(path.name, None, "", message, TableFault.ENCODING)
            )
    message = said(
        "the encoding of the file is not known; {advice}, or name it with --encoding",
        advice=_SAVE_UTF8,
    )
    raise TableFileError([TableProblem(path.name, None, "", message, TableFault.ENCODING)])
