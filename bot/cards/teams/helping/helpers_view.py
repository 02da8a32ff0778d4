"""The modal about help with one skill: who offers it, and what the reader offers or wants."""

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, header, section
from bot.cards.elements import Button, button, plain
from bot.cards.ids import Action, numbered
from bot.cards.lookup.helpers_line import encode_helpers, helpers_count
from bot.cards.teams.helping.offer_links import encode_offer
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.helpers import HelpersSeen
from bot.domain.teams.requests import ChangeOffer, ShowHelpers
from bot.text.translator import Translator


def helpers_view(seen: HelpersSeen, request: ShowHelpers, tr: Translator, *, me: str) -> View:
    """Build the modal. `me` is the reader's Slack id, `request` what it was opened with."""
    blocks: list[Block] = [header(tr.of(seen.skill.name)), *_people(seen, me, tr)]
    blocks += _turning(seen, request, tr)
    blocks += [divider(), *_own(seen, tr)]
    return {
        "type": "modal",
        "callback_id": "",
        "title": plain(tr("Help Each Other"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode_helpers(request),
        "blocks": blocks,
    }


def _people(seen: HelpersSeen, me: str, tr: Translator) -> list[Block]:
    if not seen.people:
        return [section(tr("Nobody offers help with it yet."))]
    lines = [f"• <@{each}>" + (f" · {tr('you')}" if each == me else "") for each in seen.people]
    hint = tr("They offered it themselves. Write to whom you like.")
    return [
        section("\n".join([helpers_count(seen.count, tr), *lines])),
        context(hint),
    ]


def _turning(seen: HelpersSeen, request: ShowHelpers, tr: Translator) -> list[Block]:
    if seen.pages < 2:
        return []
    built: list[Button] = []
    for number, page, label in (
        (90, seen.page - 1, tr("Previous Page")),
        (91, seen.page + 1, tr("Next Page")),
    ):
        if 0 <= page < seen.pages:
            turned = ShowHelpers(request.skill, page, request.levels, request.role)
            built.append(button(numbered(Action.HELPERS, number), label, encode_helpers(turned)))
    at = tr("Page {page} of {pages}", page=tr.number(seen.page + 1), pages=tr.number(seen.pages))
    return [context(at), actions(built)]


def _own(seen: HelpersSeen, tr: Translator) -> list[Block]:
    """Say what the reader offers and wants, with one button for each."""
    helps, learns = HelpSide.HELP in seen.own, HelpSide.LEARN in seen.own
    lines = [
        tr("You offer help. Members of your workspace see your name here; guests do not.")
        if helps
        else tr("You can offer help: then members of your workspace see your name here."),
        tr("You want to learn it. Nobody sees that.")
        if learns
        else tr("You can say that you want to learn it: nobody sees that."),
    ]
    buttons = [
        _change(seen, HelpSide.HELP, 0, tr("Take Back My Offer") if helps else tr("Offer Help")),
        _change(
            seen, HelpSide.LEARN, 1, tr("Take Back My Wish") if learns else tr("I Want to Learn")
        ),
    ]
    return [
        section("\n".join([tr("*You*"), *lines])),
        actions(buttons),
        context(how_pairs_come(tr)),
    ]


def _change(seen: HelpersSeen, side: HelpSide, number: int, label: str) -> Button:
    request = ChangeOffer(seen.skill.key, side, side not in seen.own)
    return button(numbered(Action.CHANGE_OFFER, number), label, encode_offer(request))


def how_pairs_come(tr: Translator) -> str:
    """Say how helpers and learners come together, as mrkdwn."""
    return tr(
        "Where somebody offers help and somebody wants to learn, I ask both by direct message, at "
        "most once a week. Only if both say yes do they learn of each other."
    )
