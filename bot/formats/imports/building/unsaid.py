"""Levels that have a column of their own in which nothing stands."""

from collections.abc import Iterable

from bot.domain.said import said
from bot.formats.imports.report import ImportPlace, ImportProblems
from bot.formats.mapping.words import normal


class UnsaidLevels:
    """Remembers columns of levels without a filled cell, until some table fills one."""

    def __init__(self) -> None:
        self._places: dict[str, ImportPlace | None] = {}

    def note(self, levels: Iterable[tuple[str, bool]], place: ImportPlace) -> None:
        """Take over which levels the columns of a table are about, and whether a cell is filled."""
        for level, filled in levels:
            known = self._places.get(normal(level), place.of(level))
            self._places[normal(level)] = None if filled else known

    def report(self, findings: ImportProblems) -> None:
        """Warn of the levels about which no cell of any table says anything, beside others."""
        if None not in self._places.values():
            return
        message = said(
            "a level has a column in which no cell is filled, so it is left out; fill a cell, or"
            " delete the column"
        )
        for place in filter(None, self._places.values()):
            findings.warning("empty-level", message, place)
