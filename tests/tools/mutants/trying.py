"""Runs tests against a module with a fault, in a process of its own that has all libraries."""

import os
import shutil
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import pytest

_OURS = ("bot", "tests")
_LIBRARIES = (
    *("aiohttp", "aiosqlite", "alembic", "babel.core", "httpx", "hypothesis", "jinja2"),
    *("jsonschema", "openpyxl", "pydantic_settings", "rapidfuzz", "slack_bolt.async_app"),
    *("slack_sdk.web.async_client", "sqlalchemy.ext.asyncio", "starlette.applications"),
    *("structlog", "typer", "uvicorn", "yaml"),
)
_START_SECONDS = 20
_BROKEN = 99


def warm_up() -> None:
    """Import the slow ones of what tests and bot import from elsewhere, once for all processes."""
    for name in _LIBRARIES:
        import_module(name)


def survives(
    module: str, source: str, tests: Sequence[str], *, folder: Path, seconds: float
) -> bool:
    """Tell whether all tests pass with this source of the module.

    `folder` is shared by all tries: databases to copy are made there once. Tests that take five
    times as long as `seconds` have noticed.

    Raises:
        RuntimeError: the tests could not be run at all.
    """
    child = os.fork()
    if child == 0:
        _test(module, source, tests, folder, seconds)
    _, status = os.waitpid(child, 0)
    shutil.rmtree(folder / f"tests-{child}", ignore_errors=True)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _BROKEN:
        raise RuntimeError(f"pytest did not run the tests of {module}")
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == pytest.ExitCode.OK


def _test(module: str, source: str, tests: Sequence[str], folder: Path, seconds: float) -> None:
    """Run the tests and end this process with pytest's own exit code."""
    code = _BROKEN
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        signal.alarm(int(_START_SECONDS + 5 * seconds))
        _forget()
        sys.meta_path.insert(0, _Faulty(module, source))
        # Read by the tests' conftest as a worker's of a larger run: it makes no folder then.
        plugin = _Worker(folder)
        code = pytest.main(
            [
                *("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"),
                # What was imported before, for all, is no test of ours.
                *("--no-header", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
                *(f"--basetemp={folder / f'tests-{os.getpid()}'}", *tests),
            ],
            plugins=[plugin],
        )
    finally:
        os._exit(int(code))


def _forget() -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] in _OURS]:
        del sys.modules[name]


class _Worker:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.workerinput = {"nextrung_folder": str(self._folder)}  # type: ignore[attr-defined]


class _Faulty(MetaPathFinder):
    """Finds one module with the given source, and leaves all others to those after it."""

    def __init__(self, module: str, source: str) -> None:
        self._module = module
        self._source = source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _Given(fullname, spec.origin, self._source)
        return spec


class _Given(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        return compile(self._source, self.path, "exec", dont_inherit=True)
