"""Payloads with one part broken: left out, null, or of another type."""

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

_OTHERS: tuple[Any, ...] = (None, 7, True, "x", [], [7], {}, {"x": 7})


def mutations(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the payload once for each way to break each of its parts, whole ones first."""
    for path in _paths(body):
        yield _with(body, path, _LEFT_OUT)
        for other in _OTHERS:
            if type(other) is not type(_at(body, path)):
                yield _with(body, path, other)


def broken(body: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return the payload with one part broken at random; its outer parts more often."""
    path: list[str | int] = []
    inner: Any = body
    while isinstance(inner, dict | list) and inner and (not path or chance.random() < 0.6):
        keys = [*inner] if isinstance(inner, dict) else range(len(inner))
        path.append(chance.choice(keys))
        inner = _at(body, tuple(path))
    others = [each for each in _OTHERS if type(each) is not type(inner)]
    return _with(body, tuple(path), chance.choice([_LEFT_OUT, *others]))


_LEFT_OUT = object()
_Path = tuple[str | int, ...]


def _paths(value: Any, path: _Path = ()) -> Iterator[_Path]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in inner:
        yield (*path, key)
        yield from _paths(each, (*path, key))


def _at(value: Any, path: _Path) -> Any:
    for key in path:
        value = value[key]
    return value


def _with(body: dict[str, Any], path: _Path, other: Any) -> dict[str, Any]:
    changed = deepcopy(body)
    holder = _at(changed, path[:-1])
    if other is _LEFT_OUT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = deepcopy(other)
    return changed
