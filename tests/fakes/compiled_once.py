"""SQL that is put into words once per process and kind of database, not once per engine.

Each test has engines of its own, and SQLAlchemy keeps what it compiled with the engine: a tenth of
a scenario's time went into wording the same statements again.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

_MOST = 4000
_of_all: LRUCache[Any, Any] = LRUCache(_MOST)


class _ByKind:
    """What SQLAlchemy takes for an engine's own cache; a key begins with the engine's dialect."""

    def get(self, key: tuple[Any, ...]) -> Any:
        return _of_all.get(_kind(key))

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        _of_all[_kind(key)] = compiled


def _kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return type(dialect), *rest


def compile_once() -> None:
    """Let every engine that is made from now on, in this process, share what is compiled."""
    shared = _ByKind()
    # Whatever an engine would keep as its own is let go of.
    Engine._compiled_cache = property(lambda _: shared, lambda *_: None)  # type: ignore[assignment]
