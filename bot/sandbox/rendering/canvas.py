"""Where a piece of Block Kit is drawn: for whom, on which surface, and under which ids."""

import json
from collections.abc import Mapping
from dataclasses import field, replace
from itertools import count
from typing import Literal, Self

from bot.sandbox.rendering.markup import Attribute
from bot.sandbox.rendering.nodes import Node, list_of, node_of, text_of
from bot.sandbox.rendering.viewer import Viewer
from bot.values import dataclass

Surface = Literal["message", "modal", "home"]


@dataclass(slots=True)
class Canvas:
    """One rendering of one list of blocks; ``prefix`` keeps element ids apart on a page."""

    viewer: Viewer
    prefix: str
    surface: Surface = "message"
    errors: Mapping[str, str] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count, init=False)

    def new_id(self) -> str:
        """An id that no other element of the page has."""
        return f"{self.prefix}-{next(self._numbers)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An element's place: its block, and how its input block labels it."""

    canvas: Canvas
    block_id: str
    in_input: bool = False
    dispatch: bool = True
    control_id: str | None = None
    labelled_by: str | None = None
    described_by: str | None = None
    required: bool = False
    invalid: bool = False

    @property
    def viewer(self) -> Viewer:
        return self.canvas.viewer

    def labelled(self, *, control_id: str, labelled_by: str, described_by: str) -> Self:
        """The same place with the ids that tie the control to its label, hint and error."""
        return replace(
            self, control_id=control_id, labelled_by=labelled_by, described_by=described_by
        )


def control(element: Node, at: Place) -> dict[str, Attribute]:
    """The attributes by which the page's scripts know an element and what it sends."""
    config = list_of(node_of(element, "dispatch_action_config"), "trigger_actions_on")
    confirm = node_of(element, "confirm")
    return {
        "data_control": text_of(element, "type"),
        "data_block": at.block_id,
        "data_action": text_of(element, "action_id"),
        "data_dispatch": at.dispatch,
        "data_triggers": " ".join(str(item) for item in config) or None,
        "data_confirm": as_json(confirm) if confirm else None,
        "data_focus": element.get("focus_on_load") is True,
    }


def naming(at: Place, name: str) -> dict[str, Attribute]:
    """The accessible name: the input block's label where there is one, else the name given."""
    if at.in_input:
        return {
            "id": at.control_id,
            "aria_labelledby": at.labelled_by,
            "aria_describedby": at.described_by,
            "aria_required": "true" if at.required else None,
            "aria_invalid": "true" if at.invalid else None,
        }
    return {"aria_label": name}


def as_json(node: Mapping[str, object]) -> str:
    """The object as compact JSON for a data attribute."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"), default=str)
