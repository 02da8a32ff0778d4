"""What a member sees at one place: the values behind the page's templates."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.model import Channel, Member, Workspace
from bot.sandbox.rendering import Viewer
from bot.sandbox.state.world import World

Tab = Literal["channel", "messages", "home", "about"]

APP_TABS: tuple[Tab, ...] = ("home", "messages", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One member at one place. ``place`` is what stands in the address."""

    world: World
    member: Member
    workspace: Workspace
    app: Member
    tab: Tab
    channel: Channel
    viewer: Viewer

    @property
    def place(self) -> str:
        return self.channel.id if self.tab == "channel" else self.tab

    @property
    def is_talk(self) -> bool:
        """Whether messages are shown here."""
        return self.tab in {"channel", "messages"}

    @property
    def is_app(self) -> bool:
        return self.tab != "channel"

    @property
    def address(self) -> str:
        """The path of the page, without a trailing slash."""
        return f"/as/{self.member.id}/{self.place}"


def default_place(world: World, member_id: str) -> str:
    """The channel a member lands in. Raises KeyError for an unknown member."""
    world.workspace_of(member_id)
    for channel in world.channels_of(member_id):
        if not channel.is_im:
            return channel.id
    return "home"


def open_screen(world: World, member_id: str, place: str) -> Screen:
    """The screen of a member at a place.

    Raises KeyError where there is no such member or no such place for them.
    """
    member = world.members[member_id]
    if member.is_bot:
        raise KeyError(member_id)
    workspace = world.workspace_of(member_id)
    tab = next((known for known in APP_TABS if known == place), None)
    channel = world.channels[place] if tab is None else world.dm(member_id)
    if member_id not in channel.member_ids:
        raise KeyError(place)
    return Screen(
        world=world,
        member=member,
        workspace=workspace,
        app=world.bot_of(workspace.id),
        tab=tab or ("messages" if channel.is_im else "channel"),
        channel=channel,
        viewer=viewer_of(world, member),
    )


def viewer_of(world: World, member: Member) -> Viewer:
    """For whom blocks are rendered: the member, and the names they may see."""
    here = [other for other in world.members.values() if other.workspace_id == member.workspace_id]
    return Viewer(
        now=world.clock.now(),
        member_id=member.id,
        locale=member.locale,
        time_zone=member.tz,
        members={other.id: other.name for other in here if not other.deleted},
        channels={
            channel.id: channel.name
            for channel in world.channels.values()
            if channel.workspace_id == member.workspace_id and not channel.is_im
        },
    )
