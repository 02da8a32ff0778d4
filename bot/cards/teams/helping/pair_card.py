"""A pair, as one of the two reads it: asked without a name, and told of the other at the end."""

from bot.cards.blocks import Block, actions, context, section
from bot.cards.card import NAME, Card
from bot.cards.elements import button
from bot.cards.ids import Action, numbered
from bot.cards.mrkdwn import named, safe
from bot.cards.teams.helping.offer_links import encode_pair
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.pairs import Pair
from bot.domain.teams.requests import AnswerPair
from bot.domain.text import LocalText
from bot.text.translator import Translator


def pair_card(pair: Pair, name: LocalText | None, tr: Translator) -> Card:
    """Build the message. `name` is the skill's, None where the catalogue has it no longer."""
    skill = named(tr.of(name), NAME) if name else safe(pair.skill, NAME)
    if pair.introduced:
        return _introduction(pair, skill, tr)
    asked = _question(pair, skill, tr)
    if pair.said is None:
        yes, no = (encode_pair(AnswerPair(pair.id, each)) for each in (True, False))
        hint = tr(
            "Neither of you is named before both have said yes. If you say no, nobody is told."
        )
        return _card(
            asked,
            actions(
                [
                    button(
                        numbered(Action.ANSWER_PAIR, 1), tr("Yes, Introduce Us"), yes, primary=True
                    ),
                    button(numbered(Action.ANSWER_PAIR, 0), tr("No, Thanks"), no),
                ]
            ),
            context(hint),
        )
    told = (
        tr("You said yes. If the other does too, I tell you both; if not, you hear nothing.")
        if pair.said
        else tr("You said no. Nobody is told, and I do not ask again.")
    )
    return _card(asked, context(told))


def _question(pair: Pair, skill: str, tr: Translator) -> str:
    if pair.side is HelpSide.HELP:
        return tr(
            "You offer help with *{skill}*, and somebody in your workspace wants to learn it. "
            "Shall I introduce you?",
            skill=skill,
        )
    return tr(
        "You want to learn *{skill}*, and somebody in your workspace offers help with it. Shall I "
        "introduce you?",
        skill=skill,
    )


def _introduction(pair: Pair, skill: str, tr: Translator) -> Card:
    person = f"<@{pair.other}>"
    text = (
        tr(
            "{person} wants to learn *{skill}* and is glad of your help.",
            person=person,
            skill=skill,
        )
        if pair.side is HelpSide.HELP
        else tr("{person} helps you with *{skill}*.", person=person, skill=skill)
    )
    first = tr("Both of you said yes. Say hello, and agree on a first half hour.")
    return _card(text, context(first))


def _card(text: str, *more: Block) -> Card:
    return Card(text=text.replace("*", ""), blocks=[section(text), *more])
