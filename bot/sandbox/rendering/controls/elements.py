"""Which drawing belongs to which element."""

from markupsafe import Markup

from bot.sandbox.blocks import SELECTS
from bot.sandbox.rendering.canvas import Place, as_json
from bot.sandbox.rendering.controls import buttons, inputs, selects
from bot.sandbox.rendering.controls.buttons import Draw
from bot.sandbox.rendering.markup import tag
from bot.sandbox.rendering.nodes import Node, text_of
from bot.sandbox.rendering.text.objects import render_text
from bot.sandbox.rendering.viewer import Viewer
from bot.sandbox.rendering.words import word

_ELEMENTS: dict[str, Draw] = {
    "button": buttons.button,
    "workflow_button": buttons.workflow_button,
    "overflow": buttons.overflow,
    "feedback_buttons": buttons.feedback_buttons,
    "icon_button": buttons.icon_button,
    "image": buttons.picture,
    "plain_text_input": inputs.text_input,
    "rich_text_input": inputs.rich_text_input,
    "email_text_input": inputs.typed_input,
    "url_text_input": inputs.typed_input,
    "number_input": inputs.typed_input,
    "datepicker": inputs.picker,
    "timepicker": inputs.picker,
    "datetimepicker": inputs.picker,
    "checkboxes": inputs.choices,
    "radio_buttons": inputs.choices,
    "file_input": inputs.file_input,
    **{f"{name}_select": selects.select for name in SELECTS},
    **{f"multi_{name}_select": selects.select for name in SELECTS},
}


def draw_element(element: Node, at: Place) -> Markup:
    """Any element of a block; one that is not known becomes a labelled box."""
    kind = text_of(element, "type")
    if kind in {"plain_text", "mrkdwn"}:
        return tag("span", render_text(element, at.viewer), class_="bk-text")
    draw = _ELEMENTS.get(kind)
    return draw(element, at) if draw else unknown(element, at.viewer)


def unknown(node: Node, viewer: Viewer) -> Markup:
    """A labelled box that still shows all that was sent."""
    label = word(viewer, "unsupported", type=text_of(node, "type") or "?")
    return tag("details", tag("summary", label), tag("pre", as_json(node)), class_="bk-unknown")
