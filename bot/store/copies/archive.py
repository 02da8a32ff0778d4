"""A backup's file: a ZIP of one file of JSON lines per table, and `manifest.json`.

The form is described in docs/reference/backup-format.md. The file gets its name only when it is
whole; it can be read by its owner alone, because it holds personal data.
"""

import errno
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot import __version__
from bot.store import migrate
from bot.store.copies.errors import BackupUnusable
from bot.store.copies.lines import Digest, Lines
from bot.store.copies.shapes import Kind, Shape
from bot.store.copies.snapshot import BATCH
from bot.store.copies.source import Copied, CopiedTable, Described, Source

FORMAT = "nextrung-backup"
FORM = 1
"""Which form of the file this version writes, and the newest that it reads."""
MANIFEST = "manifest.json"
# More than the largest catalogue that waits as a draft; what is longer is no row of ours.
_LONGEST_LINE = 256 << 20
_LARGEST_MANIFEST = 16 << 20
_OLDEST_DATE = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(LookupError, OverflowError, RuntimeError, ValueError),
)


async def write_archive(path: Path, source: Source) -> Copied:
    """Write a source into a file that is not there yet; return what it holds.

    Raises:
        FileExistsError: it is there.
        OSError: it cannot be written: no space, no such folder, no permission. Nothing is left.
    """
    with _whole(path) as part:
        tables: list[CopiedTable] = []
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for shape in source.described.filled:
                digest = Digest()
                with archive.open(_entry(_member(shape.name)), "w", force_zip64=True) as file:
                    async for lines in source.lines(shape):
                        file.write(b"".join(lines))
                        digest.add(lines)
                tables.append(CopiedTable(shape.name, digest.rows, digest.sha256))
            copied = Copied(source.described.revision, source.described.made_at, tuple(tables))
            manifest = json.dumps(_manifest(source.described, copied), indent=2) + "\n"
            archive.writestr(_entry(MANIFEST), manifest)
        with Archive(part) as written:
            written.verify()
    return copied


class Archive:
    """A backup's file, open to be read. Satisfies `Source`."""

    def __init__(self, path: Path) -> None:
        """Open it and read what it holds.

        Raises:
            BackupUnusable: it is no backup, was cut off, or comes from a newer version.
            SchemaOutdated: its schema is a newer version's.
            OSError: it cannot be read.
        """
        try:
            self._archive = zipfile.ZipFile(path)
        except (*_BROKEN, OSError) as error:
            if isinstance(error, OSError) and error.errno != errno.EINVAL:
                raise
            raise BackupUnusable(reason=_why_unreadable(path)) from None
        try:
            self.described, self._tables = self._read_manifest()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._archive.close()

    @property
    def copied(self) -> Copied:
        """What the file says that it holds."""
        return Copied(self.described.revision, self.described.made_at, self._tables)

    def verify(self) -> None:
        """Return when every table is what the manifest says.

        Raises:
            BackupUnusable: one is not.
        """
        for table in self._tables:
            digest = Digest()
            for line in self._lines(table.name):
                digest.add([line])
            if (digest.rows, digest.sha256) != (table.rows, table.sha256):
                reason = f"{table.name} is damaged: its checksum is not the one it was kept with."
                raise BackupUnusable(reason=reason)

    async def lines(self, shape: Shape) -> AsyncIterator[Lines]:
        """Yield the rows of a table, some at a time."""
        batch: list[bytes] = []
        for line in self._lines(shape.name):
            batch.append(line)
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _lines(self, table: str) -> Iterator[bytes]:
        try:
            with self._archive.open(_member(table)) as file:
                while line := file.readline(_LONGEST_LINE + 1):
                    if len(line) > _LONGEST_LINE:
                        raise BackupUnusable(reason=f"A row of {table} is longer than any.")
                    yield line
        except (KeyError, *_BROKEN):
            raise BackupUnusable(reason=f"{table} is damaged or missing.") from None

    def _read_manifest(self) -> tuple[Described, tuple[CopiedTable, ...]]:
        try:
            with self._archive.open(MANIFEST) as file:
                manifest = json.loads(file.read(_LARGEST_MANIFEST))
            ours = manifest["format"] == FORMAT
        except (KeyError, TypeError, ValueError, RecursionError, *_BROKEN):
            ours = False
        if not ours:
            raise BackupUnusable(reason="This is no backup of Nextrung's.")
        _require_readable(manifest)
        try:
            described, tables = _described(manifest), _tables(manifest)
            whole = [each.name for each in described.filled] == [each.name for each in tables]
        except (KeyError, TypeError, ValueError, AttributeError):
            whole = False
        if not whole:
            raise BackupUnusable(reason="Its manifest is damaged.")
        return described, tables


def _require_readable(manifest: dict[str, Any]) -> None:
    form = manifest.get("form")
    if not isinstance(form, int) or form > FORM:
        by = str(manifest.get("made_by"))[:40]
        reason = f"It was made by a newer version of Nextrung ({by}): restore it with that one."
        raise BackupUnusable(reason=reason)
    migrate.require_known(str(manifest.get("schema")))


def _described(manifest: dict[str, Any]) -> Described:
    shapes = tuple(
        Shape(
            name=str(each["name"]),
            columns=tuple((str(name), Kind(kind)) for name, kind in each["columns"].items()),
            key=tuple(map(str, each["key"])),
            numbered=each.get("numbered"),
        )
        for each in manifest["tables"]
    )
    moment = datetime.fromisoformat(manifest["made_at"])
    last_ids = {str(name): int(last) for name, last in manifest["last_ids"].items()}
    return Described(str(manifest["schema"]), moment, shapes, last_ids)


def _tables(manifest: dict[str, Any]) -> tuple[CopiedTable, ...]:
    return tuple(
        CopiedTable(str(each["name"]), int(each["rows"]), str(each["sha256"]))
        for each in manifest["tables"]
        if "rows" in each
    )


def _manifest(described: Described, copied: Copied) -> dict[str, Any]:
    held = {each.name: {"rows": each.rows, "sha256": each.sha256} for each in copied.tables}
    return {
        "format": FORMAT,
        "form": FORM,
        "made_by": __version__,
        "made_at": described.made_at.isoformat(),
        "schema": described.revision,
        "last_ids": dict(described.last_ids),
        "tables": [
            {
                "name": shape.name,
                "columns": {name: kind.value for name, kind in shape.columns},
                "key": list(shape.key),
                "numbered": shape.numbered,
                **held.get(shape.name, {}),
            }
            for shape in described.shapes
        ],
    }


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _OLDEST_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _why_unreadable(path: Path) -> str:
    with path.open("rb") as file:
        began_well = file.read(4) == b"PK\x03\x04"
    return "It was cut off: its end is missing." if began_well else "This is no backup."


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Yield a file beside `path` that gets its name at the end, if all went well."""
    _require_free(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    part = Path(name)  # made with mode 0600
    os.close(handle)
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        _require_free(path)
        part.rename(path)
    except OSError as error:
        if error.errno is None:  # a time limit of the database's, no fault of the file's
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    _keep_name(path.parent)


def _require_free(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise FileExistsError(
            errno.EEXIST, "This file exists already; choose another name", str(path)
        )


def _keep_name(folder: Path) -> None:
    """Let the new name survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
