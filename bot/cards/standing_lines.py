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
from bot.cards.card import NAME, Card
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, safe
from bot.domain.framework import CellKey, Expectation, Role, Skill, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.progress import Progress
from bot.domain.growth.requests import MarkCell, MarkOtherwise
from bot.domain.growth.standing import Due, Standing
from bot.domain.lookup.requests import ShowCard
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import progress_words, status_name

# As they are offered.
STATUSES = (Status.MET, Status.WORKING, Status.NOT_YET, Status.NOT_RELEVANT)
BAR = 10
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
    parts = [name if standing.own else _through(name, standing, mark.cell, tr, tuple(roles))]
    parts.append(day(mark.at, tr))
    if standing.due is Due.AGED:
        parts.append(tr("due for a fresh look"))
    elif standing.due is Due.RAISED:
        parts.append(tr("due for a fresh look: more depth is asked for now"))
    return " · ".join(parts)


def _through(
    name: str, standing: Standing, made_on: CellKey, tr: Translator, roles: tuple[Role, ...]
) -> str:
    role = next((each for each in roles if each.key == made_on.role), None)
    level = role.ladder.level(made_on.level) if role else None
    if role is None or level is None:
        return tr("{status}, as marked for another role", status=name)
    where = tr.of(level.name)
    if role.key != standing.cell.role:
        where = tr("{role}, {level}", role=tr.of(role.name), level=where)
    if standing.met:
        return tr("Met through {where}", where=safe(where, NAME))
    return tr("{status}, as marked for {where}", status=name, where=safe(where, NAME))


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


def marked_block(done: MarkCell, skill: Skill, before: Status, tr: Translator) -> Block:
    """Say above a redrawn card what the press has just done, with a button that takes it back."""
    name = bold(tr.of(skill.name), NAME)
    text = tr("{skill} is now marked: {status}", skill=name, status=status_name(done.status, tr))
    if before is done.status:
        return section(text)
    undo = mark_button(done.cell, before, 99, tr, back=done.back, label=tr("Undo"))
    return section(text, undo)


def reached_text(goal: Rung | None, tr: Translator) -> str:
    """Return the words that celebrate a goal, once: mrkdwn. None: its name is not known."""
    if goal is None:
        return tr("*Goal reached.* Every required expectation is met. Well done!")
    name = tr("{role}, {level}", role=tr.of(goal.role.name), level=tr.of(goal.level.name))
    return tr(
        "*Goal reached: {rung}.* Every required expectation is met. Well done! "
        "A good moment to show your manager: *Export Packet* collects what speaks for you.",
        rung=safe(name, 2 * NAME),
    )


def with_lead(card: Card, blocks: Sequence[Block]) -> Card:
    """Put blocks above a card."""
    return replace(card, blocks=[*blocks, *card.blocks])


def without_own_state(card: Card, tr: Translator) -> Card:
    """Say below a card that what the member holds is missing from it."""
    told = tr("I cannot reach your own marks right now. They are not lost; try again in a moment.")
    return replace(card, blocks=[*card.blocks, context(told)])
