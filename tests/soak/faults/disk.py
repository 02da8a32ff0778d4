"""A small disk of one's own for SQLite: full, or with a file that may only be read."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.soak.stand import Stand

_BYTES = 128 << 20
_NAME = "soak.db"


class NoDisk(Exception):
    """No file system may be mounted here; the message says why."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount an ext4 file system in a file, and yield where the database goes.

    Raises:
        NoDisk: that may not be done here.
    """
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        raise NoDisk("mounting a file system needs root and e2fsprogs")
    image, place = folder / "disk.img", folder / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(_BYTES)
    try:
        _run("mkfs.ext4", "-q", "-m", "0", str(image))
        _run("mount", "-o", "loop", str(image), str(place))
    except subprocess.CalledProcessError as error:
        raise NoDisk(error.stderr.decode().strip()) from error
    try:
        yield place / _NAME
    finally:
        _run("umount", "--lazy", str(place))


async def full(stand: Stand, seconds: float) -> None:
    """Fill the disk up, and make room again."""
    file = _file(stand)
    filler = file.parent / "filler"
    with filler.open("wb", buffering=0) as there:
        try:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        there.write(b"\0" * size)
                except OSError:
                    continue
            os.fsync(there.fileno())
        except OSError:
            pass
    try:
        await asyncio.sleep(seconds)
    finally:
        filler.unlink()


async def unwritable(stand: Stand, seconds: float) -> None:
    """Let nobody write to the database's files, and then everybody again."""
    files = [str(each) for each in _file(stand).parent.glob(f"{_NAME}*")]
    _run("chattr", "+i", *files)
    try:
        await asyncio.sleep(seconds)
    finally:
        _run("chattr", "-i", *files)


def _file(stand: Stand) -> Path:
    return Path(stand.url.removeprefix("sqlite:///"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
