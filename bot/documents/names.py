"""File names that every system takes."""

import re
from datetime import date

_LONGEST = 60
_UNFIT = re.compile(r"[^a-z0-9]+")


def file_name(*parts: str, on: date, ending: str) -> str:
    """Return "growth-packet-llm-engineer-lead-2026-05-03.md": ASCII letters, digits and hyphens."""
    words = "-".join(_UNFIT.sub("-", part.casefold()) for part in parts)
    stem = re.sub("-{2,}", "-", words)[:_LONGEST].strip("-")
    return f"{stem}-{on.isoformat()}.{ending}"
