"""Names of files and pages without what a wiki adds to them: ids, numbers, the space's name."""

import re
from pathlib import PurePosixPath

from bot.domain.text import remembered
from bot.formats.pages.inline import plain

_HEX_ID = re.compile(
    r"[\s_-]+[0-9a-f]{32}(?=$|_all$)|[\s_-]+[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
    re.IGNORECASE,
)
_PAGE_ID = re.compile(r"_\d{6,}$|(?<=[^\W\d])_\d+$")
_LONG_ID = re.compile(r"_\d{6,}$")
_ORDER = re.compile(r"^\d{1,3}(?:\s*[-_.)]\s*|\s+)(?=[^\W\d])")
_ANCHOR = re.compile(r"\s*\{#[^{}]*\}\s*$|\s*(?:¶|#)\s*$")
_NUMBERED = re.compile(r"^\d{1,2}(?:(?:\.\d{1,2})*[.)]|(?:\.\d{1,2})+)\s+(?=\S)")

SIDE_PAGES = frozenset(
    {
        *("readme", "index", "home", "contributing", "license", "licence", "changelog", "_sidebar"),
        *("sidebar", "summary", "table of contents", "toc", "about", "faq", "code of conduct"),
        *("security", "glossary", "template", "authors", "目录", "首页", "说明"),
    }
)
"""Names of pages that stand beside a framework, in lower case."""


def has_wiki_id(stem: str) -> bool:
    """Whether a file's name ends with the id that a wiki gave its page."""
    return bool(_HEX_ID.search(stem))


def without_wiki_id(stem: str) -> str:
    """Return a file's name without the id that a wiki gave it; else it stays as it is."""
    whole = stem.removesuffix("_all")
    name = whole if whole != stem and _HEX_ID.search(whole) else stem
    return _LONG_ID.sub("", _HEX_ID.sub("", name)) or stem


# A folder's name and that of a level come again for each page, and so do headings.
@remembered(4_096)
def file_title(stem: str) -> str:
    """Return the name of a page by its file's: ``02-senior_engineer`` is ``Senior engineer``."""
    name = _PAGE_ID.sub("", _HEX_ID.sub("", stem))
    name = _ORDER.sub("", " ".join(re.sub(r"[_+]|(?<=\w)-(?=\w)", " ", name).split())).strip(" -.")
    return name[:1].upper() + name[1:] if name.islower() else name or stem


@remembered(4_096)
def heading_title(text: str) -> str:
    """Return a heading without marks, numbers before it and anchors behind it."""
    if text and text[-1] in "#¶} ":
        text = _ANCHOR.sub("", text)
    text = plain(text)
    if text[:1].isdecimal():
        text = _NUMBERED.sub("", text)
    return text.strip().rstrip(":： ")


def folders_of(name: str) -> tuple[str, ...]:
    """Return the titles of the folders that hold a file, outermost first."""
    return _folders(name.rpartition("/")[0])


@remembered(4_096)
def _folders(folder: str) -> tuple[str, ...]:
    return tuple(map(file_title, PurePosixPath(folder).parts))
