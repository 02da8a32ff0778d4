"""A packet as one HTML file: to read, to print, or to keep as a PDF from the browser."""

import base64
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.documents.packet.addresses import host, is_web_address
from bot.documents.packet.parts import PacketWords
from bot.domain.shown import shown


def packet_html(words: PacketWords, language: str, picture: bytes = b"") -> bytes:
    """Return the packet as HTML in UTF-8 that loads nothing from anywhere.

    Args:
        words: the packet, plain text throughout; it is escaped here.
        language: the tag of the language that the words are in.
        picture: the chart of progress as PNG, part of the file itself; empty for none.
    """
    data = base64.b64encode(picture).decode()
    return _template().render(words=words, language=language, picture=data).encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("bot.documents.packet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.tests["web_address"] = is_web_address
    environment.filters["host"] = host
    return environment.get_template("packet.html.j2")


def _shown(value: object) -> object:
    return shown(value) if type(value) is str else value
