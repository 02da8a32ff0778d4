"""The member's own side of an expectation: status, what stands beside it, and its buttons.

What these say is for the member alone; a card that a channel sees must not use them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from bot.cards.blocks import Block, context, section
from bot.cards.card import NAME, Card, listed
from bot.cards.elements import Button, button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import safe
from bot.domain.framework import CellKey, Expectation, Role, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import MarkCell
from bot.domain.growth.standing import Due, Standing
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.requests import ShowCard
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import due_words, met_where, status_name

# As they are offered.
STATUSES = (Status.MET, Status.WORKING, Status.NOT_YET, Status.NOT_RELEVANT)
BESIDE = 160
_NAMED = 3


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


def beside_lines(
    standing: Standing, role: Role, tr: Translator, *, room: int = BESIDE
) -> list[str]:
    """Say which *met* stands beside something that is not met itself, as lines of mrkdwn.

    `role` is the one that asks, `room` is for the words that were met. Nothing where there is none.
    """
    if standing.below is None:
        return []
    below = standing.below
    where = safe(met_where(below, role, tr), NAME)
    wording = below.asked.wording
    when = day(below.mark.at, tr)
    if wording is None or not room:
        return [tr("Met at {level} · {date}", level=where, date=when)]
    text = _in_line(tr.of(wording), room)
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


@lru_cache(maxsize=1024)
def _in_line(text: str, room: int) -> str:
    return safe(flat(text), room)


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def day(at: datetime, tr: Translator) -> str:
    """Return mrkdwn that Slack shows as a date in the reader's own time zone and language."""
    return f"<!date^{int(at.timestamp())}^{{date_short}}|{tr.date(at.date())}>"


def own_line(
    expectation: Expectation | None,
    standings: Mapping[CellKey, Standing] | None,
    roles: Iterable[Role],
    tr: Translator,
) -> list[str]:
    """Return "Your status: …" for a cell as a list of one, or of none where there is no mark."""
    standing = standings.get(key_of(expectation)) if standings and expectation else None
    if standing is None or standing.mark is None:
        return []
    parts = [status_line(standing, tr, roles), pieces(standing.evidence, tr)]
    return [tr("Your status: {status}", status=" · ".join(each for each in parts if each))]


def pieces(count: int, tr: Translator) -> str:
    """Return "2 pieces of evidence", or nothing for none."""
    if not count:
        return ""
    return tr.plural("{count} piece of evidence", "{count} pieces of evidence", count)


def mark_button(
    cell: CellKey,
    status: Status,
    number: int,
    tr: Translator,
    *,
    back: ShowCard | None = None,
    label: str | None = None,
) -> Button:
    """Build a button that marks an expectation; `back` is the card to redraw, None on Home."""
    value = encode(MarkCell(cell, status, back))
    shown = label or status_label(status, tr)
    return button(numbered(Action.MARK, number), shown, value)


def why_aside(tr: Translator) -> str:
    """Ask for the reason why something required was put aside."""
    return tr(
        "It is required, so it is *put aside*. Why is it not relevant? "
        "A line under *Details* → *Note* is enough."
    )


def reopened_block(tr: Translator) -> Block:
    """Say above a redrawn card that taking a mark back has opened a reached goal again."""
    return section(tr("Your goal is open again."))


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
