"""Drafts in Slack: sent to another owner for a look, published on a day, called off."""

from datetime import date, datetime, time

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.catalogue import draft_cards
from bot.cards.catalogue.links import decode_draft, draft_number
from bot.cards.catalogue.outcomes import published_card, publishing_card
from bot.cards.catalogue.publish_view import NAME_FIELD, Asking, decided, decode_asking
from bot.cards.errors.card import card_of
from bot.cards.ids import Action, Callback
from bot.domain.catalogue.draft import DayPast, NoSecondOwner, NothingToWaitFor, Waiting
from bot.domain.catalogue.workspace_catalogue import UploadedDraft, UploadPreview
from bot.domain.errors import NextrungError, OutdatedCard
from bot.domain.local_time import zone_named
from bot.domain.nudges.schedule import moment_of
from bot.domain.tenancy import Member
from bot.domain.text import storable
from bot.formats.imports.report import ImportResult
from bot.slack.catalogue.background import (
    OVERTAKEN,
    overtaken_card,
    read_again,
    surely_told,
    told_to_the_end,
)
from bot.slack.catalogue.opening import name_not_typed, open_about
from bot.slack.context import Here
from bot.slack.press import Form, Press, Surface, Wrong
from bot.slack.reply.forms import open_modal
from bot.slack.reply.home import refresh_home
from bot.slack.reply.telling import Tell, telling_at, told_directly
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what is done with drafts."""
    on.press(Action.CATALOGUE_LATER, decode_draft, open_later)
    on.form(Callback.CATALOGUE_LATER, decode_asking, keep)
    on.press(Action.CATALOGUE_APPROVE, draft_number, approve)
    on.press(Action.CATALOGUE_COMMENT, draft_number, open_comment)
    on.form(Callback.CATALOGUE_COMMENT, draft_number, comment)
    on.press(Action.CATALOGUE_CALL_OFF, draft_number, call_off)
    on.press(Action.CATALOGUE_PUBLISH_DRAFT, draft_number, publish)


async def open_later(press: Press[UploadedDraft], here: Here) -> None:
    """Ask what a draft waits for."""

    at = (press.channel, press.ts)
    if not press.ts:
        # From the last page of an upload's way, what comes of it is told in the upload's message.
        upload = await here.services.uploads.current(here.member)
        at = (upload.channel, upload.ts) if upload else at

    def draw(_: ImportResult, preview: UploadPreview) -> View:
        return draft_cards.later_view(preview, *at, here.tr)

    await open_about(press, here, draw)


async def keep(form: Form[Asking], here: Here) -> FormAnswer:
    """Keep a draft until it is published; what is wrong is told at its field."""
    asking, view = form.request, form.view
    waiting = waiting_in(view, here.member)
    wrong = name_not_typed(view, asking.name, here)
    try:
        await here.services.drafts.check(here.member, waiting)
    except (NoSecondOwner, NothingToWaitFor) as error:
        wrong = {**wrong, draft_cards.REVIEWER: _words(error, here)}
    except DayPast as error:
        wrong = {**wrong, draft_cards.DAY: _words(error, here)}
    if wrong:
        return Wrong(wrong)
    chosen = {block: each.choice for block, each in view.fields.items()}
    tell = telling_at(here, asking.channel, asking.ts)

    async def kept() -> Card:
        try:
            preview = (await read_again(here, asking.draft, tell))[1]
            draft = await here.services.drafts.keep(
                here.member,
                preview,
                waiting,
                decisions=decided(chosen, preview),
                typed_name=view.at(NAME_FIELD).text,
            )
        except OVERTAKEN as error:
            return overtaken_card(here, asking.draft, error)
        await here.services.uploads.finish(here.member, asking.draft)
        refresh_home(here)
        asked = True
        if waiting.reviewer_id is not None:
            reviewer = await _known(here, waiting.reviewer_id)
            tr = here.services.translators.for_locale(reviewer.spoken)
            asked = await told_directly(
                here, reviewer.slack_id, draft_cards.look_card(preview, draft, tr)
            )
        return draft_cards.waiting_card(draft, here.tr, asked=asked)

    turn = ("keep", here.member.tenant, asking.draft)
    await surely_told(here, lambda: told_to_the_end(here, tell, kept), turn=turn)
    return None


async def approve(press: Press[int], here: Here) -> None:
    """Approve a draft, and let its author know."""
    draft, is_new = await here.services.drafts.approve(here.member, press.request)
    if is_new:
        author = await _known(here, draft.author_id)
        tr = here.services.translators.for_locale(author.spoken)
        overtaken = await here.services.drafts.is_overtaken(here.member, draft)
        card = draft_cards.approved_card(draft, tr, overtaken=overtaken)
        await told_directly(here, author.slack_id, card)
    await _telling(press, here)(draft_cards.thanked_card(draft, here.tr))


async def open_comment(press: Press[int], here: Here) -> None:
    """Ask what the second owner has to say."""
    draft = await here.services.drafts.get(here.member, press.request)
    draft.check_open()
    await open_modal(here, press, draft_cards.comment_view(draft, here.tr))


async def comment(form: Form[int], here: Here) -> FormAnswer:
    """Keep what the second owner says, and hand it to the author."""
    # Cut by characters: lines stay as they were written.
    words = storable(form.view.at(draft_cards.WORDS).text.strip())[: draft_cards.MOST_WORDS]
    try:
        draft = await here.services.drafts.comment(here.member, form.request, words)
    except NextrungError as error:
        return Wrong({draft_cards.WORDS: _words(error, here)})
    author = await _known(here, draft.author_id)
    tr = here.services.translators.for_locale(author.spoken)
    handed = await told_directly(here, author.slack_id, draft_cards.commented_card(draft, tr))
    sent = draft_cards.sent_words_card(draft, here.tr, handed=handed)
    await told_directly(here, here.member.slack_id, sent)
    return None


async def call_off(press: Press[int], here: Here) -> None:
    """Call a draft off."""
    await here.services.drafts.withdraw(here.member, press.request)
    await _telling(press, here)(draft_cards.called_off_card(here.tr))


async def publish(press: Press[int], here: Here) -> None:
    """Publish a draft now; what it was to wait for does not matter any more."""
    draft = await here.services.drafts.get(here.member, press.request)
    tell = _telling(press, here)

    async def published() -> Card:
        await tell(publishing_card(here.tr))
        try:
            receipt = await here.services.drafts.publish(here.member, press.request)
        except OVERTAKEN as error:
            return overtaken_card(here, draft.uploaded, error)
        refresh_home(here)
        return published_card(receipt.published, here.tr, receipt.back_to)

    turn = ("draft", press.request)
    await surely_told(here, lambda: told_to_the_end(here, tell, published), turn=turn)


def waiting_in(form: Surface, member: Member) -> Waiting:
    """Return what a form says to wait for; a day without a time means the morning.

    Raises:
        OutdatedCard: it holds no day or time.
    """
    reviewer = next(iter(form.at(draft_cards.REVIEWER).people), None)
    day, at = form.at(draft_cards.DAY).text, form.at(draft_cards.TIME).text
    try:
        moment = _moment(day, at, member) if day else None
    except ValueError:
        raise OutdatedCard from None
    return Waiting(reviewer, moment)


def _moment(day: str, at: str, member: Member) -> datetime:
    local = time.fromisoformat(at) if at else draft_cards.MORNING
    return moment_of(date.fromisoformat(day), local, zone_named(member.time_zone))


def _words(error: NextrungError, here: Here) -> str:
    return card_of(error, here.tr).text


def _telling(press: Press[int], here: Here) -> Tell:
    return telling_at(here, press.channel, press.ts)


async def _known(here: Here, slack_id: str) -> Member:
    """Return another owner as far as the bot knows them."""
    tenant = here.member.tenant
    return await here.services.members.known(tenant, slack_id) or Member(tenant, slack_id)
