"""Which role, and which level of it: asked in a message, answered by a press."""

from bot.cards.blocks import Block, actions, context, section
from bot.cards.card import NAME, TYPED, Card, explanation, try_next
from bot.cards.elements import Button, button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, clip, safe
from bot.cards.role_select import level_buttons, role_search
from bot.domain.answers import Ambiguous, Answer, NeedsLevel, Offer, Unknown
from bot.domain.lookup.requests import ShowRole
from bot.text.translator import Translator

MAX_OFFERS = 15


def role_choice_card(answer: Answer, tr: Translator) -> Card:
    """Ask for what is still open of a role and its level."""
    blocks: list[Block] = [*explanation(answer, tr)]
    body = answer.body
    match body:
        case NeedsLevel(role):
            text = _which_level(body, tr)
            command = f"/growth role {role.key} {role.ladder.levels[-1].key}"
            blocks += [section(text), actions(level_buttons(role, tr))]
        case Ambiguous(typed, offers) | Unknown(typed, offers):
            text = _which_role(typed, tr, several=isinstance(body, Ambiguous))
            command = "/growth role"
            blocks.append(section(text))
            if offers:
                if isinstance(body, Unknown):
                    blocks.append(context(tr("Did you mean one of these?")))
                blocks.append(actions(_offers(offers, tr)))
            blocks.append(actions([role_search(tr)]))
        case _:
            text = tr("Which role is yours? Choose it, and then its level.")
            command = "/growth role"
            blocks += [section(text), actions([role_search(tr)])]
    blocks.append(try_next([command, "/growth help"], tr))
    return Card(text=text.replace("*", ""), blocks=blocks)


def _which_level(body: NeedsLevel, tr: Translator) -> str:
    role = bold(tr.of(body.role.name), NAME)
    if body.typed:
        word = safe(body.missing(tr.of), TYPED)
        return tr("The ladder of {role} has no level “{typed}”.", role=role, typed=word)
    return tr("Which level of {role} is yours today?", role=role)


def _which_role(typed: str, tr: Translator, *, several: bool) -> str:
    word = safe(typed, TYPED)
    if several:
        return tr("“{typed}” could mean several things. Which one?", typed=word)
    if not typed:
        return tr("That contains no word to look up.")
    return tr("The role “{typed}” is not in this framework.", typed=word)


def _offers(offers: tuple[Offer, ...], tr: Translator) -> list[Button]:
    return [
        button(numbered(Action.PICK_ROLE, number), clip(tr.of(each.name), 60), encode(each.request))
        for number, each in enumerate(offers[:MAX_OFFERS])
        if isinstance(each.request, ShowRole)
    ]
