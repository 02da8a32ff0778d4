"""Whatever else Slack may send: acknowledged, so that nobody sees an error for it."""

import re

from slack_bolt.async_app import AsyncAck, AsyncApp

_ANY = re.compile(".*")


def register(app: AsyncApp) -> None:
    """Register last: views, shortcuts and events that no other listener waits for."""
    app.view_submission(_ANY)(close)
    app.view_closed(_ANY)(acknowledge)
    app.shortcut(_ANY)(acknowledge)
    app.event(_ANY)(acknowledge)


async def close(ack: AsyncAck) -> None:
    """Close a form that this version does not have; an unknown form keeps nothing."""
    await ack(response_action="clear")


async def acknowledge(ack: AsyncAck) -> None:
    """Say that it arrived."""
    await ack()
