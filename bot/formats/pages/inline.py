"""Marks inside a line of Markdown, taken away: what a reader sees of emphasis, code and links."""

import re
from collections.abc import Sequence

_MARKED = re.compile(r"[*_`\[~\\!<|]")
# Each of these takes time in proportion to the line, whatever somebody wrote there.
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]{1,500})\1(?!`)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_WEB_LINK = re.compile(r"\[([^\[\]]+)\]\((?:https?://|mailto:)[^()\s]+(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\[[^\[\]]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:?")
_STARS = re.compile(r"(?<![*0-9])(\*{1,3})(?=[^\s*])([^*]{0,500}[^\s*])\1(?!\*)")
_LINES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])((?:[^_]|(?<=\w)_(?=\w)){0,500}[^\s_])\1(?!\w)")
_STRUCK = re.compile(r"~~(?=\S)([^~]{0,500}\S)~~")
_CHECKBOX = re.compile(r"^\[[ xX]\]\s+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = "\ue000"
_SIMPLE = re.compile(r"[_`\[~\\!<|]|\*\*\*|(?<!\*)\*(?!\*)")
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*]{0,500}[^\s*])\*\*(?!\*)")
_NO_STAR = re.compile(r"[_`\[~\\!<|]")
_LONGEST_BOLD = 500
_SIGNS = "*+•–"
_NO_STAR_NOR_SPACE = re.compile(
    r"[_`\[~\\!<|"
    r"\t\v\f\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_SPACED = ("  ", " \n")
"""Together with the spaces above: what is shown as one space, or not at all."""


def plain(text: str, *, links: bool = False) -> str:
    """Return a line of Markdown as plain text.

    What is struck through goes, for it no longer holds. `links` keeps addresses on the web as
    ``[words](address)``, which cleaning a cell turns into words with the address behind them.
    """
    if not _MARKED.search(text):
        return text
    if not _SIMPLE.search(text):
        # As a substitution by the group, in half the time.
        return " ".join("".join(_BOLD.split(text)).split())
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(
            match[2] if match.re is _CODE else match[1] if match.re is _ESCAPED else match[0]
        )
        return f"{_HELD}{len(held) - 1}{_HELD}"

    text = _ESCAPED.sub(hold, _CODE.sub(hold, _CHECKBOX.sub("", text)))
    text = _WIKI_LINK.sub(r"\1", _FOOTNOTE.sub("", _IMAGE.sub(r"\1", text)))
    if links:
        text = _WEB_LINK.sub(hold, text)
    text = _STRUCK.sub("", _LINK.sub(r"\1", text))
    # Once more for what stands within another: **bold with *slanted* words**.
    text = _LINES.sub(r"\2", _STARS.sub(r"\2", _STARS.sub(r"\2", text)))
    if held:
        text = re.sub(f"{_HELD}(\\d+){_HELD}", lambda match: held[int(match[1])], text)
    return " ".join(text.split())


def plain_lists(lists: Sequence[str]) -> list[str]:
    """Return the items of lists as `plain` does, with their links, and a dash before each.

    Lists are as `Heading.items`. All those of a page are gone through at once, for most have no
    marks but of what is bold.
    """
    text = "\n\n".join([each.rstrip("\n") for each in lists])
    text = f"\n{text}\n"
    for sign in _SIGNS:
        text = text.replace(f"\n{sign} ", "\n- ")
    shown = _without_bold(text)
    if shown is None:
        lines = text.split("\n")
        shown = "\n".join([f"- {plain(line[2:], links=True)}" if line else "" for line in lines])
    return shown[1:-1].split("\n\n")


def _without_bold(text: str) -> str | None:
    """Return lines as `plain` does, None where they have other marks or need more than that."""
    if "*" not in text:
        return None if _NO_STAR.search(text) else text
    if _NO_STAR_NOR_SPACE.search(text) or any(spaced in text for spaced in _SPACED):
        return None
    parts = text.split("**")
    if text.count("*") != 2 * len(parts) - 2 or not _are_bold(parts):
        return None
    return "".join(parts)


def _are_bold(parts: list[str]) -> bool:
    """Whether every other of the parts between marks is in bold, and no mark is left over.

    There is no other space in them than single ones, and the ends of lines.
    """
    bold = parts[1::2]
    lines = "\n".join(["", *bold, ""])
    if len(parts) % 2 == 0 or lines.count("\n") != len(bold) + 1:
        return False
    if any(edge in lines for edge in ("\n\n", "\n ", " \n")):
        return False
    return max(map(len, bold)) <= _LONGEST_BOLD
