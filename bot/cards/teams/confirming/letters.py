"""Messages about a confirmation: the ask to a colleague, and their answer to who asked."""

from bot.cards.blocks import Block, actions, context, section
from bot.cards.card import NAME, Card, sentences
from bot.cards.elements import Element, button
from bot.cards.excerpt import behaviour
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, named, safe
from bot.cards.standing_lines import day
from bot.cards.teams.share_words import person
from bot.domain.framework import Expectation
from bot.domain.growth.packet import Saw
from bot.domain.lookup.rung import Rung
from bot.domain.teams.confirmation import MAX_SENTENCE, MAX_WORDS, Confirmation, OfConfirmation
from bot.text.translator import Translator
from bot.text.words import rung_name, saw_name

TEXT = 700
# What escaping and the marks of a quote may add.
_ROOM = 2
# Less room than that is for no line any more.
_LEAST = 12


def ask_card(found: Confirmation, expectation: Expectation | None, tr: Translator) -> Card:
    """Ask the colleague. Of the member they see the sentence and what it is about, and no more."""
    told = tr("{person} asks you whether you saw this:", person=person(found.owner))
    blocks: list[Block] = [section(f"{told}\n{quoted(found.sentence, MAX_SENTENCE)}")]
    if expectation is not None:
        blocks.append(context(_about(expectation, tr)))
    buttons: list[Element] = [
        button(
            numbered(Action.CONFIRM_ANSWER, number),
            answer_label(saw, tr),
            encode(OfConfirmation(found.id, saw)),
        )
        for number, saw in enumerate(Saw)
    ]
    decline = encode(OfConfirmation(found.id))
    buttons.append(button(Action.CONFIRM_DECLINE, tr("Rather Not Answer"), decline))
    small = sentences([consent_text(found, tr), _end(found, tr)], tr)
    return Card(told, [*blocks, actions(buttons), context(small)])


def consent_text(found: Confirmation, tr: Translator) -> str:
    """Say what becomes of an answer, before it is given."""
    return tr(
        "Your answer goes to {person} alone. They may take it along to a talk about their growth, "
        "in a packet with your name. It counts as nothing by itself, and you can take it back; a "
        "packet that was made before stays as it is.",
        person=person(found.owner),
    )


def _end(found: Confirmation, tr: Translator) -> str:
    return tr(
        "Without an answer this message goes on {date}, and nobody is told that you gave none.",
        date=day(found.until, tr),
    )


def given_card(found: Confirmation, tr: Translator) -> Card:
    """Take the place of the ask, once it was answered."""
    told = tr(
        "You told {person}: {answer}.",
        person=person(found.owner),
        answer=saw_name(found.saw, tr) if found.saw else "",
    )
    lines = [told, *([quoted(found.words, MAX_WORDS)] if found.words else [])]
    back = button(
        Action.CONFIRM_DECLINE, tr("Take My Answer Back"), encode(OfConfirmation(found.id))
    )
    how = tr(
        "Taken back, it goes from their Nextrung. A packet that was made before stays as it is."
    )
    return Card(told, [section("\n".join(lines)), context(how), actions([back])])


def declined_card(tr: Translator) -> Card:
    """Take the place of the ask, or of the answer, once the colleague said no to it."""
    told = tr("No answer of yours is kept.")
    return Card(told, [section(told)])


def answer_card(found: Confirmation, skill: str, tr: Translator) -> Card:
    """Tell the member what their colleague said, and let them decide what becomes of it."""
    told = answer_text(found, tr)
    lines = [told, *([quoted(found.words, MAX_WORDS)] if found.words else [])]
    about = tr("You asked about *{skill}*.", skill=named(skill, NAME)) if skill else ""
    blocks: list[Block] = [section("\n".join(lines))]
    if about:
        blocks.append(context(f"{about}\n{quoted(found.sentence, MAX_SENTENCE)}"))
    return Card(
        told, [*blocks, context(packet_text(found, tr)), actions([packet_button(found, tr)])]
    )


def answer_text(found: Confirmation, tr: Translator) -> str:
    """Return who said what, and when."""
    return tr(
        "{person}: {answer}, {date}",
        person=person(found.other),
        answer=saw_name(found.saw, tr) if found.saw else "",
        date=day(found.answered_at, tr) if found.answered_at else "",
    )


def packet_text(found: Confirmation, tr: Translator) -> str:
    """Say whether an answer is in the member's packet, and that it counts as nothing."""
    if found.included_at:
        return tr("It is in your packet, beside what you say. It does not count as met.")
    return tr("It is not in your packet. It does not count as met either way.")


def packet_button(found: Confirmation, tr: Translator, number: int = 0) -> Element:
    """Let the member take an answer along, or leave it out."""
    action = Action.CONFIRM_LEAVE_OUT if found.included_at else Action.CONFIRM_INCLUDE
    label = tr("Leave Out of My Packet") if found.included_at else tr("Put into My Packet")
    return button(numbered(action, number), label, encode(OfConfirmation(found.id)))


def answer_label(saw: Saw, tr: Translator) -> str:
    """Return what a button says."""
    match saw:
        case Saw.SAW_IT:
            return tr("Saw It")
        case Saw.NOT_REALLY:
            return tr("Not Really")
        case Saw.CANNOT_SAY:
            return tr("Cannot Say")


def quoted(text: str, limit: int) -> str:
    """Return somebody's words as a quote, escaped: all lines together in twice `limit`."""
    room, lines = limit * _ROOM, list[str]()
    for each in text.splitlines():
        if not each.strip():
            continue
        if room <= _LEAST:
            lines.append("> …")
            break
        lines.append(f"> {safe(each, room - len('> '))}")
        room -= len(lines[-1]) + 1
    return "\n".join(lines)


def _about(expectation: Expectation, tr: Translator) -> str:
    name, rung = (
        bold(tr.of(expectation.skill.name), NAME),
        rung_name(Rung(expectation.role, expectation.level), tr),
    )
    return f"{name} · {named(rung, NAME)}\n{behaviour(expectation, TEXT, tr)}"
