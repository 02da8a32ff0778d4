"""Where a finding stands: the file and line of a native folder, else the keys."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bot.domain.catalogue.lint.finding import LintPlace
from bot.formats.native_files import CATALOGUE_FILE
from bot.formats.problems import NodePath
from bot.formats.yaml_file import YamlFile, parse_yaml
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class FilePlace:
    """`file` is relative to the catalogue's folder, `path` to the working directory where that is
    possible. `shown` is for people: file and line, or the keys where there is no file."""

    shown: str
    file: str | None = None
    path: str | None = None
    line: int | None = None


class Places:
    """Finds places in a folder, or without one (None) names keys only."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._parsed = lru_cache(maxsize=256)(self._parse)

    def of(self, place: LintPlace) -> FilePlace:
        """Return where a place is."""
        keys = " · ".join(
            key for key in (place.domain, place.group, place.ladder, place.role, place.level) if key
        )
        keys = " · ".join(filter(None, (place.skill, keys, place.locale)))
        if self._folder is None:
            return FilePlace(keys)
        file = _file(place)
        parsed = self._parsed(file)
        path = _path(place, parsed) if parsed else ()
        line = parsed.line(path) if parsed and path else None
        shown = file if line is None else f"{file}:{line}"
        return FilePlace(shown, file, from_here(self._folder / file), line)

    def _parse(self, name: str) -> YamlFile | None:
        assert self._folder is not None  # noqa: S101 - `of` has looked
        try:
            return parse_yaml(name, (self._folder / name).read_bytes())[0]
        except OSError:
            return None


def _file(place: LintPlace) -> str:
    if place.skill is not None:
        return f"skills/{place.skill}.yaml"
    return CATALOGUE_FILE if place.role is None else f"roles/{place.role}.yaml"


def _path(place: LintPlace, parsed: YamlFile) -> NodePath:
    """Return where in its file a place is; an empty path is the whole file."""
    if place.skill is not None:
        cell = [each for each in (place.role, place.level) if each is not None]
        return ("expectations", *cell) if cell else ()
    if place.role is not None:
        return ("focus", place.level) if place.level else ()
    for path, row in _keyed((), parsed.value):
        noun = path[-2]
        if row.get("key") == {"groups": place.group, "levels": place.level}.get(str(noun)):
            return path
        if not (place.group or place.level) and row.get("key") in (place.domain, place.ladder):
            return path
    return ()


def _keyed(path: NodePath, value: object) -> Iterator[tuple[NodePath, dict[str, object]]]:
    """Yield every mapping in a list, with its path, from outside to inside."""
    if not isinstance(value, dict):
        return
    for name, rows in value.items():
        for at, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                yield (*path, name, at), row
                yield from _keyed((*path, name, at), row)


def from_here(path: Path) -> str:
    """Return a path relative to the working directory where it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
