"""A nudge in a direct message: one expectation and one prompt, and what became of it."""

from bot.cards import limits
from bot.cards.blocks import Actions, Block, Section, actions, context, header, section
from bot.cards.card import NAME, Card, Room
from bot.cards.elements import Button, Element, button, option, select
from bot.cards.excerpt import behaviour, excerpt
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.lookup.details.guides import resource_lines
from bot.cards.lookup.steps import today_lines
from bot.cards.mrkdwn import named, safe
from bot.cards.nudges.cadence_words import moment
from bot.cards.nudges.notices import (
    all_done_card,
    digest_card,
    goal_progress,
    late_text,
    less_often_card,
    settings_button,
)
from bot.cards.nudges.words import prompt_text, reasons_text
from bot.cards.standing_lines import day, reached_text, status_line, with_lead
from bot.cards.unshared_lines import unshared_text
from bot.domain.answers import GapReport
from bot.domain.growth.requests import AddEvidence
from bot.domain.growth.standing import MarkedElsewhere, Standing
from bot.domain.lookup.requests import ShowDetails
from bot.domain.lookup.rung import Rung
from bot.domain.nudges.choice import Choice, Reason
from bot.domain.nudges.message import (
    AllDone,
    Digest,
    LessOften,
    NudgeAnswer,
    NudgeMessage,
    OneNudge,
    PutOff,
)
from bot.domain.nudges.requests import AnswerNudge
from bot.text.translator import Translator
from bot.text.words import met_where, rung_name

TEXT = 700
PROMPT = 600
READING, READING_ROOM = 2, 700
ROOM = Room(320, NAME, 4, today=160)
_FALLBACK = 300
# Answers about the expectation itself; any of them can be changed into another later.
_SAID = (NudgeAnswer.MET, NudgeAnswer.WORKING, NudgeAnswer.NOT_RELEVANT)


def nudge_card(message: NudgeMessage, tr: Translator) -> Card:
    """Build the message as it stands: with its buttons, or with what was answered."""
    match message.body:
        case OneNudge() if message.answer:
            card = _answered(message, message.body, message.answer, tr)
            return with_lead(card, [section(late_text(tr))]) if message.late else card
        case OneNudge():
            return _open(message, message.body, tr)
        case Digest():
            return digest_card(message, message.body, tr)
        case LessOften():
            return less_often_card(message, message.body, tr)
        case AllDone():
            return all_done_card(message.body, tr)


def later_label(later: PutOff, tr: Translator) -> str:
    """Return the option of *Later* in title case."""
    match later:
        case PutOff.TOMORROW:
            return tr("Tomorrow")
        case PutOff.NEXT_WEEK:
            return tr("Next Week")
        case PutOff.IN_A_MONTH:
            return tr("In a Month")


def _open(message: NudgeMessage, body: OneNudge, tr: Translator) -> Card:
    choice, standing = body.choice, _standing(body)
    name = tr.of(choice.gap.target.skill.name)
    likely = standing.likely if standing else None
    question = _does_it_hold(choice, likely, tr) if likely else prompt_text(choice, tr)
    blocks: list[Block] = [
        header(name),
        section(f"*{safe(question, PROMPT)}*"),
        _looks(choice, tr),
        *_beside(choice, standing, body.report, tr),
        *_reading(choice, tr),
    ]
    lines = [*_why(choice, tr, likely=likely is not None), *_state(standing, body.report, tr)]
    lines.append(goal_progress(body.report, tr))
    blocks.append(_likely_controls(message, body, tr) if likely else _controls(message, body, tr))
    blocks.append(context("\n".join(lines)))
    return Card(text=safe(f"{name}: {question}", _FALLBACK), blocks=blocks)


def _standing(body: OneNudge) -> Standing | None:
    own = body.report.own
    return own.standings.get(body.choice.cell.skill) if own else None


def _does_it_hold(choice: Choice, likely: MarkedElsewhere, tr: Translator) -> str:
    """Ask, as plain text, whether what was met in another role is met here too."""
    target = choice.gap.target
    here = rung_name(Rung(target.role, target.level), tr)
    where = met_where(likely, target.role, tr)
    return tr("You met this as {where}. Does it hold for {rung}?", where=where, rung=here)


def _why(choice: Choice, tr: Translator, *, likely: bool) -> list[str]:
    if not choice.reasons:
        return []
    reasons = reasons_text(choice, tr)
    if likely:
        return [tr("Why this one: {reasons}. It counts once you say so.", reasons=reasons)]
    return [tr("Why this one: {reasons}", reasons=reasons)]


def _looks(choice: Choice, tr: Translator) -> Section:
    """Say what good looks like, with the way to all of it."""
    target = choice.gap.target
    level = named(tr.of(target.level.name), NAME)
    title = tr("What good looks like at {level}", level=level)
    return section(f"_{title}_\n{behaviour(target, TEXT, tr)}", _details(choice, tr))


def _beside(
    choice: Choice, standing: Standing | None, report: GapReport, tr: Translator
) -> list[Block]:
    """Say more quietly what was met elsewhere, or what is asked where the member stands."""
    likely = standing.likely if standing else None
    if likely is not None:
        when, wording = day(likely.mark.at, tr), likely.asked.wording
        text = excerpt(tr.of(wording), ROOM.text, tr).replace("\n", " ") if wording else ""
        text = text or tr("no description written yet")
        return [context(tr("*What you met, {date}:* {text}", date=when, text=text))]
    lines = today_lines(choice.gap, standing, report.gap.origin, tr, ROOM, today=report.today)
    return [context("\n".join(lines))] if lines else []


def _reading(choice: Choice, tr: Translator) -> list[Block]:
    """Name a thing or two to learn from."""
    lines = resource_lines(choice.gap.target.all_resources, tr, most=READING, room=READING_ROOM)
    return [context("\n".join([tr("*To learn from*"), *lines]))] if lines else []


def _details(choice: Choice, tr: Translator) -> Button:
    cell = choice.cell
    request = ShowDetails(cell.skill, cell.role, cell.level)
    return button(numbered(Action.DETAILS, 0), tr("Details"), encode(request))


def _state(standing: Standing | None, report: GapReport, tr: Translator) -> list[str]:
    shown = status_line(standing, tr, [report.gap.target.role]) if standing else ""
    return [tr("Your status: {status}", status=shown)] if shown else []


def _likely_controls(message: NudgeMessage, body: OneNudge, tr: Translator) -> Actions:
    """Build the two answers to a question of fact, of which none is the primary one."""
    value = encode(AnswerNudge(message.id, body.choice.cell))
    buttons = [
        button(Action.NUDGE_MET, tr("Holds Here Too"), value),
        button(Action.NUDGE_NOT_YET, tr("Not Here"), value),
    ]
    if not body.only:
        buttons.append(button(Action.NUDGE_ANOTHER, tr("Another"), value))
    return actions([*buttons, _later(tr), settings_button(tr)], _carrier(message, value))


def _later(tr: Translator) -> Element:
    options = [option(later_label(each, tr), each) for each in PutOff]
    return select(Action.NUDGE_LATER, tr("Later"), options)


def _carrier(message: NudgeMessage, value: str) -> str:
    """Return the block's id, which carries the nudge for the menu: its options cannot."""
    return value if len(value) <= limits.BLOCK_ID else encode(AnswerNudge(message.id))


def _controls(message: NudgeMessage, body: OneNudge, tr: Translator) -> Actions:
    """Build the ways to answer."""
    press = AnswerNudge(message.id, body.choice.cell)
    value = encode(press)
    evidence = encode(AddEvidence(body.choice.cell, nudge=message.id))
    fresh = Reason.FRESH_LOOK in body.choice.reasons
    buttons: list[Button] = []
    if fresh:
        buttons.append(button(Action.NUDGE_MET, tr("Still Met"), value, primary=True))
    buttons += [
        button(Action.NUDGE_DID_IT, tr("Did It"), evidence, primary=not fresh),
        button(Action.NUDGE_WORKING, tr("Working on It"), value),
    ]
    if not body.only:
        buttons.append(button(Action.NUDGE_ANOTHER, tr("Another"), value))
    rest = [
        button(Action.NUDGE_NOT_RELEVANT, tr("Not Relevant"), value),
        settings_button(tr),
    ]
    return actions([*buttons, _later(tr), *rest], _carrier(message, value))


def _answered(message: NudgeMessage, body: OneNudge, answer: NudgeAnswer, tr: Translator) -> Card:
    choice = body.choice
    name = tr.of(choice.gap.target.skill.name)
    outcome = _outcome(message, body, answer, tr)
    blocks: list[Block] = [
        header(name),
        context(safe(prompt_text(choice, tr), PROMPT)),
        section(outcome, _details(choice, tr)),
        context(goal_progress(body.report, tr)),
    ]
    if answer is NudgeAnswer.DID_IT:
        value = encode(AnswerNudge(message.id, choice.cell))
        met = button(Action.NUDGE_MET, tr("Met"), value, primary=True)
        still = button(Action.NUDGE_WORKING, tr("Still Working on It"), value)
        blocks.append(actions([met, still]))
    elif answer in (*_SAID, NudgeAnswer.NOT_YET):
        blocks.append(_otherwise(message, choice, answer, tr))
    if message.reached:
        aside = body.report.own.put_aside if body.report.own else ()
        blocks.append(section(reached_text(body.report.gap.target, tr, aside)))
    if told := unshared_text(message.unshared, tr, has_goal=False):
        blocks.append(section(told))
    said = _first_sentence(outcome)
    return Card(text=safe(f"{name}: {said}", _FALLBACK), blocks=blocks)


def _first_sentence(text: str) -> str:
    """Return the answer itself: what is in bold, or the first sentence where nothing is."""
    said = text.removeprefix("*")
    ends = [at for mark in ("*", "。") if (at := said.find(mark)) >= 0]
    return said[: min(ends, default=len(said))]


def _otherwise(
    message: NudgeMessage, choice: Choice, answer: NudgeAnswer, tr: Translator
) -> Actions:
    """Let the member say something else about it later."""
    value = encode(AnswerNudge(message.id, choice.cell, instead=True))
    labels = {
        NudgeAnswer.MET: (Action.NUDGE_MET, tr("Met")),
        NudgeAnswer.WORKING: (Action.NUDGE_WORKING, tr("Working on It")),
        NudgeAnswer.NOT_RELEVANT: (Action.NUDGE_NOT_RELEVANT, tr("Not Relevant")),
    }
    return actions(
        [button(labels[each][0], labels[each][1], value) for each in _SAID if each is not answer]
    )


def _outcome(message: NudgeMessage, body: OneNudge, answer: NudgeAnswer, tr: Translator) -> str:
    level = safe(tr.of(body.choice.gap.target.level.name), NAME)
    match answer:
        case NudgeAnswer.DID_IT:
            return tr("*Kept as evidence.* Does that meet what {level} asks for?", level=level)
        case NudgeAnswer.MET:
            return tr("*Met.* Well done!")
        case NudgeAnswer.WORKING:
            return tr("*Working on it.* When it is done, *Details* keeps what shows it.")
        case NudgeAnswer.NOT_YET:
            return tr("*Not here.* It is open on your way to {level}.", level=level)
        case NudgeAnswer.NOT_RELEVANT:
            if body.choice.gap.target.required:
                return tr(
                    "*Put aside.* It is required and has left your count. Why is it not relevant? "
                    "A line under *Details* → *Note* is enough."
                )
            return tr("*Not relevant to you.* It has left your totals; *Details* brings it back.")
        case NudgeAnswer.LATER if message.until:
            when = moment(message.until, tr, zone="UTC")
            return tr("*Put off.* It comes again: {moment}", moment=when)
        case _:
            return tr("*Put off.* It comes again later.")
