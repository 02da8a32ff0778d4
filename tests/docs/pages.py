"""The project's Markdown, parsed: what the tests of the documents compare with the code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
_ELSEWHERE = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Page:
    """One Markdown file. `name` is its path below the project's root."""

    name: str

    @property
    def path(self) -> Path:
        return ROOT / self.name

    @cached_property
    def _tokens(self) -> list[Token]:
        text = self.path.read_text(encoding="utf-8")
        return MarkdownIt("commonmark").enable("table").parse(text)

    def _inline(self) -> Iterator[Token]:
        for token in self._tokens:
            yield from token.children or ()

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Addresses inside the project, as written."""
        return self._addresses("link_open", "href")

    @cached_property
    def images(self) -> tuple[str, ...]:
        return self._addresses("image", "src")

    def _addresses(self, kind: str, attribute: str) -> tuple[str, ...]:
        found = (str(each.attrs[attribute]) for each in self._inline() if each.type == kind)
        return tuple(each for each in found if not each.startswith(_ELSEWHERE))

    @cached_property
    def code(self) -> tuple[str, ...]:
        """The texts of inline code."""
        return tuple(each.content for each in self._inline() if each.type == "code_inline")

    def fences(self, language: str) -> tuple[str, ...]:
        """Return the code blocks of one language."""
        found = (each for each in self._tokens if each.type == "fence")
        return tuple(each.content for each in found if each.info.strip() == language)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        pairs = zip(self._tokens, self._tokens[1:], strict=False)
        return tuple(text.content for opening, text in pairs if opening.type == "heading_open")

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a link may name after #."""
        return frozenset(_slug(each) for each in self.headings)

    def section(self, heading: str) -> str:
        """Return the source below a heading, up to the next one of any depth.

        Raises:
            ValueError: there is no such heading.
        """
        lines = self.path.read_text(encoding="utf-8").splitlines()
        starts = [at for at, line in enumerate(lines) if re.fullmatch(r"#+ .*", line)]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            if lines[start].lstrip("#").strip() == heading:
                return "\n".join(lines[start + 1 : end])
        raise ValueError(f"{self.name} has no heading {heading!r}")

    def rows(self, heading: str) -> list[tuple[str, ...]]:
        """Return the cells of the tables below a heading, their first rows left out."""
        rows: list[tuple[str, ...]] = []
        lines = self.section(heading).splitlines()
        for before, line in zip(["", *lines], lines, strict=False):
            is_rule = re.fullmatch(r"\|[-|]+\|", line)
            if line.startswith("|") and before.startswith("|") and not is_rule:
                rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
        return rows


def _slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def unquoted(cell: str) -> str:
    """Return a table's cell without its backticks."""
    return cell.strip("`")


@lru_cache(maxsize=1)
def all_pages() -> tuple[Page, ...]:
    """Return every Markdown file that people read, in a fixed order."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]
    return tuple(Page(path.relative_to(ROOT).as_posix()) for path in sorted(found))
