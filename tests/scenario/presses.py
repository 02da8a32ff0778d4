"""Presses of one's own making, as an older or newer version of the bot would get them."""

from typing import Any

from tests.scenario.desk import Desk, Json, interaction_fields

MESSAGE: Json = {
    "container": {
        "type": "message",
        "message_ts": "1.2",
        "channel_id": "C0GENERAL",
        "is_ephemeral": True,
    },
    "channel": {"id": "C0GENERAL", "name": "general"},
    "state": {"values": {}},
}
MODAL: Json = {"id": "V1", "type": "modal", "state": {"values": {}}, "blocks": []}


def pressed(desk: Desk, action: Json, **changes: Any) -> Json:
    """Return a press on an ephemeral message, with a response URL that works."""
    fields = MESSAGE | {"response_url": desk.response_url(), "actions": [action]} | changes
    return interaction_fields("block_actions", **fields)


def button(action_id: str, value: Any) -> Json:
    found: Json = {"type": "button", "action_id": action_id, "block_id": "b", "action_ts": "1.3"}
    return found if value is None else found | {"value": value}


def chosen(action_id: str, block_id: str, option: Any) -> Json:
    return {
        "type": "static_select",
        "action_id": action_id,
        "block_id": block_id,
        "action_ts": "1.3",
        "selected_option": option,
    }
