"""Marks inside a line of Markdown, taken away: what a reader sees of emphasis, code and links."""

import re
from collections.abc import Iterator, Sequence

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


def plain_lines(text: str) -> list[str]:
    """Return each line of a text as `plain` does, with its links; most pages are such lines."""
    lines = text.split("\n")
    if _NO_STAR.search(text):
        return [plain(line, links=True) for line in lines]
    if "*" not in text:
        return lines
    parts = text.split("**")
    if not _are_bold(parts) or text.count("*") != 2 * len(parts) - 2:
        return [plain(line, links=True) for line in lines]
    # What is bold is found in all lines at once.
    found = "".join(parts).split("\n")
    return [
        " ".join(shown.split()) if "*" in line else line
        for line, shown in zip(lines, found, strict=True)
    ]


def plain_runs(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each text as `plain_lines` does; all texts are gone through at once."""
    lines, at = plain_lines("\n".join(texts)), 0
    for text in texts:
        after = at + text.count("\n") + 1
        yield lines[at:after]
        at = after


def _are_bold(parts: list[str]) -> bool:
    """Whether every other of the parts between marks is in bold, and no mark is left over."""
    for each in parts[1::2]:
        if not each or each[0].isspace() or each[-1].isspace():
            return False
        if "\n" in each or len(each) > _LONGEST_BOLD:
            return False
    return len(parts) % 2 == 1
