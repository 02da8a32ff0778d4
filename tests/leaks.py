"""Reads whatever each test prints and logs for what must stand in no log.

All of the product's log goes through the product's own handler as well, at INFO and above, as an
operator would have it. What members type in a test is noted where the local Slack sends it.
"""

import logging
import re
from collections.abc import Generator, Iterator, MutableMapping
from io import StringIO
from typing import Any

import pytest
import structlog

from bot.log import log_handler
from bot.sandbox.inspector import Entry, Inspector

_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-(?!your|\u2026|…)[\w-]{6,}")
_RESPONSE_URL = re.compile(r"hooks\.slack(?:-gov)?\.com/\w|/response/\w")
_BODY = re.compile(r"&user_id=|%22user|\bbody: |['\"]response_url['\"]\s*:")
_LOG_LINE = re.compile(r"\[(?:debug|info|warning|error|critical) *\]|^\{\"event\"")
# Shorter words, and names of what a catalogue has, may well be part of what is logged.
_SHORTEST = 16
_MOST = 400

_heard = StringIO()
_typed: set[str] = set()


def listen() -> None:
    """Let everything be heard from now on, in this process."""
    root = logging.getLogger()
    root.addHandler(log_handler(_heard, "json"))
    root.setLevel(logging.INFO)
    capture, start = structlog.testing.LogCapture.__call__, Inspector.start

    def hear(self: Any, logger: Any, name: str, event: MutableMapping[str, Any]) -> Any:
        print(repr(dict(event)), file=_heard)
        return capture(self, logger, name, event)

    def note(self: Inspector, **values: Any) -> Entry:
        if values["direction"] == "to_bot" and len(_typed) < _MOST:
            _typed.update(_typed_in(values["request"]))
        return start(self, **values)

    structlog.testing.LogCapture.__call__ = hear  # type: ignore[method-assign,assignment] # listens too
    Inspector.start = note  # type: ignore[method-assign] # likewise


def _typed_in(value: Any) -> Iterator[str]:
    """Yield what somebody typed: a command's text, and the values of a form."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name in {"text", "value"} and isinstance(each, str) and len(each) >= _SHORTEST:
                yield each
            else:
                yield from _typed_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _typed_in(each)


def leaks(text: str, typed: frozenset[str] = frozenset()) -> list[str]:
    """Return what of a log nobody may read."""
    found = [match[0] for each in (_TOKEN, _RESPONSE_URL, _BODY) for match in each.finditer(text)]
    return found + [each for each in typed if each in text]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test after which something can be read that nobody may read."""
    report = yield
    if report.when == "setup":
        return report
    printed = "\n".join(text for name, text in report.sections if "Captured std" in name)
    lines = "\n".join(line for line in printed.splitlines() if _LOG_LINE.search(line))
    found = leaks(_heard.getvalue() + lines, frozenset(_typed))
    if report.when == "teardown" or found:
        _heard.seek(0)
        _heard.truncate()
        _typed.clear()
    if found and report.passed and item.get_closest_marker("leaks_on_purpose") is None:
        report.outcome = "failed"
        report.longrepr = f"what nobody may read was logged: {found[:5]}"
    return report
