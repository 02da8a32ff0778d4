"""A sample Enterprise organisation (a Grid): two workspaces, and people in one or in both.

All are samples; none is a real person. Its app is installed by whoever tries that: it has no token.
"""

from functools import partial

from bot.sandbox.model import Channel, Member, Organisation, Workspace
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE

ORGANISATION = "E0SAMPLE"
NORTH = "TNORTH"
SOUTH = "TSOUTH"
OWNER = "W0OWNER"
NORTH_ADMIN = "W0ADMIN"
NORTH_ENGINEER = "W0NORTH"
SOUTH_ENGINEER = "W0SOUTH"
IN_BOTH = "W0BOTH"
ORG_BOT = "W0BOT"
SHARED_CHANNEL = "C0PARTNERS"


def organisation() -> Organisation:
    """Return the organisation, without the app."""
    return Organisation(
        id=ORGANISATION,
        name="Sample Organisation",
        domain="sample-organisation",
        bot_member_id=ORG_BOT,
        bot_id="B0ORGBOT",
        owner_ids=(OWNER,),
    )


def workspaces() -> list[Workspace]:
    """Return its two workspaces, without the app."""
    here = partial(
        Workspace,
        bot_member_id=ORG_BOT,
        bot_id="B0ORGBOT",
        enterprise_id=ORGANISATION,
        has_app=False,
    )
    return [
        here(id=NORTH, name="North Workspace", domain="sample-north"),
        here(id=SOUTH, name="South Workspace", domain="sample-south"),
    ]


def members(bot_name: str) -> list[Member]:
    """Return its people: an owner of the organisation, an admin of one workspace, engineers."""
    north, south = partial(Member, workspace_id=NORTH), partial(Member, workspace_id=SOUTH)
    return [
        north(id=OWNER, handle="owner", name="Sample Org Owner", is_admin=True, also_in=(SOUTH,)),
        north(id=NORTH_ADMIN, handle="north.admin", name="North Admin", is_admin=True),
        north(id=NORTH_ENGINEER, handle="north", name="North Engineer", tz="Europe/Oslo"),
        north(id=IN_BOTH, handle="both", name="Both Engineer", also_in=(SOUTH,)),
        south(
            id=SOUTH_ENGINEER,
            handle="south",
            name="南方示例工程师",
            tz="Asia/Singapore",
            locale="zh-CN",
        ),
        north(id=ORG_BOT, handle="app", name=bot_name, is_bot=True, tz="UTC", also_in=(SOUTH,)),
    ]


def channels() -> list[Channel]:
    """Return a channel of each workspace, and one that is shared with the first workspace."""
    return [
        Channel(
            id="C0NORTHGENERAL",
            workspace_id=NORTH,
            name="general",
            member_ids={OWNER, NORTH_ADMIN, NORTH_ENGINEER, IN_BOTH},
        ),
        Channel(
            id="C0SOUTHGENERAL",
            workspace_id=SOUTH,
            name="general",
            member_ids={OWNER, IN_BOTH, SOUTH_ENGINEER},
        ),
        Channel(
            id=SHARED_CHANNEL,
            workspace_id=WORKSPACE,
            name="partners",
            member_ids={ENGINEER, MANAGER, SOUTH_ENGINEER},
        ),
    ]
