"""How a run is dealt to its worker processes, so that they end together and do little twice.

pytest-xdist gives each worker an even part of all tests, in their order, and whoever is done takes
the last half of what another one still has. Were a part all slow and another all quick, the last
tests to be taken would be slow ones, and cores idle meanwhile. So each part begins with as much of
the slow as the others, and ends with quick tests.

Each worker reads all test modules, and pytest writes each assertion of them anew before it keeps
what came of that. On a clean clone each worker would do that for all of them at once.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from _pytest.assertion import rewrite

T = TypeVar("T")

# About how much longer a test takes than one of the quick ones: processor time, waits included.
_SLOW = {"browser": 50, "scenario": 20, "integration": 10}
_TOGETHER = "browser"  # a browser for each of several workers costs more than it gains


def dealt(items: Iterable[T], workers: int, *, path_of: Callable[[T], str]) -> list[T]:
    """Return tests in the order that has so many workers end together.

    `path_of` tells the file of a test, below the tests' own folder. A slow file stays whole.
    """
    parts: list[list[T]] = [[] for _ in range(workers)]
    loads = [0] * workers
    quick: list[T] = []
    files: dict[str, list[T]] = {}
    for each in items:
        files.setdefault(path_of(each), []).append(each)
    kinds = list(_SLOW)
    for path, tests in sorted(files.items(), key=lambda file: _rank(file[0], kinds)):
        kind = _kind(path)
        if kind not in _SLOW:
            quick += tests
            continue
        part = 0 if kind == _TOGETHER else loads.index(min(loads))
        parts[part] += tests
        loads[part] += _SLOW[kind] * len(tests)
    return _filled(parts, quick)


def _kind(path: str) -> str:
    return path.partition("/")[0]


def _rank(path: str, kinds: list[str]) -> int:
    return kinds.index(_kind(path)) if _kind(path) in kinds else len(kinds)


def _filled(parts: list[list[T]], quick: list[T]) -> list[T]:
    """Return the parts one after another, each with quick tests up to its even share."""
    everything = sum(map(len, parts)) + len(quick)
    found: list[T] = []
    for number, part in enumerate(parts):
        share = (everything - len(found)) // (len(parts) - number)
        room = max(0, share - len(part))
        found += [*part, *quick[:room]]
        quick = quick[room:]
    return found + quick


def rewrite_share(config: pytest.Config, folder: Path, *, number: int, workers: int) -> None:
    """Keep the assertions of every so-many-th test module, written anew, for all workers."""
    state = config.stash[rewrite.assertstate_key]
    for path in sorted(folder.rglob("test_*.py"))[number::workers]:
        kept = rewrite.get_cache_dir(path) / f"{path.stem}{rewrite.PYC_TAIL}"
        if rewrite._read_pyc(path, kept) is None and rewrite.try_makedirs(kept.parent):
            digest, code = rewrite._rewrite_test(path, config)
            rewrite._write_pyc(state, code, digest, kept)
