"""From what a member typed or pressed to a finished card, each worked out once per revision."""

from collections.abc import Callable
from typing import Any, TypedDict

from bot.cards import limits
from bot.cards.card import Card
from bot.cards.elements import plain
from bot.cards.errors.card import card_of
from bot.cards.render import render
from bot.domain.answers import Answer, Receipt
from bot.domain.errors import NextrungError
from bot.domain.lookup.requests import ShowCard, ShowGap, ShowSkill
from bot.services.lookup.lookups import skill_command, typed_skill
from bot.services.lookup.promotions import gap_command, show_gap
from bot.services.lookup.showing import show
from bot.slack.context import Here
from bot.slack.press import Wrong
from bot.slack.reply.own_view import Key, own_view
from bot.text.translator import Translator


class Message(TypedDict):
    """The arguments that `ack` and `respond` share."""

    text: str
    blocks: list[dict[str, Any]]


def message(card: Card) -> Message:
    """Return a card as the arguments of `ack` or `respond`."""
    return {"text": card.text, "blocks": [{**block} for block in card.blocks]}


def notice_view(card: Card, tr: Translator) -> dict[str, Any]:
    """Return a card as a modal that only tells something."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Nextrung"},
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "blocks": message(card)["blocks"],
    }


def told_at(field: str, error: NextrungError, tr: Translator) -> Wrong:
    """Return what tells an error at a form's field, where all that was typed stays."""
    return Wrong({field: card_of(error, tr).text})


async def skill_reply(here: Here, text: str) -> bytes:
    """Answer `/skill` with finished JSON, which costs nothing to send again.

    A card depends on the revision, the text, the viewer and the language.
    """
    skill, viewer = typed_skill(here.shelf, text), here.viewer
    key = ("/skill", text, viewer, here.tr.locale)
    return await _reply(here, key, lambda: skill_command(here.shelf, text, viewer), skill)


async def gap_reply(here: Here, text: str) -> bytes:
    """Answer `/promote-gap`."""
    viewer = here.viewer
    key = ("/promote-gap", text, viewer, here.tr.locale)
    return await _reply(here, key, lambda: gap_command(here.shelf, text, viewer))


async def _reply(
    here: Here, key: Key, answer: Callable[[], Answer], skill: str | None = None
) -> bytes:
    own = await own_view(here, skill=skill)
    return own.finished((*key, own.helpers), lambda: own.written(answer()))


async def card_for(
    here: Here, request: ShowCard, *, shared: bool = False, receipt: Receipt | None = None
) -> Card:
    """Answer a press. A shared card shows nothing of what the member holds.

    `receipt` is what the press has just done.
    """
    key = (request, here.viewer, here.tr.locale, shared)
    if shared:
        card: Card = here.shelf.memo.get(
            key, lambda: render(_answer(here, request), here.tr, shared=True)
        )
        return card
    own = await own_view(here, skill=request.skill if isinstance(request, ShowSkill) else None)
    if receipt is not None:
        return own.render(_answer(here, request), receipt)
    return own.finished((*key, own.helpers), lambda: own.render(_answer(here, request)))


def _answer(here: Here, request: ShowCard) -> Answer:
    catalogue = here.shelf.catalogue
    if isinstance(request, ShowGap):
        return show_gap(catalogue, request, here.viewer)
    return show(catalogue, request, here.viewer)
