"""A packet as PDF: printed by Typst, with the fonts of the machine; tagged for screen readers.

Typst sets the texts as data, so nothing in them is ever read as markup. PDF/UA-1 forbids a sign
that no font has: instead of an empty box it is refused by name, and then put into words.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any

import typst

from bot.documents.packet.addresses import host, is_web_address
from bot.documents.packet.parts import PacketWords
from bot.domain.shown import shown

# Fonts with Chinese, the best first: of Linux, of the container, of macOS and of Windows.
CHINESE = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei"),
    *("WenQuanYi Zen Hei", "Droid Sans Fallback", "PingFang SC", "Hiragino Sans GB"),
    *("Microsoft YaHei", "SimHei", "SimSun"),
)
# Comes with Typst, so it is always there.
LATIN = "Libertinus Serif"
_UNSHOWN = re.compile(r"the text `\"((?:[^\"\\]|\\.)+)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# The first try names what is missing, the second prints without it.
_TRIES = 3
# Of how many documents Typst remembers what it worked out.
_REMEMBERED = 10


def packet_pdf(
    words: PacketWords,
    language: str,
    *,
    at: datetime,
    note: str,
    picture: bytes = b"",
    fonts: "typst.Fonts | None" = None,
) -> bytes | None:
    """Return the packet as PDF/UA-1, or None where no font here has the signs of its language.

    A sign of somebody's text that no font has is named instead, such as "[rocket]", and `note` then
    says so below the title.

    Args:
        words: the packet, plain text throughout.
        language: the tag of the language that the words are in.
        at: when it was prepared; the same packet of the same moment gives the same bytes.
        note: what is said of signs that could not be printed.
        picture: the chart of progress as PNG; empty for none.
        fonts: what to print with; by default what the machine has.
    """
    found = fonts or _fonts()
    try:
        return _as_far_as_it_goes(words, language, at=at, note=note, picture=picture, fonts=found)
    finally:
        _forget(found)


def _as_far_as_it_goes(
    words: PacketWords,
    language: str,
    *,
    at: datetime,
    note: str,
    picture: bytes,
    fonts: "typst.Fonts",
) -> bytes | None:
    data = {**_data(words), "language": language, "fonts": _chosen(language, fonts), "note": ""}
    own = set("".join([words.about, words.details, words.evidence, *words.columns]))
    missing: set[str] = set()
    for _ in range(_TRIES):
        try:
            return _printed(data, picture, at, fonts)
        except typst.TypstError as error:
            unshown = set("".join(_unshown(error)))
            if not unshown - missing or unshown & own:
                return None
            missing |= unshown
            data = {**_each_text(data, partial(_named, missing=missing)), "note": note}
    return None


def _printed(data: dict[str, Any], picture: bytes, at: datetime, fonts: "typst.Fonts") -> bytes:
    inputs = {"packet": json.dumps(data), "picture": json.dumps(list(picture))}
    # Only what is handed over is read: no file, and nothing from the network.
    compiler = typst.Compiler(font_paths=fonts, sys_inputs=inputs)
    printed = compiler.compile(
        _template(), format="pdf", pdf_standards="ua-1", timestamp=at.replace(microsecond=0)
    )
    if not isinstance(printed, bytes):
        raise TypeError("Typst returned no file")
    return printed


def _forget(fonts: "typst.Fonts") -> None:
    """Let Typst forget what it worked out for a packet: 7 MB for a short one, 100 for a long one.

    By itself it keeps that until it has made as many documents as it remembers, so it makes some of
    nothing: a millisecond each.
    """
    for _ in range(_REMEMBERED):
        typst.Compiler(font_paths=fonts).compile(b"", format="pdf")


def _data(words: PacketWords) -> dict[str, Any]:
    """Return the words as JSON values; each address with whether it is a link, and its host."""
    data: dict[str, Any] = _each_text(asdict(words), shown)
    _mark_links(data)
    return data


def _mark_links(value: Any) -> None:
    if isinstance(value, dict):
        if "url" in value:
            url = value["url"] if is_web_address(value["url"]) else None
            value["link"], value["host"] = url, host(url) if url else ""
        for each in value.values():
            _mark_links(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _mark_links(each)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return JSON values with each text changed, but for addresses of links."""
    match value:
        case str():
            return change(value)
        case dict():
            return {
                key: each if key in {"link", "language", "fonts"} else _each_text(each, change)
                for key, each in value.items()
            }
        case list() | tuple():
            return [_each_text(each, change) for each in value]
        case _:
            return value


def _unshown(error: typst.TypstError) -> list[str]:
    """Return the texts that no font can show, as Typst names them."""
    found = _UNSHOWN.findall(f"{error.message}\n{error.diagnostic}")
    decoded = (_ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), each) for each in found)
    return [each.replace('\\"', '"').replace("\\\\", "\\") for each in decoded]


def _named(text: str, missing: set[str]) -> str:
    return "".join(_name(sign) if sign in missing else sign for sign in text)


def _name(sign: str) -> str:
    """Return a sign in words, where it has any that a reader knows: "[rocket]" for an emoji."""
    if unicodedata.category(sign) in {"Cf", "Mn", "Me", "Cc"}:
        return ""  # it only shapes the sign beside it
    if unicodedata.category(sign) == "So" and (name := unicodedata.name(sign, "")):
        return f"[{name.lower()}]"
    return "[?]"


def _chosen(language: str, fonts: "typst.Fonts") -> list[str]:
    """Return the families to set the packet in, the first where it has the sign."""
    here = set(fonts.families())
    chinese = next(([each] for each in CHINESE if each in here), [])
    both = [*chinese, LATIN] if language.startswith("zh") else [LATIN, *chinese]
    return [each for each in both if each in here]


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    return typst.Fonts()


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("bot.documents.packet").joinpath("templates/packet.typ").read_bytes()
