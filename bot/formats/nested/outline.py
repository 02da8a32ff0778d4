"""The lists of a nested JSON document, as paths that a mapping takes for `records`."""

from collections.abc import Container, Iterator
from typing import Any

from bot.formats.nested.paths import in_path

_DEEPEST = 20
_MOST_ITEMS = 200
_MOST_COLUMNS = 12

_Path = tuple[str, ...]


def outline(document: Any) -> dict[str, tuple[str, ...]]:
    """Return the path of each list, such as ``topics[].levels[]``, with the columns of its items.

    A list that is found at several depths is one, by the shortest path that leads to all of them:
    ``**.roles[]``. The items of a list of words have the one column ``.``.
    """
    found = list(_lists(document, (), 0))
    folded = {_folded(path) for path, _ in found}
    columns: dict[str, dict[str, None]] = {}
    for path, names in found:
        columns.setdefault(_shared(path, folded), {}).update(dict.fromkeys(names))
    return {path: tuple(names)[:_MOST_COLUMNS] for path, names in columns.items()}


def _shared(path: _Path, folded: Container[str]) -> str:
    """Return the path by a list that is found at several depths, where it leads through one."""
    for at in reversed(range(len(path))):
        for end in range(at + 1, len(path) + 1):
            if ".".join(("**", *path[at:end])) in folded:
                return ".".join(("**", *path[at:]))
    return _folded(path)


def _lists(value: Any, path: _Path, depth: int) -> Iterator[tuple[_Path, tuple[str, ...]]]:
    if depth > _DEEPEST or not isinstance(value, dict):
        return
    for name, held in value.items():
        if isinstance(held, dict):
            yield from _lists(held, (*path, in_path(name)), depth + 1)
        elif isinstance(held, list) and held:
            inner = (*path, f"{in_path(name)}[]")
            for item in held[:_MOST_ITEMS]:
                yield inner, tuple(_columns(item))
                yield from _lists(item, inner, depth + 1)


def _columns(item: Any) -> Iterator[str]:
    if not isinstance(item, dict):
        yield "."
        return
    for name, held in item.items():
        if isinstance(held, list) and any(isinstance(each, dict | list) for each in held):
            continue
        if isinstance(held, dict):
            step = in_path(name)
            yield from (
                f"{step}.{in_path(inner)}" for inner in held if not isinstance(held[inner], list)
            )
        else:
            yield in_path(name)


def _folded(path: _Path) -> str:
    """Return a path in which lists that hold lists of their own name are any number of steps."""
    repeated = [at for at, step in enumerate(path) if path.count(step) > 1]
    if not repeated:
        return ".".join(path)
    rest = path[repeated[-1] + 1 :]
    return ".".join(("**", *(rest or path[repeated[-1] :])))
