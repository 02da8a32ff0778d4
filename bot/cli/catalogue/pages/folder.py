"""Writes a folder of pages: whole or not at all the first time, and later only what differs."""

import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from bot.cli.catalogue.export_command import ExportRefused

LIST = "nextrung-site.txt"
"""Names every file of the folder that is ours, so that a page which is gone can go."""


def write_pages(files: Iterable[tuple[str, str]], folder: Path, *, force: bool) -> tuple[int, int]:
    """Write pages, and return how many files there are and how many of them are new or other.

    What somebody else put into the folder stays. Pages of an earlier time that are no more are
    deleted.

    Raises:
        ExportRefused: the folder is a file, or holds what is not ours and `force` is not set.
        OSError: the disk refuses.
    """
    if not folder.parent.is_dir():
        raise ExportRefused(remedy=f"There is no folder {folder.parent}; make it first.")
    if folder.exists() and not folder.is_dir():
        raise ExportRefused(remedy=f"{folder} is a file; name a folder.")
    if folder.is_dir() and any(folder.iterdir()):
        return _renewed(files, folder, force=force)
    with tempfile.TemporaryDirectory(prefix=".nextrung-", dir=folder.parent) as beside:
        part = Path(beside) / "site"
        part.mkdir()
        written = _written(files, part)
        part.replace(folder)
    return written


def _renewed(files: Iterable[tuple[str, str]], folder: Path, *, force: bool) -> tuple[int, int]:
    before = folder / LIST
    if not before.is_file() and not force:
        raise ExportRefused(
            remedy=f"{folder} is not empty, and no site of Nextrung's; name another folder, or add "
            "--force."
        )
    ours = set(before.read_text("utf-8").splitlines()) if before.is_file() else set()
    written = _written(files, folder)
    for name in sorted(ours - set(before.read_text("utf-8").splitlines())):
        path = PurePosixPath(name)
        # The list is a file that anybody could have changed: nothing outside goes.
        if not path.is_absolute() and ".." not in path.parts:
            (folder / path).unlink(missing_ok=True)
    return written


def _written(files: Iterable[tuple[str, str]], folder: Path) -> tuple[int, int]:
    names, changed = [], 0
    made = {folder}
    for name, text in files:
        path, data = folder / name, text.encode()
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        names.append(name)
        if not _holds(path, data):
            path.write_bytes(data)
            changed += 1
    (folder / LIST).write_text("".join(f"{each}\n" for each in sorted(names)), "utf-8")
    return len(names), changed


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False
