"""The member's own side of an expectation: status, progress, and the buttons that set them.

What these say is for the member alone; a card that a channel sees must not use them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cards import limits
from bot.cards.blocks import (
    Actions,
    Block,
    Button,
    Element,
    actions,
    button,
    context,
    option,
    overflow,
    section,
)
from bot.cards.card import NAME, Card, listed
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, safe
from bot.domain.framework import CellKey, Expectation, Role, Skill, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.progress import Progress
from bot.domain.growth.requests import MarkCell, MarkOtherwise, UndoMark
from bot.domain.growth.standing import Due, Standing
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.requests import ShowCard
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import due_words, met_where, progress_words, status_name

# As they are offered.
STATUSES = (Status.MET, Status.WORKING, Status.NOT_YET, Status.NOT_RELEVANT)
BAR = 10
BESIDE = 160
_NAMED = 3
_FULL, _EMPTY = "█", "░"


def status_label(status: Status, tr: Translator) -> str:
    """Return the status as a button says it, in title case."""
    match status:
        case Status.MET:
            return tr("Met")
        case Status.WORKING:
            return tr("Working on It")
        case Status.NOT_YET:
            return tr("Not Yet")
        case Status.NOT_RELEVANT:
            return tr("Not Relevant")


def status_line(standing: Standing, tr: Translator, roles: Iterable[Role] = ()) -> str:
    """Return the status with its date as mrkdwn: "Met through Senior · 3 May 2026".

    Empty where nothing was ever marked. `roles` are those that may have to be named: where a mark
    was made elsewhere, its level is looked up among them.
    """
    mark = standing.mark
    if mark is None:
        return ""
    name = status_name(mark.status, tr)
    parts = [name if standing.own else _through(standing, mark.cell, tr, tuple(roles))]
    parts.append(day(mark.at, tr))
    if standing.due:
        parts.append(due_words(standing.due, tr))
    return " · ".join(parts)


def _through(standing: Standing, made_on: CellKey, tr: Translator, roles: tuple[Role, ...]) -> str:
    """Name the expectation whose *met* counts here too."""
    role = next((each for each in roles if each.key == made_on.role), None)
    level = role.ladder.level(made_on.level) if role else None
    if standing.then is not None:
        role, level = standing.then.role, standing.then.level
    if role is None or level is None:
        return tr("Met, as marked for another role")
    where = tr.of(level.name)
    if role.key != standing.cell.role:
        where = tr("{role}, {level}", role=tr.of(role.name), level=where)
    return tr("Met through {where}", where=safe(where, NAME))


def beside_lines(standing: Standing, role: Role, tr: Translator) -> list[str]:
    """Say which *met* stands beside something that is not met itself, as lines of mrkdwn.

    `role` is the one that asks. Nothing where there is none.
    """
    if standing.below is None:
        return []
    below = standing.below
    where = safe(met_where(below, role, tr), NAME)
    wording = below.asked.wording
    when = day(below.mark.at, tr)
    if wording is None:
        return [tr("Met at {level} · {date}", level=where, date=when)]
    text = safe(flat(tr.of(wording)), BESIDE)
    return [tr("Met at {level} · {date}: {text}", level=where, date=when, text=text)]


def likely_lines(standing: Standing, role: Role, tr: Translator) -> list[str]:
    """Ask whether what was met in another role is met here too; nothing where nothing was."""
    if standing.likely is None:
        return []
    where = safe(met_where(standing.likely, role, tr), NAME)
    when = day(standing.likely.mark.at, tr)
    return [
        tr("Likely: you met it as {where} · {date}. Is it met here too?", where=where, date=when)
    ]


def reworded_lines(standing: Standing, now: Expectation, tr: Translator) -> list[str]:
    """Return the words that were met and those of today, where they differ; else nothing."""
    if standing.due is not Due.REWORDED:
        return []
    none = tr("no description")
    before, after = (
        safe(flat(tr.of(each)), BESIDE) if each else none
        for each in (standing.read_before, now.wording)
    )
    return [tr("Before: {text}", text=before), tr("Now: {text}", text=after)]


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def day(at: datetime, tr: Translator) -> str:
    """Return mrkdwn that Slack shows as a date in the reader's own time zone and language."""
    return f"<!date^{int(at.timestamp())}^{{date_short}}|{tr.date(at.date())}>"


def own_line(
    expectation: Expectation | None,
    standings: Mapping[CellKey, Standing],
    roles: Iterable[Role],
    tr: Translator,
) -> list[str]:
    """Return "Your status: …" for a cell as a list of one, or of none where there is no mark."""
    standing = standings.get(key_of(expectation)) if expectation else None
    if standing is None or standing.mark is None:
        return []
    parts = [status_line(standing, tr, roles), pieces(standing.evidence, tr)]
    return [tr("Your status: {status}", status=" · ".join(each for each in parts if each))]


def pieces(count: int, tr: Translator) -> str:
    """Return "2 pieces of evidence", or nothing for none."""
    if not count:
        return ""
    return tr.plural("{count} piece of evidence", "{count} pieces of evidence", count)


def progress_bar(progress: Progress) -> str:
    """Return a bar of ten signs for what is required (what is optional, where nothing is).

    It is full only when all is met, and empty only when nothing is.
    """
    met, total = progress.required_met, progress.required_total
    if not total:
        met, total = progress.optional_met, progress.optional_total
    if not total:
        return _EMPTY * BAR
    filled = met * BAR // total
    if met and not filled:
        filled = 1
    return _FULL * filled + _EMPTY * (BAR - filled)


def progress_text(progress: Progress, tr: Translator) -> str:
    """Return bar and words as one line of mrkdwn. The words alone say all that the bar does."""
    return f"{progress_bar(progress)} {progress_words(progress, tr)}"


def mark_button(
    cell: CellKey,
    status: Status,
    number: int,
    tr: Translator,
    *,
    back: ShowCard | None = None,
    label: str | None = None,
    primary: bool = False,
) -> Button:
    """Build a button that marks an expectation; `back` is the card to redraw, None on Home."""
    value = encode(MarkCell(cell, status, back))
    shown = label or status_label(status, tr)
    return button(numbered(Action.MARK, number), shown, value, primary=primary)


def mark_row(
    cell: CellKey,
    now: Status | None,
    others: Iterable[Element],
    tr: Translator,
    *,
    number: int,
    back: ShowCard | None = None,
) -> Actions:
    """Build the row under an open expectation: *Met*, `others`, and a menu of further statuses.

    `now` is the status that it is marked with, None where it never was marked.
    The menu is left out where keys are too long for a block's id; Details has the same choices.
    """
    elements: list[Element] = [mark_button(cell, Status.MET, number, tr, back=back), *others]
    block_id = encode(MarkOtherwise(cell, back))
    if len(block_id) > limits.BLOCK_ID:
        return actions(elements)
    offered = [each for each in STATUSES[1:] if each is not now]
    options = [option(status_label(each, tr), each.value) for each in offered]
    return actions([*elements, overflow(numbered(Action.MARK_MENU, number), options)], block_id)


def without_menu(row: Actions) -> Actions:
    """Return the row without its menu, for a card that has no room for it."""
    kept = [each for each in row["elements"] if each["type"] != "overflow"]
    return {"type": "actions", "elements": kept}


def marked_block(
    done: MarkCell,
    skill: Skill,
    mark: Assessment | None,
    tr: Translator,
    *,
    wants_reason: bool = False,
) -> Block:
    """Say above a redrawn card what the press has just done, with a button that takes it back.

    `mark` is what the press added, None where it said nothing new. `wants_reason` asks why
    something required was put aside.
    """
    name = bold(tr.of(skill.name), NAME)
    text = tr("{skill} is now marked: {status}", skill=name, status=status_name(done.status, tr))
    if wants_reason:
        text = f"{text}\n{why_aside(tr)}"
    if mark is None:
        return section(text)
    value = encode(UndoMark(done.cell, mark.stamp, done.back))
    return section(text, button(Action.UNDO_MARK, tr("Undo"), value))


def why_aside(tr: Translator) -> str:
    """Ask for the reason why something required was put aside."""
    return tr(
        "It is required, so it is *put aside*. Why is it not relevant? "
        "A line under *Details* → *Note* is enough."
    )


def undone_block(skill: Skill, reopened: bool, tr: Translator) -> Block:
    """Say above a redrawn card that a mark was taken back, and what that made of the goal."""
    text = tr("{skill} is as it was before.", skill=bold(tr.of(skill.name), NAME))
    if reopened:
        text = f"{text} {tr('Your goal is open again.')}"
    return section(text)


def reached_text(goal: Rung | None, tr: Translator, put_aside: Sequence[Gap] = ()) -> str:
    """Return the words that celebrate a goal, once: mrkdwn. None: its name is not known.

    What was put aside is named, and asked about.
    """
    if goal is None:
        done = tr("*Goal reached.* Nothing required is open. Well done!")
    else:
        name = tr("{role}, {level}", role=tr.of(goal.role.name), level=tr.of(goal.level.name))
        done = tr(
            "*Goal reached: {rung}.* Nothing required is open. Well done! "
            "A good moment to show your manager: *Export Packet* collects what speaks for you.",
            rung=safe(name, 2 * NAME),
        )
    return "\n".join([done, *put_aside_lines(put_aside, tr)])


def put_aside_lines(put_aside: Sequence[Gap], tr: Translator) -> list[str]:
    """Name what is required and was put aside, and ask whether that still holds."""
    if not put_aside:
        return []
    names = [safe(tr.of(each.target.skill.name), NAME // 2) for each in put_aside[:_NAMED]]
    if len(put_aside) > _NAMED:
        names.append("…")
    return [
        tr.plural(
            "*{count} required expectation is put aside:* {names}. Is that still right?",
            "*{count} required expectations are put aside:* {names}. Is that still right?",
            len(put_aside),
            names=listed(names, tr),
        )
    ]


def with_lead(card: Card, blocks: Sequence[Block]) -> Card:
    """Put blocks above a card."""
    return replace(card, blocks=[*blocks, *card.blocks])


def without_own_state(card: Card, tr: Translator) -> Card:
    """Say below a card that what the member holds is missing from it."""
    told = tr("I cannot reach your own marks right now. They are not lost; try again in a moment.")
    return replace(card, blocks=[*card.blocks, context(told)])
