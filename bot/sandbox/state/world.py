"""The state of the local Slack, and the only place that changes it.

Readers (the page, the tests) may look at every attribute; whoever wants to change something calls a
method, so that the revision moves on and every live page hears of it.
"""

from collections import defaultdict, deque
from itertools import takewhile
from typing import Any

from bot.sandbox import sample_organisation, samples
from bot.sandbox.clock import LocalClock
from bot.sandbox.model import (
    SLACKBOT,
    Channel,
    EventKind,
    Member,
    Message,
    Organisation,
    ResponseUrl,
    SharedFile,
    Token,
    Trigger,
    View,
    Workspace,
    WorldEvent,
)
from bot.sandbox.state.expiring import REMEMBERED, Expiring
from bot.sandbox.state.notifications import Notifier, Subscription

STACK_DEPTH = 3


class World(Expiring):
    """Organisations, workspaces, members, channels, messages and views."""

    def __init__(self, clock: LocalClock, *, bot_name: str = "Nextrung") -> None:
        self.clock = clock
        places, people = samples.workspaces(), samples.members(bot_name)
        self.organisations: dict[str, Organisation] = {}
        self.workspaces: dict[str, Workspace] = {place.id: place for place in places}
        self.members: dict[str, Member] = {person.id: person for person in people}
        self.channels: dict[str, Channel] = {c.id: c for c in samples.channels(people)}
        self.tokens: dict[str, Token] = {token.value: token for token in samples.tokens(places)}
        self.messages: dict[str, list[Message]] = defaultdict(list)
        self.modals: dict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self.views: dict[str, View] = {}
        self.unread: dict[tuple[str, str], int] = defaultdict(int)
        self.files: dict[str, SharedFile] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        # What members were called before their workspace was moved, and are now.
        self.renamed: dict[str, str] = {}
        self.revision = 0
        self._changes: deque[Message] = deque(maxlen=REMEMBERED)
        self._last_ts = 0
        self._serial = 0
        self._notifier = Notifier()

    # -- changes -----------------------------------------------------------------------------

    def subscribe(self) -> Subscription:
        """Return an async iterator of `WorldEvent` from now on; close it when done."""
        return self._notifier.subscribe()

    def publish(self, kind: EventKind, **fields: Any) -> None:
        """Tell every subscriber of a change that is not the world's own (inspector, clock)."""
        self._notifier.publish(WorldEvent(kind=kind, **fields))

    def close(self) -> None:
        """End every subscription."""
        self._notifier.close()

    def touch(self) -> int:
        """Move the world's revision on and return it."""
        self.revision += 1
        return self.revision

    def new_id(self, prefix: str) -> str:
        """Return an id that this world has not used yet."""
        self._serial += 1
        return f"{prefix}0{self._serial:08d}"

    def next_ts(self) -> str:
        """Return a message ts: seconds with six digits, later than every ts before it."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # -- people and places -------------------------------------------------------------------

    def add_organisation(self, *, bot_name: str) -> None:
        """Add the sample organisation, with its workspaces and people, without the app."""
        org = sample_organisation.organisation()
        self.organisations[org.id] = org
        self.workspaces |= {place.id: place for place in sample_organisation.workspaces()}
        self.members |= {person.id: person for person in sample_organisation.members(bot_name)}
        self.channels |= {channel.id: channel for channel in sample_organisation.channels()}

    def workspace_of(self, member_id: str) -> Workspace:
        """Return the workspace of a member. Raises KeyError for an unknown one."""
        return self.workspaces[self.members[member_id].workspace_id]

    def organisation_of(self, workspace_id: str) -> Organisation | None:
        """Return the organisation that a workspace is in, None where it is in none that we know."""
        return self.organisations.get(self.workspaces[workspace_id].enterprise_id or "")

    def app_workspace(self, member_id: str, channel: Channel | None = None) -> Workspace:
        """Return the workspace whose app a member deals with.

        In a channel of one of their own workspaces it is that one; elsewhere, and in a channel
        that another workspace shares with theirs, the first of their own that has the app.
        """
        own = [self.workspaces[each] for each in self.members[member_id].workspace_ids]
        if channel is not None and channel.im_member_id is None:
            for workspace in own:
                if workspace.id == channel.workspace_id:
                    return workspace
        return next((each for each in own if each.has_app), own[0])

    def bot_of(self, workspace_id: str) -> Member:
        """Return the app's own member of the workspace."""
        return self.members[self.workspaces[workspace_id].bot_member_id]

    def people(self, workspace_id: str) -> list[Member]:
        """Return the members of a workspace who are persons and active, in a stable order."""
        return [
            member
            for member in self.members.values()
            if workspace_id in member.workspace_ids
            and not (member.is_bot or member.deleted or member.id == SLACKBOT)
        ]

    def channel_named(self, workspace_id: str, name: str) -> Channel | None:
        """Return a channel by name (with or without '#') or id, or None."""
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if channel.workspace_id == workspace_id and wanted in (channel.id, channel.name):
                return channel
        return None

    def channel_for(self, member_id: str, name: str) -> Channel | None:
        """Return a channel as a member names it: of a workspace of theirs, or shared with it."""
        for workspace_id in self.members[member_id].workspace_ids:
            channel = self.channel_named(workspace_id, name)
            if channel is not None:
                return channel
        wanted = name.removeprefix("#")
        shared = (each for each in self.channels_of(member_id) if not each.is_im)
        return next((each for each in shared if wanted in (each.id, each.name)), None)

    def dm(self, member_id: str) -> Channel:
        """Return the app's direct messages with a member, opening them when needed."""
        channel_id = "D" + member_id[1:]
        if channel_id not in self.channels:
            workspace = self.app_workspace(member_id)
            self.channels[channel_id] = Channel(
                id=channel_id,
                workspace_id=workspace.id,
                name="directmessage",
                member_ids={member_id, workspace.bot_member_id},
                im_member_id=member_id,
                created=int(self.clock.now().timestamp()),
            )
            self.publish(
                "channel_opened",
                workspace_id=workspace.id,
                channel_id=channel_id,
                member_id=member_id,
            )
        return self.channels[channel_id]

    def channels_of(self, member_id: str) -> list[Channel]:
        """Return the channels and direct messages that the member takes part in."""
        return [c for c in self.channels.values() if member_id in c.member_ids]

    def change_member(self, member_id: str, **fields: Any) -> Member:
        """Set fields of a member (deleted, locale, tz, …) and return the member."""
        member = self.members[member_id]
        for name, value in fields.items():
            if not hasattr(member, name):
                raise AttributeError(f"a member has no {name}")
            setattr(member, name, value)
        member.updated = int(self.clock.now().timestamp())
        self.publish("member_changed", workspace_id=member.workspace_id, ref=member_id)
        return member

    def revoke(self, workspace_id: str, *, on: bool = True) -> None:
        """Revoke the bot token of a workspace, or (`on=False`) let it work again."""
        workspace = self.workspaces[workspace_id]
        org = self.organisation_of(workspace_id) if workspace.org_wide else None
        token = self.tokens.get(org.bot_token if org else workspace.bot_token)
        if token is None:
            raise ValueError(f"{workspace.name} has no token")
        token.revoked = on
        workspace.has_app = workspace.has_app or not on
        self.publish("faults")

    # -- messages ----------------------------------------------------------------------------

    def post(
        self,
        *,
        channel: Channel,
        author_id: str,
        text: str,
        workspace_id: str | None = None,
        **fields: Any,
    ) -> Message:
        """Add a message to a channel and return it; `fields` are those of `Message`.

        `workspace_id` is that of the app that posts, the channel's own unless another is named.
        """
        message = Message(
            ts=self.next_ts(),
            channel_id=channel.id,
            workspace_id=workspace_id or channel.workspace_id,
            author_id=author_id,
            text=text,
            revision=self.touch(),
            **fields,
        )
        self.messages[channel.id].append(message)
        for member_id in channel.member_ids - {author_id}:
            if message.visible_to(member_id) and not self.members[member_id].is_bot:
                self.unread[member_id, channel.id] += 1
        self._changes.append(message)
        self._announce("message_posted", message)
        return message

    def edit(self, message: Message, *, mark_edited: bool = True, **fields: Any) -> None:
        """Replace fields of a message in place; `mark_edited` shows it as edited."""
        for name, value in fields.items():
            setattr(message, name, value)
        if mark_edited:
            message.edited_ts = self.next_ts()
        message.revision = self.touch()
        self._changes.append(message)
        self._announce("message_changed", message)

    def delete(self, message: Message) -> None:
        """Take a message away from everyone; it stays known as deleted."""
        message.deleted = True
        message.revision = self.touch()
        self._changes.append(message)
        self._announce("message_deleted", message)

    def message(self, channel_id: str, ts: str) -> Message | None:
        """Return a message that was not deleted, or None."""
        for message in reversed(self.messages.get(channel_id, [])):
            if message.ts == ts and not message.deleted:
                return message
        return None

    def visible(self, channel_id: str, member_id: str) -> list[Message]:
        """Return the messages of a channel that the member sees, oldest first."""
        return [m for m in self.messages.get(channel_id, []) if m.visible_to(member_id)]

    def mark_read(self, member_id: str, channel_id: str) -> None:
        """Forget the unread count of a channel for a member."""
        if self.unread.pop((member_id, channel_id), 0):
            self.publish("unread_changed", channel_id=channel_id, member_id=member_id)

    def changed_since(self, revision: int, member_id: str) -> list[Message]:
        """Return what the member saw appear, change or vanish after `revision`, in that order."""
        found: dict[int, Message] = {}
        for message in takewhile(lambda m: m.revision > revision, reversed(self._changes)):
            in_channel = member_id in self.channels[message.channel_id].member_ids
            if in_channel and message.ephemeral_to in (None, member_id):
                found.setdefault(id(message), message)
        return sorted(found.values(), key=lambda message: message.revision)

    def _announce(self, kind: EventKind, message: Message) -> None:
        self.publish(
            kind,
            workspace_id=message.workspace_id,
            channel_id=message.channel_id,
            member_id=message.ephemeral_to,
            ref=message.ts,
        )

    # -- notices -----------------------------------------------------------------------------

    def notice(self, member_id: str, text: str) -> None:
        """Show a passing notice (a toast) to one member."""
        self.publish(
            "notice",
            workspace_id=self.members[member_id].workspace_id,
            member_id=member_id,
            ref=text,
        )
