"""Talks of two people: their rhythm, and what they noted after them."""

from datetime import time

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.cards.ids import Action, Callback
from bot.cards.teams.talk_forms import (
    BOTH,
    FOR,
    OFTEN,
    TEXT,
    TIME,
    WEEKDAY,
    ZONE,
    draft_of,
    note_view,
    rhythm_view,
)
from bot.cards.teams.talk_links import Of, decode_of, encode_of
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.teams.rhythm import Often, RhythmState
from bot.slack.context import Here
from bot.slack.press import Form, Press
from bot.slack.reply.answering import told_at
from bot.slack.reply.forms import open_modal
from bot.slack.reply.opened_from import below_of, opened_from
from bot.slack.reply.replies import reply_later
from bot.slack.reply.return_path import return_url
from bot.slack.routes import FormAnswer, Routes
from bot.slack.teams.talk_modal import show_below, show_page

_share, _point = decode_of(Of.SHARE), decode_of(Of.POINT)


def register(on: Routes) -> None:
    """Register what the controls of talks do."""
    on.press(Action.RHYTHM_SET, _share, open_rhythm)
    on.press(Action.RHYTHM_PAUSE, _share, pause)
    on.press(Action.RHYTHM_GO_ON, _share, go_on)
    on.press(Action.RHYTHM_END, _share, end)
    on.form(Callback.RHYTHM, _share, save_rhythm)
    on.press(Action.TALK_NOTE, _share, open_note)
    on.form(Callback.TALK_NOTE, _share, save_note)
    on.presses(Action.POINT_DONE, _point, done)


async def open_rhythm(press: Press[int], here: Here) -> None:
    """Open the form for the rhythm, with the zones of both."""
    page = await here.services.talking.page(here.member, press.request)
    today = here.services.actions.today(here.member)
    rhythm = page.rhythm.rhythm if page.rhythm else None
    draft = draft_of(rhythm, page.zone, page.their_zone, today.weekday())
    metadata = opened_from(encode_of(Of.SHARE, press.request), press)
    await open_modal(here, press, rhythm_view(draft, here.tr, metadata=metadata))


async def save_rhythm(form: Form[int], here: Here) -> FormAnswer:
    """Talk in the rhythm of the form from now on."""
    try:
        often, weekday = Often(form.view.at(OFTEN).choice), int(form.view.at(WEEKDAY).choice)
        at, zone = time.fromisoformat(form.view.at(TIME).text), form.view.at(ZONE).choice
        if not 0 <= weekday <= 6:
            raise OutdatedCard
    except ValueError:
        raise OutdatedCard from None
    await here.services.talking.set(
        here.member, form.request, often=often, weekday=weekday, at=at, zone=zone
    )
    show_below(form, here, form.request)
    return None


async def pause(press: Press[int], here: Here) -> None:
    """Let no briefs come until one of the two goes on."""
    await _turn(press, here, RhythmState.PAUSED)


async def go_on(press: Press[int], here: Here) -> None:
    """Let briefs come again."""
    await _turn(press, here, RhythmState.ON)


async def end(press: Press[int], here: Here) -> None:
    """Let no briefs come any more."""
    await _turn(press, here, RhythmState.ENDED)


async def _turn(press: Press[int], here: Here, state: RhythmState) -> None:
    await here.services.talking.turn(here.member, press.request, state)
    await show_page(press, here, press.request)


async def open_note(press: Press[int], here: Here) -> None:
    """Open the form for what was agreed."""
    page = await here.services.talking.page(here.member, press.request)
    metadata = opened_from(encode_of(Of.SHARE, press.request), press)
    await open_modal(here, press, note_view(page.other, here.tr, metadata=metadata))


async def save_note(form: Form[int], here: Here) -> FormAnswer:
    """Keep the points; what is wrong is told at the field, and nothing typed is lost."""
    both = form.view.at(FOR).choice == BOTH
    try:
        await here.services.talking.note(
            here.member, form.request, form.view.at(TEXT).text, both=both, token=form.view.id
        )
    except OutdatedCard:
        raise
    except NextrungError as error:
        return told_at(TEXT, error, here.tr)
    show_below(form, here, form.request)
    if not below_of(form.view.metadata):
        _tell_noted(form, here)
    return None


def _tell_noted(form: Form[int], here: Here) -> None:
    """Say beside the brief that the points are kept."""

    async def told() -> Card:
        text = here.tr(
            "Noted. It stands under *Agreed and talks* on your Home, and in the next brief until "
            "it is done."
        )
        return Card(text.replace("*", ""), [section(text)])

    url = return_url(here, form.view.metadata)
    reply_later(here, url, told, response_type="ephemeral", replace_original=False)


async def done(press: Press[int], here: Here) -> None:
    """Note that a point is done."""
    page = await here.services.talking.done(here.member, press.request)
    await show_page(press, here, page.share.id)
