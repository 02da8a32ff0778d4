"""What `catalogue sync` reads: a native folder, or whatever `catalogue import` takes."""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from bot.cli.catalogue.desk import Desk, Named
from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.imports.report import ImportResult
from bot.formats.mapping.reader import read_mapping
from bot.formats.native_files import CATALOGUE_FILE, LINT_FILE
from bot.values import dataclass

MAPPING_FILES = ("mapping.yaml", "mapping.yml")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """Where the catalogue comes from. `mapping` is None for the one beside it, if there is one."""

    path: str
    mapping: Path | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None

    @property
    def is_native(self) -> bool:
        """Whether it is a folder in the native format, or a published catalogue."""
        path = Path(self.path)
        return not path.exists() or (path / CATALOGUE_FILE).is_file()

    @property
    def mapping_file(self) -> Path | None:
        """The mapping that says what the columns mean: the one that was named, else beside it."""
        return self.mapping or _beside(Path(self.path))


@dataclass(frozen=True, slots=True)
class Read:
    """What was read. `found` is None where it cannot be; `result` tells of an import."""

    found: Named | None
    result: ImportResult | None = None


async def read_source(desk: Desk, source: Source, key: str) -> Read:
    """Import a source. What keeps its name keeps the key that it has in the published catalogue.

    Raises:
        CatalogueFileErrors: the mapping cannot be read.
        StoreError: the database cannot be used.
    """
    mapping = read_mapping(source.mapping_file) if source.mapping_file else None
    newest = await desk.newest(key)
    result = await asyncio.to_thread(
        import_catalogue,
        Path(source.path),
        mapping=mapping,
        previous=newest.content if newest else None,
        encoding=source.encoding,
        answers=source.answers,
    )
    if result.content is None:
        return Read(None, result)
    return Read(Named(source.path, result.content, _folder(Path(source.path))), result)


def _beside(path: Path) -> Path | None:
    if path.is_dir():
        names = [path / name for name in MAPPING_FILES]
    else:
        own = [path.with_suffix(f".map{ending}") for ending in (".yaml", ".yml")]
        names = own + [path.parent / name for name in MAPPING_FILES]
    return next((each for each in names if each.is_file()), None)


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def source_digest(source: Source) -> str:
    """Return a hash of all that a source is made of; "" where nothing is there now.

    Names count, moments do not: a checkout that brings the same files back is the same.
    """
    told = hashlib.sha256()
    try:
        for name, path in _files(source):
            told.update(f"{name}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    told.update(chunk)
    except OSError:
        return ""  # it is being written just now
    return told.hexdigest()


def _files(source: Source) -> Iterator[tuple[str, Path]]:
    path = Path(source.path)
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            name = each.relative_to(path)
            if each.is_file() and not any(part.startswith(".") for part in name.parts):
                yield name.as_posix(), each
    else:
        yield path.name, path
    beside = {source.mapping_file, _folder(path) / LINT_FILE}
    for extra in sorted(each for each in beside if each is not None and each.is_file()):
        yield f"beside/{extra.name}", extra
