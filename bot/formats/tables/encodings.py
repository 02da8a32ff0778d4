"""Finds out in which encoding a text file was saved."""

import codecs
import re
from pathlib import Path

from bot.domain.said import said
from bot.formats.tables.model import TableFault, TableFileError, TableProblem
from bot.values import dataclass

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins as that of UTF-16 does.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta[^<>]{0,200}|\?xml[^<>]{0,100})(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})",
    re.IGNORECASE,
)
_DECLARATION = 4096
_USUAL = re.compile(
    r"[\t\n\r -~\u00a0-\u024f\u0370-\u04ff\u2010-\u2026\u3000-\u30ff\u4e00-\u9fa5\uac00-\ud7a3"
    r"\uff01-\uff5e]"
)
_LETTERS = 4000
_MOSTLY = 0.95
_NO_TEXTS = frozenset({"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode"})
_SAVE_UTF8 = said("save the file again with the encoding UTF-8")


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """A codec's name, and what the owner should know where it is a guess."""

    name: str
    warning: TableProblem | None = None


def encoding_of(path: Path, wanted: str | None) -> TextEncoding:
    """Return the encoding of a text file: the wanted one, that of its mark, or the likely one.

    UTF-8 is taken where the whole file is UTF-8, then what a web page says of itself. Else it is
    the likeliest, with a warning that shows a line in it, and in the next one.

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
    declared = _declared(path, head)
    if declared is not None:
        return TextEncoding(declared)
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
    """Return UTF-16 where a text without a mark is in it: its zeros stand on one side."""
    pairs = len(head) // 2
    if pairs == 0 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    # A Chinese text has few zeros: there its letters tell.
    whole = head[: pairs * 2][: _CHUNK - _CHUNK % 2]
    shares = {name: _familiar(whole, name) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > _MOSTLY and min(shares.values()) < _MOSTLY else None


def _familiar(data: bytes, name: str) -> float:
    """Return which share of the letters is one that people write."""
    text = data.decode(name, errors="replace")[:_LETTERS]
    usual = sum(bool(_USUAL.match(letter)) for letter in text)
    return usual / len(text) if text else 0.0


def _guessed(path: Path, head: bytes) -> TextEncoding:
    """Return the likeliest encoding, with a warning that shows the next one too."""
    # It loads a library that hardly any file needs.
    from bot.formats.tables.guessing import NAMES, is_nearly_utf8, likely_encodings, sample_line

    # What is UTF-8 but for a few bytes is damaged, and would be read wrongly as anything else.
    likely = () if is_nearly_utf8(head) else likely_encodings(head)
    names = [name for name in likely if _fault(path, name) is None]
    if not names:
        message = said(
            "the encoding of the file is not known; {advice}, or name it with --encoding",
            advice=_SAVE_UTF8,
        )
        raise TableFileError([TableProblem(path.name, None, "", message, TableFault.ENCODING)])
    line = sample_line(head, names[0])
    message = said(
        "not saved as UTF-8, and read as {encoding}: '{line}'", encoding=NAMES[names[0]], line=line
    )
    rest = (*names[1:], "cp1252", "gb18030", "cp1251")
    others = [name for name in rest if sample_line(head, name) != line and _is_in(path, name)]
    if others:
        other = said(
            "in {encoding} it would be '{line}'",
            encoding=NAMES[others[0]],
            line=sample_line(head, others[0]),
        )
        message = said("{guess}; {other}", guess=message, other=other)
    message = said(
        "{guess}. If letters are wrong, {advice}, or name its encoding with --encoding",
        guess=message,
        advice=_SAVE_UTF8,
    )
    problem = TableProblem(path.name, None, "", message, TableFault.ENCODING)
    return TextEncoding(names[0], problem)


def _is_in(path: Path, name: str) -> bool:
    return _fault(path, name) is None


def _declared(path: Path, head: bytes) -> str | None:
    """Return the encoding that a web page or an XML file says it has, where it can be that."""
    found = _DECLARED.search(head[:_DECLARATION])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, ValueError):
        return None
    name = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)
    return name if name not in _NO_TEXTS and _fault(path, name) is None else None
