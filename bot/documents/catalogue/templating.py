"""The templates of a framework's pages: all that is filled in is escaped, and shown as it is."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.domain.shown import shown

_FOLDER = Path(__file__).parent / "templates"


def template(name: str) -> Template:
    """Return a template, read once."""
    return _environment().get_template(f"{name}.html.j2")


def asset(name: str) -> str:
    """Return a file that stands beside the templates, as it is."""
    return (_FOLDER / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bot.documents.catalogue"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    return shown(value) if type(value) is str else value
