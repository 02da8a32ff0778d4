"""What a member sees at one place: the values behind the page's templates."""

from typing import Literal

from bot.sandbox.model import Channel, Member, Workspace
from bot.sandbox.rendering import Viewer
from bot.sandbox.state.world import World
from bot.values import dataclass

Tab = Literal["channel", "messages", "home", "about", "apps"]

APP_TABS: tuple[Tab, ...] = ("home", "messages", "about")
_TABS: tuple[Tab, ...] = (*APP_TABS, "apps")


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
        if self.tab == "apps" and self.member.also_in:
            return f"apps.{self.workspace.id}"
        return self.channel.id if self.tab == "channel" else self.tab

    @property
    def is_talk(self) -> bool:
        """Whether messages are shown here."""
        return self.tab in {"channel", "messages"}

    @property
    def is_app(self) -> bool:
        return self.tab in APP_TABS

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
    name, _, asked = place.partition(".")
    tab = next((known for known in _TABS if known == name), None)
    channel = world.channels[place] if tab is None else world.dm(member_id)
    if member_id not in channel.member_ids:
        raise KeyError(place)
    workspace = world.app_workspace(member_id, channel)
    if asked:
        # Where the apps of one of several workspaces are looked at, the address says which.
        workspace = world.workspaces[next(each for each in member.workspace_ids if each == asked)]
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
    own = set(member.workspace_ids)
    met = {each for channel in world.channels_of(member.id) for each in channel.member_ids}
    people = world.members.values()
    here = [each for each in people if own & set(each.workspace_ids) or each.id in met]
    return Viewer(
        now=world.clock.now(),
        member_id=member.id,
        locale=member.locale,
        time_zone=member.tz,
        members={other.id: other.name for other in here if not other.deleted},
        channels={
            channel.id: channel.name
            for channel in world.channels.values()
            if not channel.is_im
            and (channel.workspace_id in own or member.id in channel.member_ids)
        },
    )
