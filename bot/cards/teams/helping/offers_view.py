"""What a member offers and wants, in one list, each with the way to take it back."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, section
from bot.cards.card import NAME, TYPED, Card, show_button, try_next
from bot.cards.elements import Button, button, plain
from bot.cards.ids import Action, numbered
from bot.cards.mrkdwn import named, safe
from bot.cards.teams.helping.helpers_view import how_pairs_come
from bot.cards.teams.helping.home_offers import offer_name
from bot.cards.teams.helping.offer_links import encode_offer
from bot.domain.framework import Skill
from bot.domain.lookup.requests import ShowCatalogue, ShowSkill
from bot.domain.lookup.skill_offer import HelpSide, NamedOffer
from bot.domain.teams.requests import ChangeOffer
from bot.text.translator import Translator

MOST_CHOICES = 15
MY_OFFERS = "offers"
"""What the modal of all offers carries, so that it is told from others."""


def my_offers_view(offers: Sequence[NamedOffer], tr: Translator) -> View:
    """Build the modal that Home opens."""
    return {
        "type": "modal",
        "callback_id": "",
        "title": plain(tr("Help Each Other"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": MY_OFFERS,
        "blocks": [*_listed(offers, tr), context(how_pairs_come(tr))],
    }


def my_offers_card(offers: Sequence[NamedOffer], side: HelpSide, tr: Translator) -> Card:
    """Build the answer to `/growth offer` or `/growth learn` without a skill."""
    blocks = [*_listed(offers, tr), try_next([f"/growth {_word(side)} mlops", "/skill"], tr)]
    return Card(text=tr("Help Each Other"), blocks=blocks)


def _word(side: HelpSide) -> str:
    return "offer" if side is HelpSide.HELP else "learn"


def changed_card(
    skill: Skill, side: HelpSide, tr: Translator, *, on: bool, lead: Sequence[Block] = ()
) -> Card:
    """Build what says that an offer or wish was made or taken back."""
    name = named(tr.of(skill.name), NAME)
    match side, on:
        case HelpSide.HELP, True:
            text = tr(
                "You offer help with *{skill}*. Members of your workspace see your name on its "
                "card; guests do not.",
                skill=name,
            )
        case HelpSide.HELP, False:
            text = tr("You no longer offer help with *{skill}*.", skill=name)
        case HelpSide.LEARN, True:
            text = tr("You want to learn *{skill}*. Nobody sees that.", skill=name)
        case _:
            text = tr("You no longer want to learn *{skill}*.", skill=name)
    back = (
        tr("Take Back")
        if on
        else tr("Offer Help")
        if side is HelpSide.HELP
        else tr("I Want to Learn")
    )
    change = encode_offer(ChangeOffer(skill.key, side, not on))
    shown = show_button(tr("Open {skill}", skill=tr.of(skill.name)), ShowSkill(skill.key), 0)
    blocks: list[Block] = [
        *lead,
        section(text),
        actions([button(numbered(Action.CHANGE_OFFER, 0), back, change), shown]),
    ]
    if on:
        blocks.append(context(how_pairs_come(tr)))
    return Card(text=text.replace("*", ""), blocks=blocks)


def which_card(
    typed: str,
    skills: Sequence[Skill],
    side: HelpSide,
    tr: Translator,
    *,
    lead: Sequence[Block] = (),
) -> Card:
    """Ask which skill was meant; say kindly where none is near."""
    word = safe(typed, TYPED)
    blocks: list[Block] = [*lead]
    if skills:
        text = tr("Which skill do you mean by “{typed}”?", typed=word)
        blocks += [section(text), actions(_choices(skills, side, tr))]
    else:
        text = tr("“{typed}” is not in this framework.", typed=word)
        blocks += [section(text), actions([show_button(tr("Browse All"), ShowCatalogue(), 80)])]
    example = f"/growth {_word(side)} {skills[0].key}" if skills else f"/growth {_word(side)}"
    blocks.append(try_next([example, "/growth help"], tr))
    return Card(text=text, blocks=blocks)


def _choices(skills: Sequence[Skill], side: HelpSide, tr: Translator) -> list[Button]:
    return [
        button(
            numbered(Action.CHANGE_OFFER, number),
            tr.of(skill.name),
            encode_offer(ChangeOffer(skill.key, side, on=True)),
        )
        for number, skill in enumerate(skills[:MOST_CHOICES])
    ]


def _listed(offers: Sequence[NamedOffer], tr: Translator) -> list[Block]:
    blocks: list[Block] = []
    number = 0
    for side, title in (
        (HelpSide.HELP, tr("*You offer help with*")),
        (HelpSide.LEARN, tr("*You want to learn*")),
    ):
        some = [each for each in offers if each.side is side]
        if some:
            blocks.append(section(title))
        for each in some:
            value = encode_offer(ChangeOffer(each.key, side, on=False))
            back = button(numbered(Action.CHANGE_OFFER, number), tr("Take Back"), value)
            blocks.append(section(offer_name(each, tr), back))
            number += 1
    return blocks or [
        section(
            tr(
                "You offer no help yet, and want to learn nothing from others. Open a skill with "
                "`/skill`, or type one here."
            )
        )
    ]
