"""Block Kit as HTML, for the local Slack's page. Pure: no network, no clock, no state."""

from bot.sandbox.rendering.blocks import render_blocks
from bot.sandbox.rendering.state import with_state
from bot.sandbox.rendering.text.mrkdwn import render_mrkdwn
from bot.sandbox.rendering.viewer import Viewer

__all__ = ["Viewer", "render_blocks", "render_mrkdwn", "with_state"]
