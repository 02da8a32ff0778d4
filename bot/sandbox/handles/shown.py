"""A message and a view as a member sees them: each may lead to the other."""

from typing import Any

from bot.sandbox.blocks import label_of
from bot.sandbox.dispatch.interactions import Interactions
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.handles.surface import NoAnswer, Surface, WrongSurface
from bot.sandbox.model import Channel, Json, Message, SharedFile, View
from bot.sandbox.state.world import World


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

    @property
    def shared(self) -> list[SharedFile]:
        """The files it shares."""
        return [self._world.files[file_id] for file_id in self.message.file_ids]

    def again(self, outcome: Outcome) -> Surface:
        """Return the modal that opened, else the message that changed last, else this one."""
        if outcome.view is not None:
            return ViewHandle(self._interactions, self._world, self.member_id, outcome.view)
        if outcome.messages:
            newest = outcome.messages[-1]
            return MessageHandle(self._interactions, self._world, self.member_id, newest)
        return self


class ViewHandle(Surface):
    """A modal or an App Home as a member sees it; it follows updates in place."""

    def __init__(
        self, interactions: Interactions, world: World, member_id: str, view: View
    ) -> None:
        super().__init__(interactions, world, member_id)
        self.view = view

    def __repr__(self) -> str:
        return f"<{self.view.type} {self.view.id} {self.title!r}>"

    @property
    def place(self) -> View:
        """The view itself."""
        return self.view

    @property
    def title(self) -> str:
        """The modal's title."""
        return self.view.title

    @property
    def callback_id(self) -> str:
        """The modal's callback_id."""
        return self.view.callback_id

    @property
    def private_metadata(self) -> str:
        """What the app keeps in the view for itself."""
        return str(self.view.payload.get("private_metadata") or "")

    @property
    def is_open(self) -> bool:
        """True while the modal is on the member's stack."""
        return self.view.is_open

    @property
    def state(self) -> Json:
        """`state.values` as it stands."""
        return self.view.state

    @property
    def errors(self) -> dict[str, str]:
        """The validation messages in place, by the label of their input."""
        found = {}
        for block in self.blocks:
            message = self.view.errors.get(block["block_id"])
            if message is not None:
                found[label_of(block, block.get("element", {}))] = message
        return found

    def again(self, outcome: Outcome) -> Surface:
        """Return the modal that opened or changed, else the message that did, else this view."""
        if outcome.view is not None and outcome.view is not self.view:
            return ViewHandle(self._interactions, self._world, self.member_id, outcome.view)
        if self.view.is_open and outcome.view is self.view:
            return self
        return self._message(outcome) or self

    async def submit(self) -> Surface:
        """Submit and return what the member then sees.

        That is this modal with `errors`, the next or updated modal, the message that changed, the
        modal below, or this modal with `is_open` False. Raises NoAnswer on trouble.
        """
        outcome = await self._interactions.submit(self.view)
        if outcome.notice is not None:
            raise NoAnswer(outcome.notice)
        if outcome.view is None:
            below = self._below()
            return self._message(outcome) or below or self
        return self.again(outcome)

    async def close(self, *, clear: bool = False) -> Surface | None:
        """Close the modal (`clear`: the whole stack) and return the one below, if any."""
        if self.view.type != "modal":
            raise WrongSurface("an App Home cannot be closed")
        outcome = await self._interactions.close(self.view, clear=clear)
        if outcome.view is None:
            return None
        return ViewHandle(self._interactions, self._world, self.member_id, outcome.view)

    def value(self, name: str) -> Any:
        """Return what an input holds now, in Slack's shape (`{"type": …, "value": …}`)."""
        block, element = self._one(name, lambda _: True)
        return self.view.state.get(block["block_id"], {}).get(element["action_id"])

    def _below(self) -> Surface | None:
        stack = self._world.modals.get(self.member_id)
        if not stack or stack[-1] is self.view:
            return None
        return ViewHandle(self._interactions, self._world, self.member_id, stack[-1])

    def _message(self, outcome: Outcome) -> Surface | None:
        if not outcome.messages:
            return None
        newest = outcome.messages[-1]
        return MessageHandle(self._interactions, self._world, self.member_id, newest)
