"""Paths through a nested document, as a mapping writes them: names of fields, parted by dots."""

import re
from functools import lru_cache

_DOT = re.compile(r"(?<!\\)\.")


def in_path(name: str) -> str:
    r"""Return the name of a field as a step of a path: a dot within it is written ``\.``."""
    return name.replace(".", r"\.")


@lru_cache(maxsize=4096)
def steps_of(path: str) -> tuple[str, ...]:
    """Return the steps of a path, with the names of fields as the document has them."""
    return tuple(step.replace(r"\.", ".") for step in _DOT.split(path))
