"""What a nudge says when it is not about one expectation: a digest, a question, the end."""

from bot.cards.blocks import Block, actions, context, header, section
from bot.cards.card import NAME, Card
from bot.cards.elements import Button, button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, safe
from bot.cards.nudges.cadence_words import cadence_label, rhythm
from bot.cards.nudges.words import reasons_text
from bot.cards.progress_lines import progress_counts
from bot.domain.answers import GapReport
from bot.domain.lookup.requests import ShowGap
from bot.domain.nudges.cadence import slower
from bot.domain.nudges.message import AllDone, Digest, LessOften, NudgeAnswer, NudgeMessage
from bot.domain.nudges.requests import AnswerNudge
from bot.text.translator import Translator
from bot.text.words import rung_name


def settings_button(tr: Translator) -> Button:
    """Build the button that opens the settings of nudges."""
    return button(Action.NUDGE_SETTINGS, tr("Settings"), "nudges")


def digest_card(message: NudgeMessage, body: Digest, tr: Translator) -> Card:
    """Offer a few expectations to begin again with; a press makes this the nudge about it."""
    told = tr("It has been a while. Which of these would you like to begin with?")
    blocks: list[Block] = [header(tr("Welcome back")), section(told)]
    for number, choice in enumerate(body.choices):
        name = bold(tr.of(choice.gap.target.skill.name), NAME)
        begin = button(
            numbered(Action.NUDGE_BEGIN, number),
            tr("Begin Here"),
            encode(AnswerNudge(message.id, choice.cell)),
        )
        why = reasons_text(choice, tr)
        blocks.append(section(f"{name}\n{why[:1].upper()}{why[1:]}", begin))
    blocks += [context(goal_progress(body.report, tr)), actions([settings_button(tr)])]
    return Card(text=f"{tr('Welcome back')}. {told}", blocks=blocks)


def less_often_card(message: NudgeMessage, body: LessOften, tr: Translator) -> Card:
    """Ask once whether nudges should come less often; or say what was answered."""
    settings = body.settings
    now = rhythm(settings, tr)
    if message.answer:
        text = _settled(message.answer, now, tr)
        late = [section(late_text(tr))] if message.late else []
        return Card(text=text, blocks=[*late, section(text), actions([settings_button(tr)])])
    text = tr("Your last nudges went unanswered. Would you like them less often?")
    value = encode(AnswerNudge(message.id))
    buttons = []
    wider = slower(settings.cadence)
    if wider:
        label = cadence_label(wider, tr)
        buttons.append(button(Action.NUDGE_LESS_OFTEN, label, value, primary=True))
    buttons += [
        button(Action.NUDGE_AS_IT_IS, tr("Keep as It Is"), value),
        button(Action.NUDGE_STOP, tr("Stop Nudges"), value),
        settings_button(tr),
    ]
    blocks: list[Block] = [
        header(tr("Less often?")),
        section(text),
        context(tr("Now: {rhythm}", rhythm=now)),
        actions(buttons),
    ]
    return Card(text=text, blocks=blocks)


def late_text(tr: Translator) -> str:
    """Say above a nudge that what was pressed came after another answer."""
    return tr("You had answered this before, and that stays. What you can change is below.")


def _settled(answer: NudgeAnswer, now: str, tr: Translator) -> str:
    match answer:
        case NudgeAnswer.STOPPED:
            return tr("Nudges are stopped. `/growth resume` starts them again.")
        case NudgeAnswer.LESS_OFTEN:
            return tr("From now on: {rhythm}.", rhythm=now)
        case _:
            return tr("It stays as it is: {rhythm}.", rhythm=now)


def all_done_card(body: AllDone, tr: Translator) -> Card:
    """Say once that nothing is left, and offer the next goal."""
    target = body.report.gap.target
    name = safe(rung_name(target, tr), NAME * 2)
    text = tr(
        "Everything on the way to *{rung}* is met or put aside. There are no more nudges until "
        "something is open again, or you set your next goal.",
        rung=name,
    )
    buttons: list[Button] = []
    for number, level in enumerate(target.role.ladder.above(target.level)):
        label = tr("Set {level} as Goal", level=tr.of(level.name))
        value = encode(ShowGap(target.role.key, (level.key,)))
        buttons.append(
            button(numbered(Action.NUDGE_GOAL, number), label, value, primary=not number)
        )
    buttons.append(button(Action.CHANGE_GOAL, tr("Choose a Goal"), encode(ShowGap())))
    blocks: list[Block] = [header(tr("Nothing left to ask")), section(text)]
    progress = body.report.own.progress if body.report.own else None
    if progress and (progress.required_total or progress.optional_total):
        blocks.append(context(goal_progress(body.report, tr)))
    return Card(text=text.replace("*", ""), blocks=[*blocks, actions(buttons)])


def goal_progress(report: GapReport, tr: Translator) -> str:
    """Return the goal with how far it is, as a line of mrkdwn."""
    name = safe(rung_name(report.gap.target, tr), NAME * 2)
    return f"{name} · {progress_counts(report.own.progress, tr)}" if report.own else name
