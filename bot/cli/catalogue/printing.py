"""Printing for the catalogue commands: texts of others as plain text, data as JSON."""

import json
from datetime import datetime
from typing import Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.formats.problems import visible_text

_LEAST_NAME = 8
_WIDE = 1000


def printable(text: str) -> str:
    """Return a text on one line without what would steer a terminal."""
    return visible_text(" ".join(text.split()))


def say(text: str = "", *, style: str | None = None, indent: int = 0) -> None:
    """Print one line, wrapped at words; its characters mean nothing to rich."""
    console = Console(highlight=False)
    console.print(" " * indent + printable(text), style=style, markup=False, soft_wrap=True)


def say_raw(line: str) -> None:
    """Print a line as it is, for a program to read."""
    typer.echo(line)


def say_json(value: Any) -> None:
    """Print a value as JSON, and nothing else."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_table(columns: list[str], rows: list[list[str]], *, right: int = 99) -> None:
    """Print a table; the columns from number `right` on hold figures.

    A table for a file or a pipe is as wide as it needs: 80 columns would cut its names away.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, column in enumerate(columns):
        is_figure = at >= right
        justify: Literal["left", "right"] = "right" if is_figure else "left"
        table.add_column(
            column,
            justify=justify,
            no_wrap=is_figure,
            overflow="fold",
            min_width=None if is_figure else _LEAST_NAME,
        )
    for row in rows:
        table.add_row(*(printable(cell) for cell in row))
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = _WIDE
    console.print(table)


def moment(at: datetime) -> str:
    """Return a moment to the minute, in UTC."""
    return at.strftime("%Y-%m-%d %H:%M UTC")


def sizes(content: CatalogueContent) -> str:
    """Return how much a catalogue holds, in words."""
    return ", ".join(
        counted(len(things), noun)
        for things, noun in (
            (content.domains, "domain"),
            (content.groups, "group"),
            (content.skills, "skill"),
            (content.roles, "role"),
            (content.expectations, "expectation"),
        )
    )


def counted(count: int, noun: str) -> str:
    """Return "1 skill", "2 skills", "1,000 skills"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def local(text: LocalText, base_locale: str) -> dict[str, str]:
    """Return a text by language tag."""
    return {base_locale: text.base, **text.by_locale}
