"""Imports of tables written in a test, and what they found, short enough to compare."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from bot.domain.framework import CatalogueContent, Expectation
from bot.domain.revision import Catalogue, RevisionInfo
from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.report import ImportResult
from bot.formats.mapping.reader import parse_mapping
from tests.factories import part_of
from tests.strategies import REVISION
from tests.unit.samples import built_in

LONG = ("Role", "Level", "Skill", "Requirement", "Proficiency", "Text")


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as the text of a CSV file."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def imported(
    folder: Path,
    *rows: Sequence[str],
    mapping: str | None = None,
    previous: CatalogueContent | None = None,
    name: str = "framework.csv",
) -> ImportResult:
    """Write rows as CSV and import them; `mapping` is the text of a mapping file."""
    path = folder / name
    path.write_text(csv_text(rows), encoding="utf-8")
    read = parse_mapping("mapping.yaml", mapping.encode()) if mapping else None
    return import_catalogue(path, mapping=read, previous=previous)


def content_of(result: ImportResult) -> CatalogueContent:
    """Return the content, and fail with the problems where there is none."""
    assert result.content is not None, "\n".join(map(str, result.problems))
    return result.content


def cell(content: CatalogueContent, role: str, level: str, skill: str) -> Expectation:
    """Return the expectation of these keys."""
    found = [
        each
        for each in content.expectations
        if (each.role.key, each.level.key, each.skill.key) == (role, level, skill)
    ]
    assert len(found) == 1, f"{len(found)} cells at {role}/{level}/{skill}"
    return found[0]


def told(result: ImportResult) -> list[str]:
    """Return every finding as a line."""
    findings = (*result.problems, *result.warnings, *result.notes)
    return [f"{finding.severity}: {finding}" for finding in findings]


def codes(result: ImportResult) -> list[str]:
    """Return the codes of errors and warnings."""
    return [finding.code for finding in (*result.problems, *result.warnings)]


def indexed(content: CatalogueContent, revision: RevisionInfo = REVISION) -> Catalogue:
    """Return the content as a catalogue, which refuses two cells in one place."""
    return Catalogue(revision, content)


def part_of_built_in() -> CatalogueContent:
    """Return three roles of the framework that comes with Nextrung, and what they refer to."""
    roles = ("data-analyst", "llm-engineer", "engineering-manager")
    return part_of(built_in().catalogue.content, *roles)
