"""The work of `nextrung catalogue map`."""

import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from bot.cli.catalogue.printing import printable, say_raw, sizes
from bot.formats.imports.drafting import draft_mapping
from bot.formats.imports.report import ImportResult


def print_mapping(path: Path, *, encoding: str | None, answers: Mapping[str, str]) -> int:
    """Print a mapping for the file; returns the exit code, 1 where it cannot be understood."""
    draft = draft_mapping(path, encoding=encoding, answers=answers)
    for remark in draft.remarks:
        _remark(remark)
    if draft.trial is not None:
        _print_trial(draft.trial, understood=draft.text is not None)
    if draft.text is None:
        return 1
    say_raw(draft.text.rstrip("\n"))
    return 0


def _print_trial(trial: ImportResult, *, understood: bool) -> None:
    """Say on standard error what an import with this mapping comes to."""
    for finding in (*trial.problems, *trial.warnings):
        _remark(f"{finding.severity.value}: {finding}")
    if trial.content is not None:
        _remark(f"An import with it gives {sizes(trial.content)}.")
    elif understood:
        _remark("An import with it stops at these errors; change the mapping or the file.")


def _remark(text: str) -> None:
    console = Console(file=sys.stderr, highlight=False)
    console.print(printable(text), markup=False, soft_wrap=True)
