"""Select menus as comboboxes: static, external, and those over people and channels."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from bot.sandbox.rendering.canvas import Place, as_json, control, naming
from bot.sandbox.rendering.markup import classes, join, tag
from bot.sandbox.rendering.nodes import (
    Node,
    list_of,
    node_of,
    nodes_of,
    number_of,
    plain_of,
    text_of,
)
from bot.sandbox.rendering.text.objects import spoken, text_at
from bot.sandbox.rendering.viewer import Viewer
from bot.sandbox.rendering.words import word

_DEFAULT_MIN_QUERY = 3


def select(element: Node, at: Place) -> Markup:
    """A select menu of any kind, single or multiple, closed.

    The list is drawn at once but for external menus, whose options the page asks the bot for.
    """
    kind = text_of(element, "type")
    multiple = kind.startswith("multi_")
    chosen = _initial(element, at.viewer)
    list_id = at.canvas.new_id()
    placeholder = spoken(plain_of(element, "placeholder")) or word(at.viewer, "choose")
    parts = [
        join([chip(option, at.viewer) for option in chosen]) if multiple else Markup(""),
        _field(
            at, placeholder, list_id, chosen="" if multiple or not chosen else label_of(chosen[0])
        ),
        tag(
            "div",
            options_list(element, at.viewer, chosen),
            role="listbox",
            id=list_id,
            class_="bk-options",
            aria_label=placeholder,
            aria_multiselectable="true" if multiple else None,
            hidden=True,
        ),
    ]
    attributes = control(element, at) | {
        "data_multiple": multiple,
        "data_max": number_of(element, "max_selected_items"),
        "data_min_query": _min_query(element) if "external" in kind else None,
        "data_selected": as_json(chosen[0]) if chosen and not multiple else None,
    }
    return tag(
        "div",
        join([*parts]),
        class_=classes("bk-select", "bk-multi" if multiple else None),
        **attributes,
    )


def _field(at: Place, placeholder: str, list_id: str, *, chosen: str) -> Markup:
    return tag(
        "input",
        type="text",
        role="combobox",
        class_="bk-select-field",
        placeholder=placeholder,
        value=chosen,
        autocomplete="off",
        spellcheck="false",
        aria_autocomplete="list",
        aria_expanded="false",
        aria_controls=list_id,
        **naming(at, placeholder),
    )


def _min_query(element: Node) -> int:
    length = number_of(element, "min_query_length")
    return _DEFAULT_MIN_QUERY if length is None else length


def chip(option: Node, viewer: Viewer) -> Markup:
    """One chosen option of a multiple select, with the button that takes it away."""
    label = label_of(option)
    remove = tag("button", "×", type="button", aria_label=word(viewer, "remove", name=label))
    return tag("span", label, remove, class_="bk-chip", data_option=as_json(option))


def options_list(element: Node, viewer: Viewer, chosen: Iterable[Node] = ()) -> Markup:
    """The options (or groups of them) as the children of a listbox.

    ``element`` may also be a bot's answer to a block suggestion.
    """
    values = {text_of(option, "value") for option in chosen}
    people = _people_options(text_of(element, "type"), viewer)
    if people is not None:
        return join([_option(option, viewer, values) for option in people])
    groups = nodes_of(element, "option_groups")
    if groups:
        return join([_group(group, viewer, values) for group in groups])
    return join([_option(option, viewer, values) for option in nodes_of(element, "options")])


def _group(group: Node, viewer: Viewer, chosen: set[str]) -> Markup:
    label = tag("div", text_at(group, "label", viewer), class_="bk-group-label", aria_hidden="true")
    options = [_option(option, viewer, chosen) for option in nodes_of(group, "options")]
    return tag(
        "div", label, join([*options]), role="group", aria_label=spoken(plain_of(group, "label"))
    )


def _option(option: Node, viewer: Viewer, chosen: set[str]) -> Markup:
    inside = [tag("span", text_at(option, "text", viewer))]
    if node_of(option, "description"):
        inside.append(tag("small", text_at(option, "description", viewer)))
    selected = text_of(option, "value") in chosen
    return tag(
        "div",
        join([*inside]),
        role="option",
        aria_selected="true" if selected else "false",
        data_option=as_json(option),
        data_label=label_of(option),
    )


def label_of(option: Node) -> str:
    """What a chosen option shows: the characters of its text."""
    return spoken(plain_of(option, "text"))


def _people_options(kind: str, viewer: Viewer) -> list[Node] | None:
    names: Mapping[str, str]
    if "users_select" in kind:
        names = viewer.members
    elif "conversations_select" in kind or "channels_select" in kind:
        names = {key: f"#{name}" for key, name in viewer.channels.items()}
    else:
        return None
    return [_named(key, name) for key, name in names.items()]


def _named(key: str, name: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": name}, "value": key}


_INITIAL_ID = ("initial_user", "initial_conversation", "initial_channel")


def _initial(element: Node, viewer: Viewer) -> list[Node]:
    options = nodes_of(element, "initial_options")
    if node_of(element, "initial_option"):
        options = [node_of(element, "initial_option")]
    names = {**viewer.members, **{key: f"#{name}" for key, name in viewer.channels.items()}}
    ids = [text_of(element, key) for key in _INITIAL_ID if text_of(element, key)]
    for key in _INITIAL_ID:
        ids += [str(item) for item in list_of(element, f"{key}s")]
    return options + [_named(key, names.get(key, key)) for key in ids]
