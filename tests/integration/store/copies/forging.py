"""Backups that somebody has changed, cut off or made by hand."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.store.copies.archive import MANIFEST

Members = dict[str, bytes]


def forged(
    backup: Path, change: Callable[[Members, dict[str, Any]], None], *, signed: bool
) -> Path:
    """Return a copy of a backup after `change`, which gets its files and its manifest.

    `signed` makes the manifest agree with the files again, as no accident would.
    """
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members[MANIFEST])
    change(members, manifest)
    for table in manifest["tables"] if signed else ():
        lines = members.get(f"tables/{table['name']}.jsonl")
        if lines is not None:
            table |= {"rows": lines.count(b"\n"), "sha256": hashlib.sha256(lines).hexdigest()}
    members[MANIFEST] = json.dumps(manifest).encode()
    path = backup.with_name(f"forged-{backup.name}")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def with_lines(table: str, *rows: object) -> Callable[[Members, dict[str, Any]], None]:
    """Return what puts these rows in the place of a table's own."""

    def change(members: Members, _manifest: dict[str, Any]) -> None:
        lines = [json.dumps(each, separators=(",", ":")) + "\n" for each in rows]
        members[f"tables/{table}.jsonl"] = "".join(lines).encode()

    return change
