"""The local Slack's page: server-rendered, with a little plain JavaScript and live updates."""

from bot.sandbox.page.routes import page_routes

__all__ = ["page_routes"]
