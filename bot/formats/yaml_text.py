"""Writes plain values as YAML that a person can review line by line.

One fixed style, so that the same values always give the same bytes: block style, long texts folded
at 100 columns. A text in a script without spaces stays on one line: folding would put spaces
inside its sentences as soon as somebody rewraps it.
"""

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import yaml

_WIDTH = 100
_STEP = 2
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_TEXT_TAG = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()

Value = str | int | date | Mapping[str, "Value"] | Sequence["Value"]


def to_yaml(value: Mapping[str, Value]) -> str:
    """Return a mapping as the text of a YAML file, ending with a line break."""
    return "\n".join(_mapping(value, 0)) + "\n"


def _mapping(values: Mapping[str, Value], indent: int) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(f"{' ' * indent}{_inline(key)}:", value, indent)


def _sequence(values: Sequence[Value], indent: int) -> Iterator[str]:
    dash = f"{' ' * indent}-"
    for value in values:
        if isinstance(value, Mapping) and value:
            first, *rest = _mapping(value, indent + _STEP)
            yield f"{dash} {first.lstrip()}"
            yield from rest
        else:
            yield from _entry(dash, value, indent)


def _entry(start: str, value: Value, indent: int) -> Iterator[str]:
    """Yield the lines of one key or dash with its value."""
    if isinstance(value, str):
        yield from _text(start, value, indent + _STEP)
    elif isinstance(value, Mapping):
        yield start if value else f"{start} {{}}"
        yield from _mapping(value, indent + _STEP)
    elif isinstance(value, Sequence):
        yield start if value else f"{start} []"
        yield from _sequence(value, indent + _STEP)
    else:
        yield f"{start} {value}"


def _text(start: str, text: str, indent: int) -> Iterator[str]:
    lines = text.split("\n")
    clean = text == text.strip() and all(line.isprintable() for line in lines)
    if len(lines) > 1 and clean and all(line == line.rstrip() for line in lines):
        yield f"{start} |-"
        yield from (f"{' ' * indent}{line}" if line else "" for line in lines)
        return
    inline = f"{start} {_inline(text)}"
    if len(inline) > _WIDTH and len(lines) == 1 and clean and not _unspaced(text):
        width = max(_WIDTH - indent, _WIDTH // 2)
        folded = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        # Two spaces in a row would not survive folding.
        if len(folded[0]) <= width and " ".join(folded) == text:
            yield f"{start} >-"
            yield from (f"{' ' * indent}{line}" for line in folded)
            return
    yield inline


def _unspaced(text: str) -> bool:
    """Whether the text holds wide characters, as Chinese and Japanese do."""
    return any(unicodedata.east_asian_width(character) in "WF" for character in text)


def _inline(text: str) -> str:
    return text if _is_plain(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    """Whether the text, unquoted, is read back as itself by any YAML reader."""
    if not text or not text.isprintable() or text != text.strip() or text[0] in _INDICATORS:
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # as PyYAML's stubs have it
    return bool(tag == _TEXT_TAG)


def _quoted(text: str) -> str:
    """Return a double-quoted text: JSON's form, with all that is not printable escaped."""
    return re.sub(r"[^ -~]", _escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
