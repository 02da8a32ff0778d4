"""The people and places a fresh local Slack starts with. All are samples; none is a real person."""

from functools import partial

from bot.sandbox.model import SLACKBOT, Channel, Member, Token, Workspace

WORKSPACE = "TSAMPLE"
OTHER_WORKSPACE = "TOTHER"
ENGINEER = "U0ENGINEER"
MANAGER = "U0MANAGER"
ADMIN = "U0ADMIN"
CHINESE_ENGINEER = "U0CHINESE"
GUEST = "U0GUEST"
DEACTIVATED = "U0DEACTIVATED"
OTHER_ENGINEER = "U0OTHER"
BOT = "U0BOT"
OTHER_BOT = "U0OTHERBOT"

APP_ID = "A0LOCALSLACK"
CLIENT_ID = "1000000001.2000000002"
CLIENT_SECRET = "local-client-secret"  # noqa: S105 - a sample, for the local OAuth only
APP_TOKEN = "xapp-1-A0LOCALSLACK-local"  # noqa: S105 - a sample that opens nothing outside loopback
BOT_SCOPES = ("commands", "chat:write", "im:write", "users:read", "files:read", "files:write")
VERIFICATION_TOKEN = "local-verification-token"  # noqa: S105 - the same


def workspaces() -> list[Workspace]:
    """Return the two sample workspaces; the second shows that data stays apart."""
    return [
        Workspace(
            id=WORKSPACE,
            name="Sample Workspace",
            domain="sample-workspace",
            bot_member_id=BOT,
            bot_id="B0LOCALBOT",
            bot_token="xoxb-local-sample",  # noqa: S106 - a sample
        ),
        Workspace(
            id=OTHER_WORKSPACE,
            name="Second Workspace",
            domain="second-workspace",
            bot_member_id=OTHER_BOT,
            bot_id="B0OTHERBOT",
            bot_token="xoxb-local-second",  # noqa: S106 - a sample
        ),
    ]


def members(bot_name: str) -> list[Member]:
    """Return the sample people of both workspaces, Slackbot and the app's own bot members."""
    here = partial(Member, workspace_id=WORKSPACE)
    return [
        here(id=ENGINEER, handle="engineer", name="Sample Engineer", tz="Europe/Berlin"),
        here(id=MANAGER, handle="manager", name="Sample Manager", tz="America/New_York"),
        here(id=ADMIN, handle="admin", name="Sample Admin", is_admin=True),
        here(
            id=CHINESE_ENGINEER,
            handle="engineer.zh",
            name="示例工程师",
            tz="Asia/Shanghai",
            locale="zh-CN",
        ),
        here(id=GUEST, handle="guest", name="Sample Guest", is_restricted=True),
        here(id=DEACTIVATED, handle="former", name="Sample Former Member", deleted=True),
        Member(
            id=OTHER_ENGINEER,
            workspace_id=OTHER_WORKSPACE,
            handle="engineer",
            name="Second Engineer",
            tz="Europe/Paris",
        ),
        here(id=BOT, handle="app", name=bot_name, is_bot=True, tz="UTC"),
        Member(
            id=OTHER_BOT,
            workspace_id=OTHER_WORKSPACE,
            handle="app",
            name=bot_name,
            is_bot=True,
            tz="UTC",
        ),
        here(id=SLACKBOT, handle="slackbot", name="Slackbot", tz="UTC"),
    ]


def channels(people: list[Member]) -> list[Channel]:
    """Return the sample channels. The app is in #engineering only: real apps are in few."""
    active = {
        workspace: {
            person.id
            for person in people
            if person.workspace_id == workspace
            and not (person.deleted or person.is_bot or person.id == SLACKBOT)
        }
        for workspace in (WORKSPACE, OTHER_WORKSPACE)
    }
    return [
        Channel(
            id="C0GENERAL",
            workspace_id=WORKSPACE,
            name="general",
            member_ids=set(active[WORKSPACE]),
        ),
        Channel(
            id="C0ENGINEERING",
            workspace_id=WORKSPACE,
            name="engineering",
            member_ids=active[WORKSPACE] - {GUEST} | {BOT},
        ),
        Channel(
            id="C0OTHERGENERAL",
            workspace_id=OTHER_WORKSPACE,
            name="general",
            member_ids=set(active[OTHER_WORKSPACE]),
        ),
    ]


def tokens(places: list[Workspace]) -> list[Token]:
    """Return the bot token of every workspace, and the app-level token for Socket Mode."""
    bots = [
        Token(value=place.bot_token, kind="bot", workspace_id=place.id, scopes=BOT_SCOPES)
        for place in places
    ]
    app = Token(value=APP_TOKEN, kind="app", workspace_id=None, scopes=("connections:write",))
    return [*bots, app]
