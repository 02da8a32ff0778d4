"""The page's templates, escaped by default."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.sandbox.page.faces import face_of
from bot.sandbox.page.words import translator

_TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one environment: everything is escaped, and a missing name is an error."""
    loaded = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loaded.globals["face_of"] = face_of
    return loaded


def render(name: str, *, language: str, **values: object) -> Markup:
    """A template as safe HTML; ``t`` inside it speaks the language."""
    template = environment().get_template(f"{name}.html.j2")
    return Markup(template.render(t=translator(language), **values))  # noqa: S704 (autoescaped)
