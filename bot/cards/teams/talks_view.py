"""The modal of two people: what counts, when they talk next, and what is still to be done."""

from bot.cards import limits
from bot.cards.blocks import Block, Section, View, actions, context, divider, section
from bot.cards.elements import Button, button, labelled, plain
from bot.cards.forms import confirmed
from bot.cards.ids import Action, Callback, numbered
from bot.cards.mrkdwn import safe
from bot.cards.teams.agreed_lines import agreed_blocks, history_blocks
from bot.cards.teams.rhythm_words import next_text, rhythm_text
from bot.cards.teams.talk_links import Of, encode_of
from bot.domain.teams.rhythm import RhythmState
from bot.domain.teams.talk import MAX_POINT, Point
from bot.domain.teams.talk_page import TalkPage
from bot.text.translator import Translator

POINTS = 20


def talks_view(page: TalkPage, tr: Translator) -> View:
    """Build the modal."""
    owner = page.share.owner
    whose = tr(
        "The goal of {person}, shared with {other}.",
        person=f"<@{owner}>",
        other=f"<@{page.share.other}>",
    )
    return {
        "type": "modal",
        "callback_id": Callback.TALKS,
        "title": plain(tr("Agreed and talks"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode_of(Of.SHARE, page.share.id),
        "blocks": [
            context(whose),
            *agreed_blocks(page.agreed, tr),
            divider(),
            *_rhythm(page, tr),
            divider(),
            *_points(page, tr),
            *history_blocks(page.agreed, tr),
        ],
    }


def _rhythm(page: TalkPage, tr: Translator) -> list[Block]:
    held, value = page.rhythm, encode_of(Of.SHARE, page.share.id)
    if held is None or held.state is RhythmState.ENDED:
        told = tr(
            "No rhythm yet. With one, both of you get a brief an hour before each talk: what "
            "moved, what counts, three points to talk about, and what to ask or to do."
        )
        buttons = [button(Action.RHYTHM_SET, tr("Choose a Rhythm"), value)]
    else:
        coming = next_text(held, page.zone, page.their_zone, page.other, tr)
        told = f"{rhythm_text(held.rhythm, tr)}\n{coming}"
        buttons = [
            button(Action.RHYTHM_SET, tr("Change Rhythm"), value),
            *_turns(held.state, value, tr),
        ]
    return [section(f"{tr('*Your talks*')}\n{told}"), actions(buttons)]


def _turns(state: RhythmState, value: str, tr: Translator) -> list[Button]:
    on = state is RhythmState.ON
    turn = (
        button(Action.RHYTHM_PAUSE, tr("Pause"), value)
        if on
        else button(Action.RHYTHM_GO_ON, tr("Go On"), value)
    )
    end = confirmed(
        button(Action.RHYTHM_END, tr("End"), value),
        title=tr("End these talks?"),
        text=tr("No more briefs come, for neither of you. What was noted stays."),
        confirm=tr("End"),
        deny=tr("Keep Them"),
    )
    return [turn, end]


def _points(page: TalkPage, tr: Translator) -> list[Block]:
    blocks: list[Block] = [section(tr("*Still to do*"))]
    undone = page.undone
    blocks += [_point(each, page, number, tr) for number, each in enumerate(undone[:POINTS])]
    rest = len(undone) - POINTS
    if rest > 0:
        blocks.append(context(tr.plural("and {count} more", "and {count} more", rest)))
    if not undone:
        blocks.append(context(tr("Nothing is open from your talks.")))
    note = button(Action.TALK_NOTE, tr("Note What You Agreed"), encode_of(Of.SHARE, page.share.id))
    return [*blocks, actions([note])]


def _point(point: Point, page: TalkPage, number: int, tr: Translator) -> Section:
    done = button(numbered(Action.POINT_DONE, number), tr("Done"), encode_of(Of.POINT, point.id))
    spoken = labelled(done, tr("Done: {point}", point=point.text[: limits.BUTTON]))
    return section(point_text(point, page.side is point.by, tr), spoken)


def point_text(point: Point, mine: bool, tr: Translator) -> str:
    """Return a point as mrkdwn; one that the other does not see says so."""
    text = safe(point.text, MAX_POINT)
    return f"{text}\n{tr('_Only you see this._')}" if mine and not point.both else text
