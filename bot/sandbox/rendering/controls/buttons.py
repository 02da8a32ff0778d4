"""Elements that are pressed: buttons, overflow menus, feedback and icon buttons; and pictures."""

from collections.abc import Callable

from markupsafe import Markup

from bot.sandbox.rendering.canvas import Place, as_json, control
from bot.sandbox.rendering.markup import classes, join, tag
from bot.sandbox.rendering.nodes import Node, list_of, node_of, nodes_of, plain_of, text_of
from bot.sandbox.rendering.text.links import safe_image, safe_link
from bot.sandbox.rendering.text.objects import spoken, text_at
from bot.sandbox.rendering.words import word

Draw = Callable[[Node, Place], Markup]


def button(element: Node, at: Place) -> Markup:
    """A button; one with a ``url`` is a link that also tells the bot."""
    style = text_of(element, "style")
    attributes = control(element, at) | {
        "class_": classes("bk-button", f"bk-{style}" if style in {"primary", "danger"} else None),
        "aria_label": spoken(text_of(element, "accessibility_label")) or None,
        "data_value": text_of(element, "value") or None,
    }
    label = text_at(element, "text", at.viewer)
    url = safe_link(text_of(element, "url"))
    if url is None:
        return tag("button", label, type="button", **attributes)
    return tag("a", label, href=url, target="_blank", rel="noopener noreferrer", **attributes)


def workflow_button(element: Node, at: Place) -> Markup:
    """A button that would start a workflow, which the local Slack has none of."""
    label = plain_of(element, "text") or word(at.viewer, "workflow")
    return tag("button", label, type="button", class_="bk-button", disabled=True)


def overflow(element: Node, at: Place) -> Markup:
    """The three dots with a menu behind them."""
    menu_id = at.canvas.new_id()
    items = [_menu_item(option, at) for option in nodes_of(element, "options")]
    opener = tag(
        "button",
        "⋯",
        type="button",
        class_="bk-button bk-more",
        aria_label=word(at.viewer, "more"),
        aria_haspopup="menu",
        aria_expanded="false",
        aria_controls=menu_id,
    )
    menu = tag("div", join([*items]), role="menu", id=menu_id, class_="bk-menu", hidden=True)
    return tag("div", opener, menu, class_="bk-overflow", **control(element, at))


def _menu_item(option: Node, at: Place) -> Markup:
    inside = [text_at(option, "text", at.viewer)]
    if node_of(option, "description"):
        inside.append(tag("small", text_at(option, "description", at.viewer)))
    shared = {"role": "menuitem", "tabindex": "-1", "data_option": as_json(option)}
    url = safe_link(text_of(option, "url"))
    if url is None:
        return tag("button", join([*inside]), type="button", **shared)
    return tag("a", join([*inside]), href=url, target="_blank", rel="noopener noreferrer", **shared)


def feedback_buttons(element: Node, at: Place) -> Markup:
    """A thumb up and a thumb down."""
    buttons = []
    for key, sign in (("positive_button", "👍"), ("negative_button", "👎")):
        inner = node_of(element, key)
        name = spoken(text_of(inner, "accessibility_label") or plain_of(inner, "text")) or key
        attributes = control(element, at) | {"data_value": text_of(inner, "value") or None}
        buttons.append(
            tag(
                "button",
                sign,
                type="button",
                class_="bk-icon",
                aria_label=name,
                title=name,
                **attributes,
            )
        )
    return tag("span", join([*buttons]), class_="bk-feedback")


def icon_button(element: Node, at: Place) -> Markup:
    """A small button that shows only an icon and carries its text as a name.

    One that names the members it is for is shown to nobody else.
    """
    allowed = list_of(element, "visible_to_user_ids")
    if allowed and at.viewer.member_id not in allowed:
        return Markup("")
    name = spoken(text_of(element, "accessibility_label") or plain_of(element, "text"))
    attributes = control(element, at) | {"data_value": text_of(element, "value") or None}
    sign = "🗑" if text_of(element, "icon") == "trash" else "◆"
    return tag(
        "button", sign, type="button", class_="bk-icon", aria_label=name, title=name, **attributes
    )


def picture(element: Node, _at: Place) -> Markup:
    """An image element: an accessory, a card's icon, or a picture in a context line."""
    return image(element, class_="bk-picture")


def image(element: Node, *, class_: str) -> Markup:
    """A picture with its alternative text; the text alone where the address is not safe."""
    alternative = text_of(element, "alt_text")
    slack_file = node_of(element, "slack_file")
    url = text_of(element, "image_url") or text_of(slack_file, "url")
    source = safe_image(url)
    if source is None:
        return tag(
            "span",
            alternative or url,
            class_="bk-no-picture",
            role="img",
            aria_label=alternative or url,
        )
    return tag("img", src=source, alt=spoken(alternative), class_=class_, loading="lazy")
