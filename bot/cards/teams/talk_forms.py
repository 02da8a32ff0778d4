"""The forms of two people: a proposal, a rhythm, and what they agreed in a talk."""

from collections.abc import Mapping
from datetime import date, time

from bot.cards.blocks import Block, View, context, section
from bot.cards.card import NAME
from bot.cards.elements import Option, StaticSelect, option, select
from bot.cards.forms import date_picker, input_block, radio, text_input, time_picker
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import bold, unmarked
from bot.cards.nudges.cadence_words import zone_text
from bot.cards.teams.rhythm_words import often_name
from bot.domain.framework import CellKey, Expectation
from bot.domain.teams.rhythm import Often, Rhythm
from bot.text.translator import Translator
from bot.values import dataclass

CELL, DAY = "agreed.cell", "agreed.day"
OFTEN, WEEKDAY, TIME, ZONE = "rhythm.often", "rhythm.day", "rhythm.time", "rhythm.zone"
TEXT, FOR = "note.text", "note.for"
BOTH, MINE = "both", "mine"


def propose_view(
    asked: Mapping[CellKey, Expectation],
    day: date,
    tr: Translator,
    *,
    metadata: str,
    cell: CellKey | None = None,
) -> View:
    """Build the form for a proposal; `cell` is the one whose day alone is asked for.

    The options are places in `asked`, which the catalogue alone decides.
    """
    lead: list[Block]
    if cell is not None:
        expectation = asked.get(cell)
        name = tr.of(expectation.skill.name) if expectation else cell.skill
        lead = [section(bold(name, NAME))]
    else:
        lead = [input_block(CELL, tr("Expectation"), _cells(asked, tr))]
    hint = tr("Until then it counts, and nudges prefer it, once the other has accepted.")
    lead.append(input_block(DAY, tr("Until"), date_picker(Action.AGREED_DAY, day), hint=hint))
    return form_view(
        Callback.AGREED,
        tr,
        title=tr("Propose"),
        submit=tr("Propose"),
        blocks=lead,
        metadata=metadata,
    )


def _cells(asked: Mapping[CellKey, Expectation], tr: Translator) -> StaticSelect:
    options: list[Option] = [
        option(unmarked(tr.of(each.skill.name)), str(number))
        for number, each in enumerate(asked.values())
    ]
    return select(Action.AGREED_CELL, tr("Choose an expectation"), options)


@dataclass(frozen=True, slots=True)
class RhythmDraft:
    """What the form begins with. `zones` are the two people's, the reader's own first."""

    often: Often
    weekday: int
    at: time
    zone: str
    zones: tuple[str, ...]


def draft_of(rhythm: Rhythm | None, zone: str, their_zone: str, weekday: int) -> RhythmDraft:
    """Return the draft for a rhythm, or for none yet."""
    kept = (rhythm.zone,) if rhythm else ()
    zones = tuple(dict.fromkeys((zone, their_zone, *kept)))
    if rhythm is None:
        return RhythmDraft(Often.TWO_WEEKS, weekday, time(14), zone, zones)
    return RhythmDraft(rhythm.often, rhythm.weekday, rhythm.at, rhythm.zone, zones)


def rhythm_view(draft: RhythmDraft, tr: Translator, *, metadata: str) -> View:
    """Build the form for a rhythm."""
    often = select(
        Action.RHYTHM_OFTEN,
        tr("Choose how often"),
        [option(often_name(each, tr), each.value) for each in Often],
        draft.often.value,
    )
    days = select(
        Action.RHYTHM_DAY,
        tr("Choose a day"),
        [option(tr.weekday(each), str(each)) for each in range(7)],
        str(draft.weekday),
    )
    zones = select(
        Action.RHYTHM_ZONE,
        tr("Choose a time zone"),
        [option(zone_text(each, tr), each) for each in draft.zones],
        draft.zone,
    )
    told = tr("The other sees it, and may change, pause or end it as you may.")
    blocks: list[Block] = [
        input_block(OFTEN, tr("How often"), often),
        input_block(WEEKDAY, tr("Weekday"), days),
        input_block(TIME, tr("Time"), time_picker(Action.RHYTHM_TIME, draft.at)),
        input_block(ZONE, tr("Time zone"), zones),
        context(told),
    ]
    return form_view(
        Callback.RHYTHM,
        tr,
        title=tr("Your talks"),
        submit=tr("Save"),
        blocks=blocks,
        metadata=metadata,
    )


def note_view(other: str, tr: Translator, *, metadata: str) -> View:
    """Build the form for what was agreed in a talk."""
    text = text_input(Action.TALK_TEXT, multiline=True, focus=True)
    hint = tr("One point a line. What is not done comes again in the next brief.")
    whom = radio(
        Action.TALK_FOR,
        [option(tr("Both of us see it"), BOTH), option(tr("Only I see it"), MINE)],
        BOTH,
    )
    blocks: list[Block] = [
        context(tr("Your talk with {person}", person=f"<@{other}>")),
        input_block(TEXT, tr("What did you agree?"), text, hint=hint),
        input_block(FOR, tr("Who sees it"), whom),
    ]
    return form_view(
        Callback.TALK_NOTE,
        tr,
        title=tr("After your talk"),
        submit=tr("Save"),
        blocks=blocks,
        metadata=metadata,
    )
