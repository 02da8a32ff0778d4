"""The catalogue panel on Home: upload, publish, download, roll back, and who may."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.card import NAME, Card
from bot.cards.catalogue import views
from bot.cards.catalogue.links import decode_draft
from bot.cards.catalogue.outcomes import owners_card, publishing_card, taken_card
from bot.cards.ids import Action, Callback
from bot.cards.members.export_cards import preparing_card
from bot.cards.mrkdwn import clip
from bot.domain.catalogue.workspace_catalogue import Upload
from bot.domain.errors import OutdatedCard
from bot.slack.catalogue.background import (
    compare_later,
    examine_later,
    publish_later,
    rollback_later,
    telling,
    telling_in,
)
from bot.slack.catalogue.download import catalogue_parcel, format_names
from bot.slack.catalogue.uploads import check_size
from bot.slack.context import here_of
from bot.slack.reply.answering import as_json
from bot.slack.reply.delivering import send_later
from bot.slack.reply.form_values import field_in
from bot.slack.reply.forms import open_modal
from bot.slack.reply.home import refresh_home

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register what the panel does."""
    app.action(Action.CATALOGUE_UPLOAD)(open_upload)
    app.view(Callback.CATALOGUE_UPLOAD)(take_upload)
    app.action(Action.CATALOGUE_PUBLISH)(publish)
    app.action(Action.CATALOGUE_COMPARE)(compare)
    app.action(Action.CATALOGUE_DOWNLOAD)(open_download)
    app.view(Callback.CATALOGUE_DOWNLOAD)(download)
    app.action(Action.CATALOGUE_ROLLBACK)(open_rollback)
    app.view(Callback.CATALOGUE_ROLLBACK)(roll_back)
    app.action(Action.CATALOGUE_BUILT_IN)(use_built_in)
    app.action(Action.CATALOGUE_OWNERS)(open_owners)
    app.view(Callback.CATALOGUE_OWNERS)(save_owners)


async def open_upload(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the form that takes a file."""
    here = here_of(context)
    await here.services.own_catalogue.check(here.member)
    await open_modal(client, body, views.upload_view(here.tr))
    await ack()


async def take_upload(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Take a file, and say where the rest is told."""
    here = here_of(context)
    await here.services.own_catalogue.check(here.member)
    file = _file(view, views.FILE)
    if file is None:
        raise OutdatedCard
    mapping = _file(view, views.MAPPING)
    note = clip(_value(view, views.NOTE, "value"), views.MOST_NOTE)
    note = note or here.tr("Uploaded {file}", file=clip(str(file.get("name") or ""), NAME))
    upload = Upload(str(file["id"]), str(mapping["id"]) if mapping else None, note)
    examine_later(here, client, upload)
    told = views.told_view(here.tr("Upload a catalogue"), taken_card(here.tr), here.tr)
    await ack(response_action="update", view=as_json(told))


async def publish(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Publish what a message previews."""
    here, draft = here_of(context), decode_draft(action.get("value") or "")
    await ack()
    publish_later(here, client, draft, telling(here, client, *_place(body)))


async def compare(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Preview an upload again, against what members see by now."""
    here, draft = here_of(context), decode_draft(action.get("value") or "")
    await ack()
    compare_later(here, client, draft.upload, telling(here, client, *_place(body)))


async def open_download(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Ask for the format."""
    here = here_of(context)
    await here.services.own_catalogue.check(here.member)
    await open_modal(client, body, views.download_view(format_names(here.tr), here.tr))
    await ack()


async def download(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Send the catalogue as a file."""
    here = here_of(context)
    parcel = await catalogue_parcel(here, _option(view, views.FORMAT))
    title = here.tr("Download")
    first = views.told_view(title, preparing_card(here.tr), here.tr)
    await ack(response_action="update", view=as_json(first))

    def draw(card: Card) -> Payload:
        return as_json(views.told_view(title, card, here.tr))

    send_later(here, parcel, telling_in(here, client, str(view["id"]), draw))


async def open_rollback(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Ask for the revision."""
    here = here_of(context)
    own = here.services.own_catalogue
    await own.check(here.member)
    panel = await own.panel(here.member)
    if panel is None:
        raise OutdatedCard
    current = panel.current.number if panel.uses_own else None
    zone = here.member.time_zone
    await open_modal(client, body, views.rollback_view(panel.revisions, current, zone, here.tr))
    await ack()


async def roll_back(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Publish the chosen revision again."""
    here = here_of(context)
    await here.services.own_catalogue.check(here.member)
    chosen = _option(view, views.REVISION)
    if not chosen.isdecimal():
        raise OutdatedCard
    note = clip(_value(view, views.NOTE, "value"), views.MOST_NOTE)
    note = note or here.tr("Back to revision {number}", number=chosen)
    title = here.tr("Roll back")
    first = views.told_view(title, publishing_card(here.tr), here.tr)
    await ack(response_action="update", view=as_json(first))

    def draw(card: Card) -> Payload:
        return as_json(views.told_view(title, card, here.tr))

    tell = telling_in(here, client, str(view["id"]), draw)
    rollback_later(here, client, int(chosen), note, tell)


async def use_built_in(ack: AsyncAck, client: AsyncWebClient, context: AsyncBoltContext) -> None:
    """Let the workspace use the built-in catalogue."""
    here = here_of(context)
    await here.services.own_catalogue.use_built_in(here.member)
    await ack()
    refresh_home(here, client)


async def open_owners(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Ask who owns the catalogue."""
    here = here_of(context)
    rights = await here.services.own_catalogue.rights.of(here.member)
    rights.check_admin()
    await open_modal(client, body, views.owners_view(rights.granted, rights.named, here.tr))
    await ack()


async def save_owners(
    ack: AsyncAck, view: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Record who owns the catalogue."""
    here = here_of(context)
    chosen = [str(each) for each in _value(view, views.PEOPLE, "selected_users") or ()]
    await here.services.own_catalogue.rights.grant(here.member, chosen)
    title, card = here.tr("Catalogue owners"), owners_card(len(set(chosen)), here.tr)
    await ack(response_action="update", view=as_json(views.told_view(title, card, here.tr)))
    refresh_home(here, client)


def _value(view: Payload, block_id: str, key: str) -> Any:
    return field_in(view, block_id).get(key) or ""


def _option(view: Payload, block_id: str) -> str:
    chosen = field_in(view, block_id).get("selected_option") or {}
    return str(chosen.get("value") or "")


def _file(view: Payload, block_id: str) -> Payload | None:
    """Return the file of an input, None where there is none.

    Raises:
        UploadTooLarge: it is larger than any that is read.
    """
    files = field_in(view, block_id).get("files") or []
    file = files[0] if isinstance(files, list) and files else None
    if not isinstance(file, dict) or not file.get("id"):
        return None
    check_size(file)
    return file


def _place(body: Payload) -> tuple[str, str]:
    container = body.get("container") or {}
    return str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
