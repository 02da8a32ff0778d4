"""A member, and what they can do."""

from bot.sandbox.dispatch.interactions import Interactions
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.handles.shown import MessageHandle, ViewHandle
from bot.sandbox.handles.surface import NoAnswer, Surface
from bot.sandbox.model import Json, Member
from bot.sandbox.state.world import World


class MemberHandle:
    """A member of a workspace, who types, presses and reads."""

    def __init__(self, interactions: Interactions, world: World, member_id: str) -> None:
        self._interactions = interactions
        self._world = world
        self.id = member_id
        world.workspace_of(member_id)

    @property
    def member(self) -> Member:
        """The member's profile."""
        return self._world.members[self.id]

    async def command(self, text: str, *, channel: str = "general") -> MessageHandle:
        """Type a slash command and return the newest message it caused.

        `channel` is a name, an id, or "dm" for the app's direct messages. Raises NoAnswer with the
        notice when the bot fails, and when the command caused no message (see `command_view`).
        """
        outcome = await self.command_outcome(text, channel=channel)
        if not outcome.messages:
            raise NoAnswer(f"{text!r} caused no message")
        return self._message(outcome)

    async def command_view(self, text: str, *, channel: str = "general") -> ViewHandle:
        """Type a slash command that opens a modal and return the modal."""
        outcome = await self.command_outcome(text, channel=channel)
        if outcome.view is None:
            raise NoAnswer(f"{text!r} opened no modal")
        return ViewHandle(self._interactions, self._world, self.id, outcome.view)

    async def command_outcome(self, text: str, *, channel: str = "general") -> Outcome:
        """Type a slash command and return all that came of it. Raises NoAnswer when it failed."""
        outcome = await self._interactions.command(self.id, text, self._channel_id(channel))
        if outcome.notice is not None:
            raise NoAnswer(outcome.notice)
        return outcome

    def upload(self, name: str, content: bytes) -> Json:
        """Return what a file input holds once the member has chosen this file for it."""
        return self._interactions.upload(self.id, name, content)

    async def say(
        self, text: str, *, channel: str = "general", thread_ts: str | None = None
    ) -> MessageHandle:
        """Post a plain message of the member's own, below the message `thread_ts` if given."""
        if text.startswith("/"):
            raise ValueError("a text that begins with a slash is a command")
        return self._message(
            await self._interactions.command(
                self.id, text, self._channel_id(channel), thread_ts=thread_ts
            )
        )

    async def global_shortcut(self, callback_id: str) -> Surface:
        """Use a global shortcut and return what it opened or posted."""
        return self.shown_by(await self._interactions.global_shortcut(self.id, callback_id))

    async def message_shortcut(
        self, callback_id: str, ts: str, *, channel: str | None = None
    ) -> Surface:
        """Use a message shortcut on the message with this ts and return what it opened or posted.

        Raises KeyError where the member sees no such message (in `channel`, if given).
        """
        places = (
            [self._channel_id(channel)]
            if channel
            else [place.id for place in self._world.channels_of(self.id)]
        )
        for place in places:
            for message in self._world.visible(place, self.id):
                if message.ts == ts:
                    return self.shown_by(
                        await self._interactions.message_shortcut(self.id, message, callback_id)
                    )
        raise KeyError(ts)

    async def open_home(self) -> ViewHandle:
        """Open the App Home and return it. Raises NoAnswer where the bot has published none."""
        outcome = await self._interactions.open_home(self.id)
        if outcome.notice is not None:
            raise NoAnswer(outcome.notice)
        return self.home

    @property
    def home(self) -> ViewHandle:
        """The App Home as it was last published. Raises NoAnswer where there is none."""
        view = self._world.homes.get(self.id)
        if view is None:
            raise NoAnswer("the bot has published no App Home for this member")
        return ViewHandle(self._interactions, self._world, self.id, view)

    @property
    def modal(self) -> ViewHandle | None:
        """The modal on top of the member's stack, or None."""
        stack = self._world.modals.get(self.id)
        if not stack:
            return None
        return ViewHandle(self._interactions, self._world, self.id, stack[-1])

    def messages(self, channel: str = "dm") -> list[MessageHandle]:
        """Return what the member sees in a channel, or in the app's direct messages."""
        return [
            MessageHandle(self._interactions, self._world, self.id, message)
            for message in self._world.visible(self._channel_id(channel), self.id)
        ]

    def _channel_id(self, name: str) -> str:
        if name == "dm":
            return self._world.dm(self.id).id
        channel = self._world.channel_for(self.id, name)
        if channel is None:
            raise KeyError(name)
        return channel.id

    def _message(self, outcome: Outcome) -> MessageHandle:
        return MessageHandle(self._interactions, self._world, self.id, outcome.messages[-1])

    def shown_by(self, outcome: Outcome) -> Surface:
        """Return what something they did opened or posted. Raises NoAnswer where it did neither."""
        if outcome.notice is not None:
            raise NoAnswer(outcome.notice)
        if outcome.view is not None:
            return ViewHandle(self._interactions, self._world, self.id, outcome.view)
        if outcome.messages:
            return self._message(outcome)
        raise NoAnswer("nothing opened and nothing was posted")
