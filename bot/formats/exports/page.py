"""Writes one self-contained HTML page, to be read, printed or sent."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.framework import CatalogueContent
from bot.formats.exports.language import Language
from bot.formats.exports.matrix import LEGEND, UNDEFINED, heading, matrices

_TEMPLATES = Path(__file__).parent / "templates"
_BUFFERED = 64


def write_page(content: CatalogueContent, language: Language, path: Path) -> None:
    """Write the page; it loads nothing from elsewhere."""
    stream = (
        _environment()
        .get_template("catalogue.html.j2")
        .stream(
            content=content,
            matrices=matrices(content),
            say=language.say,
            heading=lambda each: heading(each, language),
            locale=language.locale or content.base_locale,
            legend=LEGEND,
            undefined=UNDEFINED,
        )
    )
    stream.enable_buffering(_BUFFERED)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
