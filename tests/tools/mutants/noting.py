"""A plugin of pytest's: notes how long each test took that passed."""

import json
import os
from pathlib import Path

import pytest

from tests.tools.mutants.covering import NOTES

_seconds: dict[str, float] = {}
_failed: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration
    if not report.passed:
        _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    kept = {test: took for test, took in _seconds.items() if test not in _failed}
    Path(os.environ[NOTES]).write_text(json.dumps(kept), encoding="utf-8")
