"""Answers in place of a card: choices, unknown words, a level to choose, ends of a ladder."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards import limits
from bot.cards.blocks import Block, actions, context, header, section
from bot.cards.card import (
    NAME,
    TYPED,
    Card,
    explanation,
    gap_request,
    show_button,
    try_next,
    typed,
)
from bot.cards.elements import Button, ExternalSelect, typeahead
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, clip, named, safe
from bot.domain.answers import (
    Ambiguous,
    Answer,
    AtFoot,
    AtTop,
    NeedsLevel,
    NeedsRole,
    NotAbove,
    Offer,
    Unknown,
)
from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.requests import ShowCatalogue, ShowGap, ShowRole
from bot.text.translator import Translator
from bot.text.words import rung_name

MAX_OFFERS = 15
# What all offers may carry together; several ladders with long keys can make each one long.
OFFERED_TEXT = 5000
_GAP = "/promote-gap"


def ambiguous_card(answer: Answer, body: Ambiguous, tr: Translator) -> Card:
    """Offer what the typed word may mean."""
    word = safe(body.typed, TYPED)
    text = tr("“{typed}” could mean several things. Which one?", typed=word)
    if body.many:
        text = tr(
            "“{typed}” is part of many names. Is it one of these? If not, add a word or search.",
            typed=word,
        )
    finder = _finder(body.command, tr)
    if body.is_level:
        text = tr("“{typed}” is a level. Of which role?", typed=word)
        finder = typeahead(Action.FIND_ROLE, tr("Find a role"), min_query_length=0)
    blocks: list[Block] = [*explanation(answer, tr), section(text)]
    blocks.append(actions(_offer_buttons(body.offers, tr)))
    # Of many names with the word in them only the nearest are offered.
    if len(body.offers) > MAX_OFFERS or not body.is_level:
        blocks.append(actions([finder], _waiting(answer)))
    examples = [typed(each.request) for each in body.offers[:1]] or [f"/{body.command} help"]
    blocks.append(_try_next(answer, examples, tr))
    return Card(text=_plain(text), blocks=blocks)


def unknown_card(answer: Answer, body: Unknown, tr: Translator) -> Card:
    """Say that nothing has this name, offer the nearest names and a way to search."""
    word = safe(body.typed, TYPED)
    if body.typed and body.command == "promote-gap":
        text = tr("The role “{typed}” is not in this framework.", typed=word)
    elif body.typed:
        text = tr("“{typed}” is not in this framework.", typed=word)
    else:
        text = tr("That contains no word to look up.")
    blocks: list[Block] = [*explanation(answer, tr), section(text)]
    if body.offers:
        blocks.append(context(tr("Did you mean one of these?")))
        blocks.append(actions(_offer_buttons(body.offers, tr)))
    browse = show_button(tr("Browse All"), ShowCatalogue(), 80)
    blocks.append(actions([_finder(body.command, tr), browse], _waiting(answer)))
    blocks.append(_try_next(answer, [f"/{body.command}", f"/{body.command} help"], tr))
    return Card(text=_plain(text), blocks=blocks)


def needs_role_card(answer: Answer, body: NeedsRole, tr: Translator) -> Card:
    """Ask for a role: a few as buttons, all by typing."""
    text = tr("Which role do you want to grow into?")
    # What was typed beside the role, such as a level, is kept.
    asked = answer.request if isinstance(answer.request, ShowGap) else ShowGap()
    buttons = [
        show_button(tr.of(role.name), replace(asked, role=role.key), number)
        for number, role in enumerate(body.roles[:MAX_OFFERS])
    ]
    blocks: list[Block] = [*explanation(answer, tr), header(tr("Promotion gap")), section(text)]
    if buttons:
        blocks.append(actions(buttons))
    blocks.append(actions([_finder("promote-gap", tr)], _waiting(answer)))
    examples = [f"/promote-gap {role.key} {role.ladder.levels[-1].key}" for role in body.roles[:1]]
    blocks.append(_try_next(answer, [*examples, "/promote-gap help"], tr))
    return Card(text=_plain(text), blocks=blocks)


def needs_level_card(answer: Answer, body: NeedsLevel, tr: Translator) -> Card:
    """Ask for a level of a role, naming what its ladder does not have."""
    role = bold(tr.of(body.role.name), NAME)
    if body.typed:
        word = safe(body.missing(tr.of), TYPED)
        text = tr("The ladder of {role} has no level “{typed}”.", role=role, typed=word)
    elif body.of_origin:
        text = tr("Which level of {role} do you come from?", role=role)
    else:
        text = tr("Which level of {role} do you want to reach?", role=role)
    blocks: list[Block] = [*explanation(answer, tr), section(text)]
    blocks.append(actions(_offer_buttons(body.offers, tr)))
    blocks.append(_try_next(answer, [typed(each.request) for each in body.offers[-1:]], tr))
    return Card(text=_plain(text), blocks=blocks)


def at_foot_card(answer: Answer, body: AtFoot, tr: Translator) -> Card:
    """Say that a ladder starts here."""
    role, level = body.target.role, body.target.level
    text = tr.plural(
        "*{level}* is where the ladder of *{role}* starts: there is no level below to come from. "
        "It has {count} expectation.",
        "*{level}* is where the ladder of *{role}* starts: there is no level below to come from. "
        "It has {count} expectations.",
        body.expectations,
        level=named(tr.of(level.name), NAME),
        role=named(tr.of(role.name), NAME),
    )
    above = role.ladder.above(level)
    buttons = [_see_role(body.target.role.key, level.key, tr)]
    commands = [f"/skill {role.key} {level.key}"]
    if above:
        label = tr("Gap to {level}", level=tr.of(above[0].name))
        buttons.insert(0, show_button(label, ShowGap(role.key, (above[0].key,)), 0, primary=True))
        commands.insert(0, f"/promote-gap {role.key} {above[0].key}")
    return _notice(answer, text, [actions(buttons), _try_next(answer, commands, tr)], tr)


def not_above_card(answer: Answer, body: NotAbove, tr: Translator) -> Card:
    """Say that the target is not above where the member stands."""
    target = bold(rung_name(body.target, tr), NAME * 2)
    origin = safe(tr.of(body.origin.level.name), NAME)
    if body.target.level.key == body.origin.level.key:
        text = tr("{target} is where you start from: nothing lies between.", target=target)
    elif body.own:
        text = tr(
            "{target} is not above {level}, your recorded level.", target=target, level=origin
        )
    else:
        text = tr(
            "{target} is not above {level}, the level to come from.", target=target, level=origin
        )
    role = body.origin.role
    buttons = [_see_role(role.key, body.target.level.key, tr)]
    above = role.ladder.above(body.origin.level)
    commands = [f"/skill {role.key} {body.target.level.key}"]
    if above:
        request = gap_request(answer.viewer, body.origin, above[0])
        label = tr("Gap to {level}", level=tr.of(above[0].name))
        buttons.insert(0, show_button(label, request, 0, primary=True))
        commands.insert(0, f"/promote-gap {role.key} {above[0].key}")
    return _notice(answer, text, [actions(buttons), _try_next(answer, commands, tr)], tr)


def at_top_card(answer: Answer, body: AtTop, tr: Translator) -> Card:
    """Say that no level is left on this ladder, and what could come instead."""
    text = tr(
        "*{level}* is the top of the ladder of *{role}*: there is no level above it.",
        level=named(tr.of(body.rung.level.name), NAME),
        role=named(tr.of(body.rung.role.name), NAME),
    )
    buttons = [_see_role(body.rung.role.key, body.rung.level.key, tr)]
    commands = [f"/skill {body.rung.role.key} {body.rung.level.key}", "/promote-gap help"]
    return _notice(answer, text, [actions(buttons), _try_next(answer, commands, tr)], tr)


def _waiting(answer: Answer) -> str | None:
    """Return the gap that waits for a role, for the block of the select that finds one."""
    if not isinstance(answer.request, ShowGap) or answer.request == ShowGap():
        return None
    waiting = encode(answer.request)
    return waiting if len(waiting) <= limits.BLOCK_ID else None


def _finder(command: str, tr: Translator) -> ExternalSelect:
    if command == "promote-gap":
        return typeahead(Action.FIND_TARGET, tr("Find a role"), min_query_length=0)
    return typeahead(Action.FIND, tr("Find a skill"))


def _notice(answer: Answer, text: str, rest: Sequence[Block], tr: Translator) -> Card:
    return Card(text=_plain(text), blocks=[*explanation(answer, tr), section(text), *rest])


def _see_role(role: str, level: str, tr: Translator) -> Button:
    return show_button(tr("See the Role"), ShowRole(role, (level,)), 1)


def _offer_buttons(offers: Sequence[Offer], tr: Translator) -> list[Button]:
    buttons: list[Button] = []
    carried = 0
    for number, offer in enumerate(offers[:MAX_OFFERS]):
        built = show_button(_label(offer, offers, tr), offer.request, number)
        carried += len(built["value"])
        if buttons and carried > OFFERED_TEXT:
            break
        buttons.append(built)
    return buttons


def _label(offer: Offer, offers: Sequence[Offer], tr: Translator) -> str:
    """Return the name; with its kind where the offers are of several kinds."""
    name = clip(tr.of(offer.name), 60)
    if len({each.kind for each in offers}) == 1:
        return name
    kinds = {
        Kind.SKILL: tr("skill"),
        Kind.GROUP: tr("group"),
        Kind.ROLE: tr("role"),
        Kind.DOMAIN: tr("domain"),
        Kind.LEVEL: tr("level"),
    }
    return tr("{name} ({kind})", name=name, kind=kinds[offer.kind])


def _try_next(answer: Answer, commands: Sequence[str], tr: Translator) -> Block:
    """Name what to type next: of a goal, in the words in which it was typed."""
    return try_next([_of_goal(each) for each in commands] if answer.for_goal else commands, tr)


def _of_goal(command: str) -> str:
    if command == f"{_GAP} help":
        return "/growth help"
    return command.replace(_GAP, "/growth goal", 1) if command.startswith(_GAP) else command


def _plain(text: str) -> str:
    """Turn a sentence of ours into a fallback text: without the marks of bold type."""
    return text.replace("*", "")
