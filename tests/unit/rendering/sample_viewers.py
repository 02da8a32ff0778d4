"""Viewers for the rendering tests, all at one moment."""

from datetime import UTC, datetime

from bot.sandbox.rendering import Viewer

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

ENGINEER = Viewer(
    now=NOW,
    member_id="U0ENGINEER",
    time_zone="Europe/Berlin",
    members={"U0ENGINEER": "Sample Engineer", "U0MANAGER": "Sample <Manager>"},
    channels={"C0GENERAL": "general"},
    groups={"S0TEAM": "ml-team"},
)
CHINESE = Viewer(now=NOW, member_id="U0CHINESE", locale="zh-CN", time_zone="Asia/Shanghai")
