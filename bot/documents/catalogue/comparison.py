"""Two versions of a framework as one HTML file: both texts side by side, and what differs marked.

The file loads nothing, so it can be kept, sent or attached to a pull request.
"""

import base64
import hashlib
from collections.abc import Iterator

from markupsafe import Markup

from bot.documents.catalogue.comparison_views import comparison_view
from bot.documents.catalogue.templating import asset, template
from bot.domain.catalogue.differences import CatalogueDiff
from bot.text.translator import Translator
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """What the page says around the changes. `shown` has a # where their number stands."""

    title: str
    nothing: str
    before: str
    after: str
    absent: str
    kind: str
    all_kinds: str
    role: str
    all_roles: str
    shown: str
    filters: str
    expectations: str
    rekeyed: str


def comparison_html(found: CatalogueDiff, old: str, new: str, tr: Translator) -> Iterator[str]:
    """Yield the page in pieces; `old` and `new` say what is compared, as plain text."""
    style, script = asset("comparison.css"), asset("comparison.js")
    yield from template("comparison").generate(
        view=comparison_view(found, tr),
        words=_words(tr),
        old=old,
        new=new,
        language=tr.locale,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _words(tr: Translator) -> ComparisonWords:
    return ComparisonWords(
        title=tr("What differs"),
        nothing=tr("Nothing that a reader would notice differs."),
        before=tr("Before"),
        after=tr("Now"),
        absent=tr("nothing"),
        kind=tr("Kind of change"),
        all_kinds=tr("All kinds"),
        role=tr("Role"),
        all_roles=tr("All roles"),
        shown=tr("Changes shown: {count}", count="#"),
        filters=tr("Choose what to see"),
        expectations=tr("Its expectations"),
        rekeyed=tr("Keys that probably changed by mistake"),
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
