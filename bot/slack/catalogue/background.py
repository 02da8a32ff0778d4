"""Work on a workspace's catalogue that takes its time: told at once, done beside the answers."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import field

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.catalogue.outcomes import (
    back_card,
    preview_card,
    problems_card,
    published_card,
    publishing_card,
    reading_card,
    stale_card,
)
from bot.cards.catalogue.publish_view import decided
from bot.cards.catalogue.views import told_view
from bot.cards.errors.card import error_card
from bot.domain.catalogue.goings import UnknownGoing
from bot.domain.catalogue.publication import StalePreview
from bot.domain.catalogue.workspace_catalogue import (
    DraftGone,
    NameNotTyped,
    Upload,
    UploadedDraft,
    UploadPreview,
)
from bot.domain.errors import NextrungError
from bot.domain.members.effects import EffectKind, Errand
from bot.formats.imports.report import ImportResult
from bot.log import get_logger
from bot.slack.catalogue.reading import read_upload
from bot.slack.context import Here
from bot.slack.reply.failures import failure_of
from bot.slack.reply.home import refresh_home
from bot.slack.reply.telling import Tell, tell_directly, updating_modal
from bot.values import dataclass

# Draws a preview, with what was found in its file, as a modal.
Draw = Callable[[ImportResult, UploadPreview], View]
# Begun only when its turn has come; a card tells what came of it.
Work = Callable[[], Awaitable[Card]]

# What has to be looked at anew: what goes is another by now than was decided about.
OVERTAKEN = (StalePreview, UnknownGoing, NameNotTyped)

log = get_logger()


async def surely_told(
    here: Here, work: Callable[[], Awaitable[None]], *, turn: Hashable = None
) -> None:
    """Do it beside the answer; where this process ends before, another one says so.

    Raises:
        StoreUnavailable: that could not be kept, so nothing begins.
    """
    member, effects = here.member, here.services.effects
    errand = Errand(member.tenant, EffectKind.CATALOGUE_WORK, member.slack_id)
    effect = await effects.begin(errand)
    if not here.later(effects.carry_out(effect, work), turn=turn):
        await effects.drop(effect)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What an owner filled in before publishing: choices by field, and the name as it was typed."""

    chosen: Mapping[str, str] = field(default_factory=dict, hash=False)
    name: str = ""


async def publish_later(here: Here, draft: UploadedDraft, tell: Tell, confirmed: Confirmed) -> None:
    """Publish a previewed upload beside the answer; a second press waits for the first."""
    await surely_told(
        here,
        lambda: told_to_the_end(here, tell, lambda: _published(here, draft, tell, confirmed)),
        turn=("publish", here.member.tenant, draft),
    )


async def _published(here: Here, draft: UploadedDraft, tell: Tell, confirmed: Confirmed) -> Card:
    own = here.services.own_catalogue
    await own.check(here.member)
    await tell(publishing_card(here.tr))
    try:
        preview = (await read_again(here, draft, tell))[1]
    except DraftGone:
        done = await own.releases.published(here.member, draft)
        if done is None:
            raise
        return published_card(done, here.tr)
    except StalePreview as error:
        return overtaken_card(here, draft, error)
    try:
        receipt = await own.releases.publish(
            here.member,
            draft,
            preview.content,
            decisions=decided(confirmed.chosen, preview),
            typed_name=confirmed.name,
        )
    except OVERTAKEN as error:
        return overtaken_card(here, draft, error)
    own.let_go(draft)
    await here.services.uploads.finish(here.member, draft)
    await here.services.drafts.finish(here.member, draft)
    refresh_home(here)
    return published_card(receipt.published, here.tr, receipt.back_to)


async def read_again(
    here: Here, draft: UploadedDraft, tell: Tell
) -> tuple[ImportResult, UploadPreview]:
    """Return what was previewed.

    Another process may have done that, or this one was restarted since: then the file is still
    there, and is read again.

    Raises:
        StalePreview: the file has become another.
        DraftGone: the file is gone.
    """
    kept = here.services.own_catalogue.kept(draft)
    if kept is not None:
        return kept
    result, preview = await read_upload(here, draft.upload, tell)
    if preview is None or preview.draft.digest != draft.digest:
        raise StalePreview(number=draft.base)
    return result, preview


def show_later(here: Here, draft: UploadedDraft, view_id: str, draw: Draw) -> None:
    """Draw something about a preview in an open modal, once its file is read again."""
    show = updating_modal(here, view_id)

    async def tell(card: Card) -> bool:
        return await show(told_view("Nextrung", card, here.tr))

    async def shown() -> None:
        try:
            view = draw(*await read_again(here, draft, tell))
        except Exception as error:  # noqa: BLE001 - nobody waits for this task: the member is told
            await tell(explained(here, error))
        else:
            await show(view)

    here.later(shown())


def overtaken_card(here: Here, draft: UploadedDraft, error: NextrungError) -> Card:
    """Return what tells why a preview is not published or kept, with the way to a new one."""
    log.warning("catalogue_work_refused", code=error.code, team=here.member.tenant.team_id)
    return stale_card(error_card(error.code, error.params, here.tr), draft, here.tr)


async def compare_later(here: Here, upload: Upload, tell: Tell) -> None:
    """Read an upload anew beside the answer, and show its preview in place of the old one."""
    await surely_told(
        here, lambda: told_to_the_end(here, tell, lambda: _compared(here, upload, tell))
    )


async def _compared(here: Here, upload: Upload, tell: Tell) -> Card:
    await tell(reading_card(0, here.tr))
    result, preview = await read_upload(here, upload, tell)
    if preview is None:
        return problems_card(result, here.tr)
    return preview_card(preview, result, here.tr)


async def rollback_later(
    here: Here, number: int, note: str, base: int | None, tell: Tell, *, typed_name: str | None
) -> None:
    """Publish an earlier revision again, beside the answer; `base` was the newest then.

    0 is the built-in catalogue; `typed_name` is as in `Releases.rollback`.
    """
    own = here.services.own_catalogue

    async def rolled_back() -> Card:
        if not number:
            await own.releases.use_built_in(here.member, base, typed_name)
            refresh_home(here)
            return back_card(here.tr)
        published = await own.releases.rollback(here.member, number, note, base, typed_name)
        refresh_home(here)
        return published_card(published, here.tr)

    await surely_told(here, lambda: told_to_the_end(here, tell, rolled_back))


def tell_later(here: Here, tell: Tell, work: Work) -> None:
    """Do it beside the answer, and tell what came of it, whatever that is."""

    async def in_place(card: Card) -> bool:
        await tell(card)
        return True  # who closed it has seen enough

    here.later(told_to_the_end(here, in_place, work))


async def told_to_the_end(here: Here, tell: Tell, work: Work) -> None:
    """Do it and tell what came of it, whatever that is."""
    try:
        card = await work()
    except Exception as error:  # noqa: BLE001 - nobody waits for this task: the member is told
        card = explained(here, error)
    if not await tell(card):
        await tell_directly(here, card)


def explained(here: Here, error: Exception) -> Card:
    """Log what work on the catalogue failed with, and return what the member is told."""
    team, failure = here.member.tenant.team_id, failure_of(error, here.tr)
    if isinstance(error, NextrungError):
        log.warning("catalogue_work_refused", code=error.code, team=team)
    else:
        incident = failure.incident
        log.error("catalogue_work_failed", incident=incident, team=team, exc_info=error)
    return failure.card
