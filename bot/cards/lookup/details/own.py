"""The member's own part of the Details modal: status, note and evidence."""

from collections.abc import Iterable
from zlib import crc32

from bot.cards.blocks import Block, Input, actions, context, section
from bot.cards.elements import Button
from bot.cards.evidence_lines import add_button, evidence_lines
from bot.cards.forms import input_block, text_input
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.mrkdwn import safe
from bot.cards.standing_lines import (
    STATUSES,
    beside_lines,
    likely_lines,
    mark_button,
    reworded_lines,
    status_line,
    why_aside,
)
from bot.domain.framework import Expectation, Role
from bot.domain.growth.evidence import MAX_NOTE
from bot.domain.growth.requests import MarkCell
from bot.domain.growth.standing import OwnCell, Standing
from bot.domain.lookup.requests import ShowCard
from bot.text.translator import Translator

SHOWN_NOTE = 1000
MOST_PIECES = 5
_FIRST = 60  # numbers of action ids; below are those of other controls in the same view


def own_blocks(
    own: OwnCell, roles: Iterable[Role], expectation: Expectation | None, tr: Translator
) -> list[Block]:
    """Show where the member stands with `expectation`, with all that changes it."""
    standing = own.standing
    line = status_line(standing, tr, roles) or tr("Not assessed yet")
    lines = [f"*{tr('Your status')}*", line, *_note(standing)]
    if expectation is not None:
        lines += _explained(standing, expectation, tr)
    return [
        section("\n".join(lines)),
        actions(_buttons(standing, tr)),
        _note_input(standing, tr),
    ]


def _explained(standing: Standing, expectation: Expectation, tr: Translator) -> list[str]:
    """Say what the status alone does not: what changed, what is met elsewhere, what is asked."""
    lines = [
        *reworded_lines(standing, expectation, tr),
        *beside_lines(standing, expectation.role, tr),
        *likely_lines(standing, expectation.role, tr),
    ]
    if standing.put_aside and expectation.required and not (standing.mark and standing.mark.note):
        lines.append(why_aside(tr))
    return lines


def _note(standing: Standing) -> list[str]:
    note = standing.mark.note if standing.mark else ""
    lines = safe(note.replace("\n", " "), SHOWN_NOTE) if note else ""
    return [f"> {lines}"] if lines else []


def _buttons(standing: Standing, tr: Translator) -> list[Button]:
    """Offer every status but the present one; a *met* that is due can be confirmed."""
    built = []
    for number, status in enumerate(STATUSES):
        label = None
        if standing.mark is not None and status is standing.status:
            if standing.due is None:
                continue
            label = tr("Still Met")
        built.append(
            mark_button(
                standing.cell,
                status,
                _FIRST + number,
                tr,
                label=label,
            )
        )
    return built


def _note_input(standing: Standing, tr: Translator) -> Input:
    """Build the note's field; its id changes with every mark, so that it is empty after one."""
    stamp = int(standing.mark.at.timestamp() * 1000) if standing.mark else 0
    cell = crc32(encode(MarkCell(standing.cell, standing.status)).encode())
    return input_block(
        f"note.{cell:x}.{stamp:x}",
        tr("Note"),
        text_input(Action.MARK_NOTED, multiline=True, most=MAX_NOTE),
        hint=tr("Only you see it. It is kept with the status you press, or with Save Note."),
        optional=True,
    )


def evidence_blocks(own: OwnCell, back: ShowCard | None, tr: Translator) -> list[Block]:
    """Show the newest evidence for this very expectation, with the way to add more."""
    add = actions([add_button(tr, own.standing.cell, back=back)])
    shown = own.evidence[:MOST_PIECES]
    blocks: list[Block] = [section(tr("*Your evidence*")), *evidence_lines(shown, tr)]
    rest = len(own.evidence) - len(shown)
    if not shown:
        blocks.append(context(tr("Nothing shows this yet.")))
    if rest:
        more = tr.plural("{count} more piece on Home", "{count} more pieces on Home", rest)
        blocks.append(context(more))
    return [*blocks, add]
