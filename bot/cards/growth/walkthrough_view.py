"""The assessment walk-through: one expectation a step, answered with one press."""

from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from bot.cards import limits
from bot.cards.blocks import Actions, Block, View, actions, context, header, section
from bot.cards.card import NAME
from bot.cards.elements import Button, Element, Option, button, labelled, option, plain, select
from bot.cards.excerpt import excerpt, full_text
from bot.cards.forms import input_block, text_input
from bot.cards.growth.walkthrough_result import result_blocks
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.lookup.steps import level_line
from bot.cards.mrkdwn import clip, named, safe, unmarked
from bot.cards.standing_lines import (
    STATUSES,
    beside_lines,
    flat,
    likely_lines,
    reworded_lines,
    status_label,
    status_line,
)
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import MAX_NOTE
from bot.domain.growth.requests import Assess
from bot.domain.growth.walkthrough import Walk, WalkSection
from bot.domain.lookup.gap import Gap
from bot.text.translator import Translator
from bot.text.words import depth_name, requirement_name, rung_name, status_name

# The block of the note is another one at each step, so that no step inherits what was typed.
NOTE = "note"
TODAY = 900
_MET_THERE = 400


def assessment_view(
    walk: Walk,
    request: Assess,
    at: int,
    tr: Translator,
    lead: Sequence[Block] = (),
    receipt: Sequence[Block] = (),
) -> View:
    """Build the step with this number, from 0; past the last one, the result.

    Args:
        walk: all steps.
        request: what the walk was made for, and when it began.
        at: the number.
        tr: the member's language.
        lead: what to say first.
        receipt: what the press before has done.
    """
    request = replace(request, skill=None, ended=False, status=None)
    if at >= len(walk.steps):
        ended = replace(request, ended=True)
        return _view(ended, [*lead, *result_blocks(walk, request, tr), *receipt], tr)
    gap, standing = walk.steps[at]
    here = replace(request, skill=gap.target.skill.key)
    blocks = [
        *lead,
        *_question(walk, at, tr),
        _answers(gap, here, tr),
        *_meanings(walk, tr),
        _note(gap, here, tr),
        *receipt,
        *_moves(walk, here, at, tr),
    ]
    view = _view(here, blocks, tr)
    # What was answered so far is on the card below as soon as the member stops.
    view["notify_on_close"] = True
    view["submit"] = plain(_onwards(walk, at, answered=standing.mark is not None, tr=tr), 24)
    return view


def changed_meanwhile(tr: Translator) -> Block:
    """Say that a step is gone, above the one shown instead."""
    return context(
        tr("The catalogue has changed meanwhile: what you just answered is no longer asked.")
    )


def note_alone(tr: Translator) -> str:
    """Say at the note that it needs an answer to stand by: plain text."""
    return tr("A note goes along with an answer. Choose one of the answers above it.")


def _view(request: Assess, blocks: Sequence[Block], tr: Translator) -> View:
    return {
        "type": "modal",
        "callback_id": Callback.ASSESSMENT,
        "title": plain(tr("Assess yourself"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(request),
        "blocks": blocks,
    }


def _onwards(walk: Walk, at: int, *, answered: bool, tr: Translator) -> str:
    """Say what leads on without an answer."""
    if at == len(walk.steps) - 1:
        return tr("Finish")
    return tr("Next") if answered else tr("Skip")


def _question(walk: Walk, at: int, tr: Translator) -> list[Block]:
    """Show where one is, what is asked in full, and quieter what is there already."""
    gap, standing = walk.steps[at]
    target = gap.target
    blocks: list[Block] = [
        context(_position(walk, at, tr)),
        header(unmarked(tr.of(target.skill.name))),
        section(full_text(target, tr)),
    ]
    roles = [walk.target.role, *([walk.origin.role] if walk.origin else [])]
    line = status_line(standing, tr, roles)
    quiet = [
        _asked(walk, gap, tr),
        _today(walk, gap, tr),
        tr("Until now: {status}", status=line) if line else "",
        *reworded_lines(standing, target, tr),
        *beside_lines(standing, target.role, tr),
        *likely_lines(standing, target.role, tr),
        _met_there(walk, at, tr),
    ]
    return [*blocks, *(context(each) for each in quiet if each)]


def _position(walk: Walk, at: int, tr: Translator) -> str:
    part = _section_at(walk, at)
    return tr(
        "*{number} of {count} in {group}* · {position} of {total} in all · {rung}",
        number=tr.number(at - part.first + 1),
        count=tr.number(len(part.steps)),
        group=named(tr.of(part.group.name), NAME),
        position=tr.number(at + 1),
        total=tr.number(len(walk.steps)),
        rung=named(rung_name(walk.target, tr), 2 * NAME),
    )


def _section_at(walk: Walk, at: int) -> WalkSection:
    return next(each for each in reversed(walk.sections()) if each.first <= at)


def _asked(walk: Walk, gap: Gap, tr: Translator) -> str:
    """Say what is asked, and the depth where it changes: "Required · Advanced → Expert"."""
    target, before = gap.target, gap.before
    same_role = walk.origin is not None and walk.origin.role.key == target.role.key
    asked = requirement_name(target.requirement, tr)
    if before is not None and same_role and before.requirement is not target.requirement:
        asked = f"{requirement_name(before.requirement, tr)} → {asked}"
    depth, was = depth_name(target, tr), depth_name(before, tr)
    if depth == was:
        return asked
    step = f"{clip(was, 40)} → {clip(depth, 40)}" if was and depth else clip(depth, 40)
    return f"{asked} · {safe(step, 2 * NAME)}" if step else asked


def _today(walk: Walk, gap: Gap, tr: Translator) -> str:
    """Say what is asked today, where there is a level that one comes from."""
    origin = walk.origin
    if origin is None:
        return ""
    same_role = origin.role.key == walk.target.role.key
    name = tr.of(origin.level.name) if same_role else rung_name(origin, tr)
    level = named(name, 2 * NAME)
    if gap.before is None:
        return tr("New: not defined at {level}.", level=level)
    wording = gap.before.wording
    if wording is None:
        shown = tr("no description")
    elif gap.target.wording and flat(tr.of(wording)) == flat(tr.of(gap.target.wording)):
        shown = tr("the same words")
    else:
        shown = excerpt(tr.of(wording), TODAY, tr)
    return level_line(level, shown, tr, today=walk.today)


def _met_there(walk: Walk, at: int, tr: Translator) -> str:
    """Return the words of what was met in another role, where that makes this one likely."""
    likely = walk.steps[at][1].likely
    wording = likely.asked.wording if likely else None
    if wording is None:
        return ""
    return tr("What you met: {text}", text=excerpt(tr.of(wording), _MET_THERE, tr))


def _answers(gap: Gap, here: Assess, tr: Translator) -> Actions:
    """Build one button per status; its id stays, so that the keyboard stays where it was."""
    name = unmarked(tr.of(gap.target.skill.name))
    buttons = [
        labelled(
            button(
                numbered(Action.ASSESS_ANSWER, number),
                status_label(each, tr),
                encode(replace(here, status=each)),
            ),
            f"{status_name(each, tr)}: {name}",
        )
        for number, each in enumerate(STATUSES)
    ]
    return actions(buttons, "answers")


def _meanings(walk: Walk, tr: Translator) -> list[Block]:
    """Say what the answers mean, as long as none was ever given."""
    if walk.never_assessed() < len(walk.steps):
        return []
    told = (
        (Status.MET, tr("I do this reliably, and could show it")),
        (Status.WORKING, tr("I do parts of it, or with help")),
        (Status.NOT_YET, tr("I do not do this today")),
        (Status.NOT_RELEVANT, tr("My work does not ask for this; it leaves the count")),
    )
    lines = [
        tr("{answer}: {meaning}", answer=status_label(each, tr), meaning=meaning)
        for each, meaning in told
    ]
    return [context("\n".join(lines))]


def _note(gap: Gap, here: Assess, tr: Translator) -> Block:
    hint = (
        tr(
            "It goes along with your answer. This expectation is required: where it is not "
            "relevant to you, say why."
        )
        if gap.target.required
        else tr("It goes along with your answer.")
    )
    field = text_input(Action.ASSESS_NOTE, most=MAX_NOTE)
    return input_block(_step_id(NOTE, here), tr("Note"), field, hint=hint, optional=True)


def _step_id(kind: str, here: Assess) -> str:
    """Return a block's id that is the step's own: Slack keeps a choice until the id changes."""
    return f"{kind}.{crc32(encode(here).encode()):x}"


def _moves(walk: Walk, here: Assess, at: int, tr: Translator) -> list[Block]:
    """Build the ways back, and to another group."""
    moves: list[Element] = []
    if at > 0:
        back = replace(here, skill=walk.steps[at - 1][0].target.skill.key)
        moves.append(button(numbered(Action.ASSESS_TO, 0), tr("Back"), encode(back)))
    sections = walk.sections()
    if len(sections) > 1:
        now = _section_at(walk, at)
        options = [_section_option(each, tr) for each in sections]
        placeholder = tr("Choose a skill group")
        moves.append(select(Action.ASSESS_SECTION, placeholder, options, _first_in(now)))
    return [actions(moves, _step_id("moves", here))] if moves else []


def _section_option(part: WalkSection, tr: Translator) -> Option:
    """Offer a skill group, with how far it is below its name."""
    counts = {"answered": tr.number(part.answered), "count": tr.number(len(part.steps))}
    told = tr("{answered} of {count} answered", **counts)
    return option(unmarked(tr.of(part.group.name)), _first_in(part), told)


def _first_in(part: WalkSection) -> str:
    return part.steps[0][0].target.skill.key


def marked_receipt(
    name: str, status: Status, undo: Button | None, tr: Translator, *, wants_reason: bool
) -> Block:
    """Say at the next step what the press before has kept, with the way to take it back."""
    text = tr(
        "Kept just now: {skill} · {status}",
        skill=named(name, NAME),
        status=safe(status_name(status, tr), NAME),
    )
    if wants_reason:
        text = f"{text}\n{tr('It is required, so it is put aside. Why? Go *Back* to say it.')}"
    return section(text, undo)
