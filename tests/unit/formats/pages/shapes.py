"""Frameworks as companies have them, in files of a test, and what an import makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.report import ImportResult
from bot.formats.mapping.reader import parse_mapping
from tests.unit.formats.imports.importing import content_of, told

SHARED = Path(__file__).parents[5] / "shared" / "cases" / "tables"
"""Cases that stand beside the repository."""


@dataclass(frozen=True)
class Understood:
    """What a framework comes to; names in the order of the catalogue."""

    roles: tuple[str, ...]
    levels: tuple[str, ...]
    skills: tuple[str, ...]
    expectations: int
    groups: tuple[str, ...] = ("Skills",)


Case = tuple[Mapping[str, str], Understood]
"""Files by name, with what they come to."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, and return the only one, or the folder where there are several."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder / next(iter(files)) if len(files) == 1 else folder


def read(path: Path, mapping: str | None = None) -> ImportResult:
    """Import files, with the text of a mapping if one is given."""
    read_mapping = parse_mapping("mapping.yaml", mapping.encode()) if mapping else None
    return import_catalogue(path, mapping=read_mapping)


def understood(result: ImportResult) -> Understood:
    """Return what an import came to; fails with what was told where it came to nothing."""
    assert result.content is not None, "\n".join(told(result))
    content = content_of(result)
    levels = [level for ladder in content.ladders for level in ladder.levels]
    return Understood(
        roles=tuple(role.name.base for role in content.roles),
        levels=tuple(dict.fromkeys(level.name.base for level in levels)),
        skills=tuple(skill.name.base for skill in content.skills),
        expectations=len(content.expectations),
        groups=tuple(group.name.base for group in content.groups),
    )


def text_at(result: ImportResult, role: str, level: str, skill: str) -> str:
    """Return the text of one expectation, by names."""
    for each in content_of(result).expectations:
        names = (each.role.name.base, each.level.name.base, each.skill.name.base)
        if names == (role, level, skill):
            return each.text.base if each.text else ""
    raise AssertionError(f"nothing at {role} / {level} / {skill}")
