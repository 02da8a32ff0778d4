"""What a form was opened from, in its metadata: Home, the modal below it, or a message."""

from urllib.parse import parse_qsl, quote

from bot.cards import limits
from bot.slack.press import Asked
from bot.slack.reply.return_path import with_return

_BELOW, _HOME = "d", "home"


def opened_from(metadata: str, press: Asked) -> str:
    """Add to a form's metadata what has to be redrawn after it, as far as there is room."""
    if press.view is None:
        return with_return(metadata, press.own_url)
    below = _HOME if press.view.kind == "home" else press.view.metadata
    longer = f"{metadata}&{_BELOW}={quote(below, safe='')}"
    return longer if below and len(longer) <= limits.PRIVATE_METADATA else metadata


def below_of(metadata: str) -> str:
    """Return the metadata of the modal that a form was opened over; empty where it was none."""
    return dict(parse_qsl(metadata.partition("?")[2])).get(_BELOW, "")
