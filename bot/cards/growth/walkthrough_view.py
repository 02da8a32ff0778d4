"""The assessment walk-through: one expectation a step, its result at the end."""

from collections.abc import Sequence
from zlib import crc32

from bot.cards import limits
from bot.cards.blocks import (
    Block,
    Button,
    Input,
    Option,
    View,
    actions,
    button,
    context,
    header,
    option,
    plain,
    section,
)
from bot.cards.card import NAME, joined, typed
from bot.cards.forms import input_block, radio
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.lookup.full_text import full_text
from bot.cards.lookup.steps import news
from bot.cards.mrkdwn import bold, safe
from bot.cards.standing_lines import (
    STATUSES,
    beside_lines,
    likely_lines,
    progress_text,
    reworded_lines,
    status_line,
)
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import Assess
from bot.domain.growth.standing import Standing
from bot.domain.growth.walkthrough import Walk
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.requests import ShowGap
from bot.text.translator import Translator
from bot.text.words import requirement_name, rung_name, status_name

NAMED = 3


def assessment_view(
    walk: Walk, target: ShowGap, at: int, tr: Translator, lead: Sequence[Block] = ()
) -> View:
    """Build the step with this number, from 0; past the last one, the result.

    `target` is what the walk was made for, `lead` what to say first.
    """
    if at >= len(walk.steps):
        return _view(Assess(target, ended=True), [*lead, *_result(walk, target, tr)], tr)
    gap, standing = walk.steps[at]
    here = Assess(target, gap.target.skill.key)
    blocks = [*lead, *_question(walk, at, tr), _choice(standing, here, tr)]
    view = _view(here, [*blocks, actions(_moves(walk, target, at, tr))], tr)
    last = at == len(walk.steps) - 1
    # What was answered so far is on the card below as soon as the member stops.
    view["notify_on_close"] = True
    view["submit"] = plain(tr("Finish") if last else tr("Next"), limits.VIEW_TITLE)
    return view


def changed_meanwhile(tr: Translator) -> Block:
    """Say that a step is gone, above the one shown instead."""
    return context(
        tr("The catalogue has changed meanwhile: what you just answered is no longer asked.")
    )


def _view(request: Assess, blocks: Sequence[Block], tr: Translator) -> View:
    return {
        "type": "modal",
        "callback_id": Callback.ASSESSMENT,
        "title": plain(tr("Assess yourself"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(request),
        "blocks": blocks,
    }


def _question(walk: Walk, at: int, tr: Translator) -> list[Block]:
    gap, standing = walk.steps[at]
    target = gap.target
    where = tr(
        "*{number} of {total}* · {rung}",
        number=tr.number(at + 1),
        total=tr.number(len(walk.steps)),
        rung=safe(rung_name(walk.target, tr), 2 * NAME),
    )
    domain = safe(tr.of(target.skill.group.domain.name), NAME)
    parts = [requirement_name(target.requirement, tr), domain, *_news(walk, gap, tr)]
    blocks: list[Block] = [
        context(where),
        header(tr.of(target.skill.name)),
        context(" · ".join(parts)),
        section(full_text(target, tr)),
    ]
    roles = [walk.target.role, *([walk.origin.role] if walk.origin else [])]
    line = status_line(standing, tr, roles)
    if line:
        blocks.append(context(tr("Until now: {status}", status=line)))
    beside = [
        *reworded_lines(standing, target, tr),
        *beside_lines(standing, target.role, tr),
        *likely_lines(standing, target.role, tr),
    ]
    if beside:
        blocks.append(context("\n".join(beside)))
    return blocks


def _news(walk: Walk, gap: Gap, tr: Translator) -> list[str]:
    """Say what is new against the level one comes from; the depth alone where there is none."""
    if walk.origin is None:
        depth = gap.target.proficiency
        return [safe(tr.of(depth.name), NAME)] if depth else []
    same_role = walk.origin.role.key == walk.target.role.key
    told = news(gap, walk.origin.level if same_role else None, tr, grouped=True)
    return [told] if told else []


def _choice(standing: Standing, here: Assess, tr: Translator) -> Input:
    """Build the choice; its id is the step's own, so that no step inherits another's answer."""
    chosen = standing.status if standing.mark else None
    return input_block(
        f"status.{crc32(encode(here).encode()):x}",
        tr("Where do you stand?"),
        radio(Action.ASSESS_STATUS, _options(tr), chosen, focus=True),
    )


def _options(tr: Translator) -> list[Option]:
    told = {
        Status.MET: tr("I do this reliably, and could show it"),
        Status.WORKING: tr("I do parts of it, or with help"),
        Status.NOT_YET: tr("I do not do this today"),
        Status.NOT_RELEVANT: tr("My work does not ask for this; it leaves the count"),
    }
    return [option(status_name(each, tr), each.value, told[each]) for each in STATUSES]


def _moves(walk: Walk, target: ShowGap, at: int, tr: Translator) -> list[Button]:
    skip = _step(walk, target, at + 1)
    moves = [button(numbered(Action.ASSESS_TO, 1), tr("Skip"), encode(skip))]
    if at > 0:
        back = _step(walk, target, at - 1)
        moves.insert(0, button(numbered(Action.ASSESS_TO, 0), tr("Back"), encode(back)))
    return moves


def _step(walk: Walk, target: ShowGap, at: int) -> Assess:
    if at >= len(walk.steps):
        return Assess(target, ended=True)
    return Assess(target, walk.steps[at][0].target.skill.key)


def _result(walk: Walk, target: ShowGap, tr: Translator) -> list[Block]:
    """Show the progress, and what to do next."""
    rung = bold(rung_name(walk.target, tr), 2 * NAME)
    blocks: list[Block] = [
        header(tr("Where you stand")),
        section(f"{rung}\n{progress_text(walk.progress, tr)}"),
        section(_next(walk, typed(target), tr)),
    ]
    left = walk.never_assessed()
    if left:
        label = tr.plural("Assess {count} More", "Assess {count} More", left)
        rest = button(numbered(Action.ASSESS_TO, 0), label, encode(Assess(target)), primary=True)
        blocks.append(actions([rest]))
    return blocks


def _next(walk: Walk, way: str, tr: Translator) -> str:
    closed = (Status.MET, Status.NOT_RELEVANT)
    still = [gap.target for gap, each in walk.steps if each.status not in closed]
    still.sort(key=lambda each: not each.required)
    if not still:
        return tr("Nothing is open. Talk to your manager about the next step.")
    names = joined([bold(tr.of(each.skill.name), NAME) for each in still[:NAMED]], tr)
    return tr(
        "To work on next: {names}. {command} shows all that is open.",
        names=names,
        command=f"`{way}`",
    )
