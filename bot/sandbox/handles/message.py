"""A message as a member sees it."""

from bot.sandbox.dispatch.interactions import Interactions
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.handles.surface import Surface
from bot.sandbox.handles.view import ViewHandle
from bot.sandbox.model import Channel, Message
from bot.sandbox.world import World


class MessageHandle(Surface):
    """A message as a member sees it; it follows edits in place."""

    def __init__(
        self, interactions: Interactions, world: World, member_id: str, message: Message
    ) -> None:
        super().__init__(interactions, world, member_id)
        self.message = message

    def __repr__(self) -> str:
        return f"<message {self.message.ts} {self.text[:60]!r}>"

    @property
    def place(self) -> Message:
        """The message itself."""
        return self.message

    @property
    def text(self) -> str:
        """The top-level text: the fallback where blocks are shown."""
        return self.message.text

    @property
    def ts(self) -> str:
        """The message's ts."""
        return self.message.ts

    @property
    def channel(self) -> Channel:
        """Where it stands."""
        return self._world.channels[self.message.channel_id]

    @property
    def is_ephemeral(self) -> bool:
        """True where only this member sees it."""
        return self.message.is_ephemeral

    @property
    def deleted(self) -> bool:
        """True once it was taken away."""
        return self.message.deleted

    @property
    def plain(self) -> str:
        """All visible text: of the blocks, or the message's text where it has none."""
        return super().plain if self.blocks else self.text

    @property
    def files(self) -> list[bytes]:
        """The contents of the files it shares."""
        return [self._world.files[file_id].content or b"" for file_id in self.message.file_ids]

    def again(self, outcome: Outcome) -> Surface:
        """Return the modal that opened, else the message that changed last, else this one."""
        if outcome.view is not None:
            return ViewHandle(self._interactions, self._world, self.member_id, outcome.view)
        if outcome.messages:
            newest = outcome.messages[-1]
            return MessageHandle(self._interactions, self._world, self.member_id, newest)
        return self
