"""One cell's text: from a spreadsheet to clean text, and back to a cell that reads the same.

``clean_cell(unguarded(guarded(as_cell(text)))) == text`` holds for every text.
"""

import html
import re
import unicodedata
from html.entities import html5

from bot.formats.tables.markup import without_markup

# What a spreadsheet may run as a formula when a cell begins with it, wide forms included. Space
# before it hides nothing, for some programs trim it.
_DANGER = re.compile(r"[\s']*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'[\s']*[=+\-@\t\r\n＝＋－＠]")

# What needs more than a trim: all but plain printable ASCII without marks of markup or lists, and
# spaces at the end of a line. As one class of signs, a long text is gone through in half the time.
_SUSPECT = re.compile(r"[^ -%'-)+-;=-Z\\-~\n]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7});")
_HEX = re.compile(r"&#x([0-9a-f]{1,6});")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_JOINERS = "\u200c\u200d"
SHEET_ERRORS = frozenset(
    {
        *("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"),
        *("#BEZUG!", "#WERT!", "#NV", "#ZAHL!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#VALOR!"),
    }
)
"""What a spreadsheet shows in place of a value that it could not work out."""
_BULLET = re.compile(r"^( *)(?:[*–·◦○‣⁃➢➤] +|[•▪■●\uf0a7\uf0b7] *)(?=\S)", re.MULTILINE)
_MARKS = re.compile(
    r"[&<*\[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ufeff\ufffe\uffff\uf0a7\uf0b7–·◦○‣⁃➢➤•▪■●]|^ | $",
    re.MULTILINE,
)


def clean_cell(raw: str) -> str:
    """Return what a person reads in a cell, as plain text with ``\\n`` for line breaks.

    HTML becomes lines and lists, entities become characters, bullets of every shape become
    ``- ``, ``**bold**`` loses its stars. Odd spaces become spaces; control characters, byte order
    marks, marks that turn the direction of writing and zero-width characters go, but for those
    that join an emoji or the letters of a joining script. Spaces at the ends of lines and of the
    cell go. Nothing is shortened.
    """
    if is_clean(raw):
        return raw.strip()
    text = _NAMED.sub(_character, without_markup(raw))
    text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
    text = _INVISIBLE.sub(_kept_joiner, text)
    lines = _BULLET.sub(r"\1- ", text).split("\n")
    text = "\n".join(line.rstrip(" ") for line in lines).strip()
    # Hexadecimal references come last: what `as_cell` writes with them is exempt from the rest.
    return _HEX.sub(_code_point, text)


def is_clean(text: str) -> bool:
    """Whether nothing but spaces around it can be taken away from a text, or from its lines."""
    return not _SUSPECT.search(text) and " \n" not in text


def as_cell(text: str) -> str:
    """Return the text as `clean_cell` gives it back: mostly as it is.

    What cleaning would take away is written as references such as ``&#x3c;``.
    """
    if clean_cell(text) == text:
        return text
    marked = _MARKS.sub(_references, text)
    return marked if clean_cell(marked) == text else _references(text)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, by an apostrophe before it."""
    return f"'{cell}" if _DANGER.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell without the apostrophe that `guarded` puts before it."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _character(match: re.Match[str]) -> str:
    name = match[1]
    # A name is taken whole: html.unescape alone would read a part of an unknown one.
    return html.unescape(match[0]) if name[0] == "#" else html5.get(f"{name};", match[0])


def _code_point(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def _references(match: re.Match[str] | str) -> str:
    text = match if isinstance(match, str) else match[0]
    return "".join(f"&#x{ord(character):x};" for character in text)


def _kept_joiner(match: re.Match[str]) -> str:
    if match[0] not in _JOINERS:
        return ""
    text, at = match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    kept = before and after and (_joins_emoji(before, after) or _joins_letters(before, after))
    return match[0] if kept else ""


def _joins_emoji(before: str, after: str) -> bool:
    shown = before == "\ufe0f" or unicodedata.category(before) in {"So", "Sk"}
    return shown and unicodedata.category(after) == "So"


def _joins_letters(before: str, after: str) -> bool:
    """Whether both stand in a script whose letters change where they join (Arabic, Devanagari)."""
    return all("\u0600" <= each <= "\u18af" and each.isprintable() for each in (before, after))
