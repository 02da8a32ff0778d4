"""Nothing is loaded before it is used: what a start and `--help` must not import."""

import json
import subprocess
import sys

_FILES = (
    "openpyxl",
    "PIL",
    "icalendar",
    "recurring_ical_events",
    "jinja2",
    "jsonschema",
    "defusedxml",
    "typst",
)
_DATABASES = ("alembic", "mako", "psycopg", "sqlalchemy.dialects.postgresql")
_SHEETS = ("selectolax", "python_calamine", "xlrd", "charset_normalizer")
_EXTRAS = ("opentelemetry", "google.protobuf", "requests", "sentry_sdk", "bot.telemetry")
_LATER = (
    *(*_EXTRAS, *_FILES, *_SHEETS, *_DATABASES),
    *("rapidfuzz", "markdown_it", "apscheduler", "rich", "pygments", "aiolimiter"),
)
_OWN = (
    "bot.sandbox",
    "bot.formats.native",
    "bot.formats.imports.importer",
    "bot.formats.exports.workbook",
    "bot.documents",
    "bot.domain.catalogue.diff",
    "bot.domain.catalogue.lint.linter",
    "bot.store.migration_scripts",
    "bot.slack.installs.oauth.flow",
    "bot.slack.tokens.exchange",
)
_HELP = """
import contextlib, io
from bot.cli.app import app
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    app({arguments!r}, prog_name="nextrung")
"""


def loaded_by(code: str) -> set[str]:
    """Return the names of all modules that a fresh process has after it ran the code."""
    told = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def unwanted(loaded: set[str], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in loaded]


def test_the_bot_loads_no_library_that_a_start_does_not_use() -> None:
    loaded = loaded_by("import bot.bootstrap")
    assert "bot.slack.app" in loaded
    assert unwanted(loaded, (*_LATER, *_OWN)) == []


def test_a_local_slack_loads_its_page_when_a_browser_comes() -> None:
    loaded = loaded_by("import bot.sandbox.local_slack")
    assert "bot.sandbox.oauth.doors" in loaded
    assert unwanted(loaded, ("jinja2", "bot.sandbox.page", "bot.sandbox.oauth.consent")) == []


def test_serving_loads_none_either() -> None:
    loaded = loaded_by("import bot.cli.run")
    assert "uvicorn" in loaded
    assert unwanted(loaded, (*_LATER, *_OWN)) == []


def test_help_loads_the_words_of_the_commands_alone() -> None:
    bot = ("bot.bootstrap", "bot.config", "bot.slack", "bot.store.database", "bot.services")
    # Typer itself loads pydantic where that is installed.
    libraries = (
        "pydantic_settings",
        "sqlalchemy",
        "slack_bolt",
        "slack_sdk",
        "aiohttp",
        "starlette",
    )
    for arguments in (["--help"], ["nudges", "--help"], ["catalogue", "--help"], ["db", "--help"]):
        loaded = loaded_by(_HELP.format(arguments=arguments))
        assert "typer" in loaded
        assert unwanted(loaded, (*_FILES, *_OWN, *bot, *libraries, "structlog", "babel")) == []


_WRITTEN = """
import inspect, sys
import bot.bootstrap
from bot import values
named = [each for module in list(sys.modules.values()) for each in list(vars(module).values())]
postponed = {each for each in named if inspect.isclass(each) and values._LATER in vars(each)}
first = [each for each in postponed if vars(each).get("__hash__") in values._FIRST.values()]
print(len(postponed), len(first))
"""


def test_a_start_writes_the_methods_of_few_values() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WRITTEN], capture_output=True, text=True, check=True
    )
    postponed, first = map(int, done.stdout.split())
    assert postponed > 300
    assert postponed - first < 40, "values made, compared or hashed at import"
