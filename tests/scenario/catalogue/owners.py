"""Owners of a catalogue in scenarios: granted, their revisions, and their presses on Publish."""

from bot.domain.tenancy import Member, Tenant
from bot.sandbox.handles import MessageHandle
from bot.sandbox.samples import ADMIN, WORKSPACE
from tests.scenario.desk import Desk, Json, as_modal, interaction_fields
from tests.scenario.owning import SAMPLE

OWN = "workspace-tsample"


JOINER = "\u2060"


GROWN = f"{SAMPLE}\nBaker,Senior,Shop window,required,Working,Arranges the shop window."


async def revisions(desk: Desk, key: str = OWN) -> list[int]:
    history = await desk.nextrung.database.catalogues.history(key)
    return [each.number for each in history]


async def grant(desk: Desk, *slack_ids: str) -> None:
    """Let the admin choose the owners in the modal."""
    home = await desk.home(desk.admin)
    form = as_modal(await home.press("Owners"))
    await form.fill({"Catalogue owners": list(slack_ids)})
    told = as_modal(await form.submit())
    assert "Saved." in told.plain


def member(slack_id: str, team: str = WORKSPACE) -> Member:
    return Member(Tenant(team), slack_id)


def value_of(shown: MessageHandle) -> str:
    """Return what the button Publish carries."""
    return str(shown.blocks[-1]["elements"][0]["value"])


def press_of(handle: MessageHandle, value: str, trigger: str) -> Json:
    """Return the payload of a press on Publish by the admin, carrying `value`.

    `trigger` tells presses apart: the same one again is a second delivery of one press.
    """
    shown = handle.message
    return interaction_fields(
        "block_actions",
        user={"id": ADMIN, "username": "admin", "team_id": WORKSPACE},
        container={
            "type": "message",
            "message_ts": shown.ts,
            "channel_id": shown.channel_id,
            "is_ephemeral": False,
        },
        channel={"id": shown.channel_id, "name": "directmessage"},
        trigger_id=trigger,
        actions=[
            {
                "type": "button",
                "action_id": "catalogue_publish",
                "block_id": "b",
                "value": value,
                "action_ts": "1.0",
            }
        ],
    )
