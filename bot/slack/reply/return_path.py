"""From a modal back to the message it was opened from, so that the message can be redrawn.

A modal carries the message's response URL in its metadata, behind its request.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import limits
from bot.domain.errors import NextrungError
from bot.domain.lookup.requests import ShowCard
from bot.slack.context import Here
from bot.slack.reply.answering import card_for, message
from bot.slack.reply.replies import reply

_FIELD = "u"
_HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})

log = structlog.get_logger()


def with_return(metadata: str, url: str | None) -> str:
    """Add the response URL to a modal's metadata, as far as there is room."""
    if not url:
        return metadata
    longer = f"{metadata}&{urlencode({_FIELD: url})}"
    return longer if len(longer) <= limits.PRIVATE_METADATA else metadata


def return_url(metadata: str, client: AsyncWebClient) -> str | None:
    """Return the response URL that `with_return` added, where it leads to Slack.

    What a client sends back could name any address; nothing is ever posted elsewhere.
    """
    url = dict(parse_qsl(metadata.partition("?")[2])).get(_FIELD)
    if not url:
        return None
    found, ours = urlsplit(url), urlsplit(client.base_url)
    slacks = found.scheme == "https" and found.netloc in _HOSTS
    same = (found.scheme, found.netloc) == (ours.scheme, ours.netloc)
    return url if slacks or same else None


def redraw_behind(here: Here, client: AsyncWebClient, metadata: str, back: ShowCard | None) -> None:
    """Redraw the card that a modal was opened from, beside the answer.

    Slack takes five answers to one press, for half an hour; after that the card stays as it is.
    """
    url = return_url(metadata, client)
    if url and back:
        here.later(_redraw(here, url, back))


async def _redraw(here: Here, url: str, back: ShowCard) -> None:
    try:
        card = await card_for(here, back)
        await reply(url, **message(card), replace_original=True)
    except NextrungError as error:
        log.info("card_not_redrawn", team=here.member.tenant.team_id, reason=error.code)
