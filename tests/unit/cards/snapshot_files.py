"""Card snapshots as small readable files under tests/snapshots: one per card and language."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from bot.sandbox.plain import plain_text

SNAPSHOTS = Path(__file__).parents[2] / "snapshots"


class CardFiles(SingleFileSnapshotExtension):
    """Writes a text to ``tests/snapshots/<test file>/<test>.txt``."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(SNAPSHOTS / test_location.basename)

    @classmethod
    def matches_test_location(
        cls, *, test_location: PyTestLocation, snapshot_location: str
    ) -> bool:
        return Path(snapshot_location).parent == SNAPSHOTS / test_location.basename


def written(text: str, blocks: Sequence[Any]) -> str:
    """Write a card down: its fallback text, then a block per line, a table row per line."""
    lines = [f"text: {text}"]
    for block in blocks:
        rest = {key: value for key, value in block.items() if key not in {"type", "rows"}}
        lines += ["", f"[{block['type']}]"]
        lines += [" | ".join(_cell(cell) for cell in row) for row in block.get("rows", ())]
        lines += [f"{key}: {_value(value)}" for key, value in rest.items()]
    return "\n".join(lines) + "\n"


def _cell(cell: Any) -> str:
    return plain_text([cell]).replace("\n", " / ")


def _value(value: Any) -> str:
    """Write texts as they are, lists an item per line, and the rest as JSON."""
    if isinstance(value, dict) and str(value.get("type")).startswith("rich_text"):
        return plain_text([value]).replace("\n", "\n      ")
    if isinstance(value, dict) and set(value) <= {"type", "text", "emoji"}:
        return str(value["text"]).replace("\n", "\n      ")
    if isinstance(value, list | tuple):
        return "".join(f"\n  - {_value(each)}" for each in value)
    return json.dumps(value, ensure_ascii=False)
