"""A page of the installation as HTML: nothing is loaded from anywhere, no script runs."""

import base64
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from bot.values import dataclass

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_TEMPLATE = "page.html.j2"
_STYLE = "page.css"


@dataclass(frozen=True, slots=True)
class Link:
    """A way on. The first of a page is the one that most people want."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """A list below its heading, `numbered` where its order matters, and what is said `after` it.

    `notes` stand by the lines.
    """

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False
    notes: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, plain text throughout: it is escaped where it is drawn.

    `good` tells apart what went well, where nothing has happened yet None.
    """

    heading: str
    lead: tuple[str, ...]
    links: tuple[Link, ...] = ()
    parts: tuple[Part, ...] = ()
    small: tuple[str, ...] = ()
    status: int = 200
    good: bool | None = None


def html(page: Page, language: str, *, app: str) -> HTMLResponse:
    """Return the page as an answer that no other page can frame, and no cache keeps."""
    style = _style()
    body = _template(_TEMPLATE).render(page=page, language=language, app=app, style=style)
    return HTMLResponse(body, status_code=page.status, headers=safe_headers(style))


def safe_headers(style: str = "") -> dict[str, str]:
    """Return the headers that each answer of these pages has."""
    allowed = f"'sha256-{_digest(style)}'" if style else "'none'"
    policy = (
        f"default-src 'none'; style-src {allowed}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # The address holds the code.
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
        "Vary": "Accept-Language, Cookie",
    }


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("bot.slack.installs.oauth"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=2)
def _template(name: str) -> "Template":
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _style() -> str:
    return _template(_STYLE).render()
