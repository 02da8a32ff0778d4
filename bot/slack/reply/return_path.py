"""From a modal back to the message it was opened from, so that the message can be redrawn.

A modal carries the message's response URL in its metadata, behind its request.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.cards import limits
from bot.cards.blocks import Block
from bot.cards.card import Card
from bot.cards.links import encode
from bot.cards.standing_lines import with_lead
from bot.domain.answers import Receipt
from bot.domain.lookup.requests import ShowCard
from bot.slack.context import Here
from bot.slack.reply.answering import card_for
from bot.slack.reply.replies import Draw, redraw_view_later, reply_later

_FIELD = "u"
_HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})


def with_return(metadata: str, url: str) -> str:
    """Add the response URL to a modal's metadata, where there is one, as far as there is room."""
    if not url:
        return metadata
    longer = f"{metadata}&{urlencode({_FIELD: url})}"
    return longer if len(longer) <= limits.PRIVATE_METADATA else metadata


def return_url(here: Here, metadata: str) -> str:
    """Return the response URL that `with_return` added, where it leads to Slack; else nothing.

    What a client sends back could name any address; nothing is ever posted elsewhere.
    """
    url = dict(parse_qsl(metadata.partition("?")[2])).get(_FIELD)
    if not url:
        return ""
    try:
        found, ours = urlsplit(url), urlsplit(here.client.base_url)
    except ValueError:
        return ""
    slacks = found.scheme == "https" and found.netloc in _HOSTS
    same = (found.scheme, found.netloc) == (ours.scheme, ours.netloc)
    return url if slacks or same else ""


def redraw_behind(
    here: Here,
    metadata: str,
    back: ShowCard | None,
    *,
    below: str = "",
    receipt: Receipt | None = None,
    lead: Sequence[Block] = (),
    otherwise: Draw | None = None,
) -> None:
    """Redraw the card that a modal was opened from, beside the answer; see `reply_later`.

    `below` is the id of the modal under it: it holds the card where no message does. `lead` stands
    above the card.
    """
    if back is None:
        return
    url = return_url(here, metadata)

    async def draw() -> Card:
        return with_lead(await card_for(here, back, receipt=receipt), lead)

    if below and not url:
        redraw_view_later(here, below, draw, encode(back))
    else:
        reply_later(here, url, draw, otherwise=otherwise, replace_original=True)
