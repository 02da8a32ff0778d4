"""Something with blocks that a member looks at: a message, a modal or an App Home."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from bot.sandbox.blocks import PRESSED, buttons_of, elements, label_of, options_of, text_of
from bot.sandbox.dispatch.interactions import Interactions
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.payloads import Place
from bot.sandbox.model import Blocks, Json
from bot.sandbox.plain import plain_text
from bot.sandbox.state.world import World

BUTTONS = (*PRESSED, "feedback_buttons")
Found = tuple[Json, Json]


class NoAnswer(AssertionError):
    """The bot gave no usable answer; the message is the notice that the member sees."""


class NoSuchElement(AssertionError):
    """Nothing on the surface is called like that; the message says what there is."""


class WrongSurface(AssertionError):
    """A message was used as a modal or the other way round."""


class Surface(ABC):
    """What messages and views have in common: things to read, press, choose and type into.

    Everything is read anew from the world, so a handle shows a message as it is now.
    """

    def __init__(self, interactions: Interactions, world: World, member_id: str) -> None:
        self._interactions = interactions
        self._world = world
        self.member_id = member_id

    @property
    @abstractmethod
    def place(self) -> Place:
        """The message or view itself."""

    @abstractmethod
    def again(self, outcome: Outcome) -> "Surface":
        """Return what the member looks at after something they did here."""

    @property
    def blocks(self) -> Blocks:
        """The blocks, with the ids that Slack added."""
        return self.place.blocks

    @property
    def text(self) -> str:
        """The top-level text of a message."""
        raise WrongSurface("a view has no text; use `plain` or `title`")

    @property
    def title(self) -> str:
        """The title of a modal."""
        raise WrongSurface("a message has no title")

    @property
    def errors(self) -> dict[str, str]:
        """The validation messages of a modal, by the label of their input."""
        raise WrongSurface("a message has no validation errors")

    @property
    def is_open(self) -> bool:
        """True while a modal is on the member's stack."""
        raise WrongSurface("a message is not open or closed")

    @property
    def plain(self) -> str:
        """All visible text in reading order, a line for each piece."""
        return plain_text(self.blocks)

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, in reading order."""
        return [
            text_of(button.get("text"))
            for _, element in elements(self.blocks)
            for button in buttons_of(element)
        ]

    @property
    def action_ids(self) -> list[str]:
        """The action_ids of everything that can be used, in reading order."""
        return [element["action_id"] for _, element in elements(self.blocks)]

    def options(self, name: str) -> list[str]:
        """Return the labels of a menu's options, the menu named as in `choose`."""
        _, element = self._one(name, lambda e: e["type"] not in BUTTONS)
        return [text_of(option["text"]) for option in options_of(element)]

    async def press(
        self,
        label: str | None = None,
        *,
        action_id: str | None = None,
        nth: int = 0,
        confirm: bool = True,
    ) -> "Surface":
        """Press a button, by its label or action_id; `nth` chooses among equals, from 0.

        Returns the modal that opened, else the message that changed or came, else this surface.
        Raises NoSuchElement, or NoAnswer with what Slack told the member. `confirm=False` declines
        the confirm dialog of a button that has one, and nothing is sent.
        """
        found = [
            (block, element, button)
            for block, element in elements(self.blocks)
            for button in buttons_of(element)
            if label in (None, text_of(button.get("text")))
            and action_id in (None, element["action_id"])
        ]
        if label is None and action_id is None:
            raise NoSuchElement("press() needs a label or an action_id")
        if nth >= len(found):
            raise NoSuchElement(f"no button {label or action_id!r} ({nth}) among {self.buttons}")
        block, element, button = found[nth]
        if element.get("confirm") and not confirm:
            return self
        return await self._act(block, element, None if button is element else button["value"])

    async def choose(self, name: str, value: Any) -> "Surface":
        """Choose in a menu, picker, check box or radio group and return as `press` does.

        `name` is the element's label, accessible label, placeholder or action_id; `value` an
        option's label or value (several in a list), or a date, time, or id. An external select is
        asked for the value first, as a person types it.
        """
        block, element = self._one(name, lambda e: e["type"] not in BUTTONS)
        return await self._act(block, element, await self._offered(block, element, value))

    async def suggest(self, name: str, typed: str) -> list[str]:
        """Type into an external select and return the labels of the options it then offers."""
        block, element = self._one(name, lambda e: "external" in e["type"])
        return [text_of(option["text"]) for option in await self._ask(block, element, typed)]

    async def fill(self, values: dict[str, Any]) -> "Surface":
        """Enter values by label (or action_id, block_id) as `choose` does; returns this surface.

        Elements that dispatch actions are dispatched, the others only hold the value.
        """
        for name, value in values.items():
            block, element = self._one(name, lambda e: e["type"] not in BUTTONS)
            await self._act(block, element, await self._offered(block, element, value))
        return self

    async def submit(self) -> "Surface":
        """Submit a modal; see ViewHandle."""
        raise WrongSurface("a message cannot be submitted")

    async def close(self) -> "Surface | None":
        """Close a modal; see ViewHandle."""
        raise WrongSurface("a message cannot be closed")

    def _one(self, name: str, usable: Callable[[Json], bool]) -> Found:
        candidates = [pair for pair in elements(self.blocks) if usable(pair[1])]
        for block, element in candidates:
            names = (label_of(block, element), element["action_id"], block["block_id"])
            more = (element.get("accessibility_label"), text_of(element.get("placeholder")))
            if name in (*names, *more, text_of(block.get("text"))):
                return block, element
        known = [label_of(block, e) or e["action_id"] for block, e in candidates]
        raise NoSuchElement(f"nothing is called {name!r} among {known}")

    async def _offered(self, block: Json, element: Json, value: Any) -> Any:
        if "external" not in element["type"] or value is None:
            return value
        many = value if isinstance(value, list) else [value]
        chosen = [
            item if isinstance(item, dict) else await self._search(block, element, str(item))
            for item in many
        ]
        return chosen if isinstance(value, list) else chosen[0]

    async def _search(self, block: Json, element: Json, wanted: str) -> Json:
        options = await self._ask(block, element, wanted)
        for option in options:
            if wanted in (text_of(option["text"]), option["value"]):
                return option
        labels = [text_of(option["text"]) for option in options]
        raise NoSuchElement(f"{wanted!r} is not offered, only {labels}")

    async def _ask(self, block: Json, element: Json, typed: str) -> list[Json]:
        outcome = await self._interactions.suggest(
            self.member_id, self.place, block["block_id"], element["action_id"], typed
        )
        if outcome.notice is not None:
            raise NoAnswer(outcome.notice)
        return outcome.options

    async def _act(self, block: Json, element: Json, value: Any) -> "Surface":
        outcome = await self._interactions.action(
            self.member_id, self.place, block["block_id"], element["action_id"], value
        )
        if outcome.notice is not None:
            raise NoAnswer(outcome.notice)
        return self.again(outcome)
