"""Opens a file that is a page: Markdown or HTML, in whatever encoding."""

from functools import lru_cache
from pathlib import Path, PurePath

from bot.domain.said import said
from bot.formats.pages.blocks import Blocks
from bot.formats.pages.front_matter import front_matter
from bot.formats.pages.markdown_blocks import markdown_blocks
from bot.formats.pages.page import Page
from bot.formats.pages.reading import page_of
from bot.formats.tables.encodings import encoding_of
from bot.formats.tables.kinds import HEAD, FileKind, check_place, kind_by, megabytes
from bot.formats.tables.model import TableFault, TableFileError, TableLimits, TableProblem
from bot.formats.tables.reading import Reading

PAGES = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml"})
"""Suffixes of files that may be pages."""


@lru_cache(maxsize=8192)
def may_be_page(name: str) -> bool:
    """Tell by a file's name whether it may be a page."""
    return PurePath(name).suffix.lower() in PAGES


def open_page(path: Path, name: str, limits: TableLimits, encoding: str | None) -> Page:
    """Read a page; `name` is its file relative to what is imported.

    Raises:
        TableFileError: it is no page, its front matter is broken, or it passes a limit.
        OSError: the file cannot be read from the disk.
    """
    reading = Reading(name, limits)
    size = check_place(path, limits)
    # Read as a whole, so nothing is gained by a buffer.
    with path.open("rb", buffering=0) as file:
        head = file.read(HEAD)
        kind = kind_by(path, head)
        if size > limits.whole_bytes:
            message = said(
                "the page has more than the {limit} MB that are read; split it",
                limit=megabytes(limits.whole_bytes),
            )
            reading.fail(TableFault.TOO_LARGE, message)
        data = head + file.readall()
    text, warnings = _text(path, data, encoding)
    if kind is FileKind.HTML:
        blocks = _html(text, reading)
    else:
        front = front_matter(name, text)
        if front.fault is not None:
            line, message = front.fault
            problem = reading.problem(TableFault.SYNTAX, message, line=line)
            raise TableFileError([problem], warnings)
        blocks = Blocks(markdown_blocks(front.text, front.first), front.values)
    return page_of(name, blocks, warnings)


def _html(text: str, reading: Reading) -> Blocks:
    # The parser of HTML is loaded for the first web page.
    from bot.formats.pages.html_blocks import html_blocks
    from bot.formats.tables.html.tree import is_too_deep

    if is_too_deep(text):
        message = said("the page is nested too deeply; export it again, or save it as Markdown")
        reading.fail(TableFault.UNSAFE, message)
    return html_blocks(text)


def _text(path: Path, data: bytes, encoding: str | None) -> tuple[str, list[TableProblem]]:
    """Return a page's text with plain line breaks; most are UTF-8, which is tried first."""
    warnings: list[TableProblem] = []
    text = None
    if encoding is None and b"\x00" not in data:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = None
    if text is None:
        found = encoding_of(path, encoding)
        warnings = [found.warning] if found.warning else []
        text = data.decode(found.name).removeprefix("\ufeff")
    if not text.strip():
        message = said("the file holds no text; save it again")
        raise TableFileError([TableProblem(path.name, None, "", message, TableFault.EMPTY)])
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings
