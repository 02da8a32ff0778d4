"""Every element: what it becomes, and what the page's scripts find on it."""

import json

import pytest

from bot.sandbox.rendering import Viewer
from tests.unit.rendering.sample_blocks import (
    IMAGE,
    Json,
    in_actions,
    in_input,
    option,
    plain,
    read,
)


def test_a_button_says_all_the_scripts_need(viewer: Viewer) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Really")}
    block = in_actions(
        {
            "type": "button",
            "text": plain("Go *now*"),
            "value": "v<1>",
            "style": "primary",
            "confirm": confirm,
            "accessibility_label": "Go at once",
        }
    )
    found = read(block, viewer)
    button = found.find("button")[0]
    assert found.text == "Go *now*"
    assert button["class"] == "bk-button bk-primary"
    assert (button["data-control"], button["data-block"], button["data-action"]) == (
        "button",
        "b",
        "a",
    )
    assert button["aria-label"] == "Go at once"
    assert json.loads(button["data-confirm"] or "") == confirm


@pytest.mark.parametrize(
    ("url", "tag"), [("https://example.com", "a"), ("javascript:alert(1)", "button")]
)
def test_only_a_safe_address_makes_a_button_a_link(viewer: Viewer, url: str, tag: str) -> None:
    found = read(in_actions({"type": "button", "text": plain("x"), "url": url}), viewer)
    assert len(found.find(tag)) == 1
    assert found.find(tag)[0]["data-control"] == "button"


SELECTS = [
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
]


@pytest.mark.parametrize("kind", [*SELECTS, *(f"multi_{kind}" for kind in SELECTS)])
def test_selects_are_comboboxes_with_a_listbox_of_their_own(viewer: Viewer, kind: str) -> None:
    element = {"type": kind, "placeholder": plain("Pick"), "options": [option("one")]}
    found = read(in_actions(element), viewer)
    field = next(a for _, a in found.elements if a.get("role") == "combobox")
    listbox = next(a for _, a in found.elements if a.get("role") == "listbox")
    assert field["aria-controls"] == listbox["id"]
    assert field["aria-label"] == "Pick"
    assert "hidden" in listbox
    names = {a["data-label"] for _, a in found.elements if a.get("role") == "option"}
    people = {"Sample Engineer", "Sample <Manager>"}
    expected = (
        people
        if "users" in kind
        else {"#general"}
        if "ons_" in kind or "channels" in kind
        else {"One"}
    )
    assert names == expected


def test_a_select_shows_what_is_chosen_and_groups_its_options(viewer: Viewer) -> None:
    groups = [
        {"label": plain("First"), "options": [option("one", description=plain("the first"))]},
        {"label": plain("Second"), "options": [option("two")]},
    ]
    element = {"type": "static_select", "option_groups": groups, "initial_option": option("two")}
    found = read(in_actions(element), viewer)
    assert next(a for _, a in found.elements if a.get("role") == "combobox")["value"] == "Two"
    chosen = {
        a["data-label"]: a["aria-selected"] for _, a in found.elements if a.get("role") == "option"
    }
    assert chosen == {"One": "false", "Two": "true"}
    assert [a["aria-label"] for _, a in found.elements if a.get("role") == "group"] == [
        "First",
        "Second",
    ]


def test_an_external_select_tells_how_much_must_be_typed(viewer: Viewer) -> None:
    found = read(in_actions({"type": "external_select"}), viewer)
    wrapper = next(a for _, a in found.elements if a.get("data-control") == "external_select")
    assert wrapper["data-min-query"] == "3"
    found = read(in_actions({"type": "external_select", "min_query_length": 0}), viewer)
    wrapper = next(a for _, a in found.elements if a.get("data-control") == "external_select")
    assert wrapper["data-min-query"] == "0"


INPUTS = [
    ({"type": "plain_text_input", "initial_value": "x"}, "input", {"type": "text", "value": "x"}),
    ({"type": "plain_text_input", "max_length": 9}, "input", {"maxlength": "9"}),
    ({"type": "email_text_input"}, "input", {"type": "email"}),
    ({"type": "url_text_input"}, "input", {"type": "url"}),
    (
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
        "input",
        {"type": "number", "step": "1", "min": "1"},
    ),
    ({"type": "number_input", "is_decimal_allowed": True}, "input", {"step": "any"}),
    (
        {"type": "datepicker", "initial_date": "2026-01-02"},
        "input",
        {"type": "date", "value": "2026-01-02"},
    ),
    ({"type": "timepicker", "initial_time": "09:30"}, "input", {"type": "time", "value": "09:30"}),
    (
        {"type": "datetimepicker", "initial_date_time": 1392734382},
        "input",
        {"type": "datetime-local", "value": "2014-02-18T15:39"},
    ),
    (
        {"type": "file_input", "filetypes": ["csv", "xlsx"], "max_files": 1},
        "input",
        {"type": "file", "accept": ".csv,.xlsx"},
    ),
    ({"type": "rich_text_input"}, "textarea", {"data-control": "rich_text_input"}),
]


@pytest.mark.parametrize(("element", "tag", "wanted"), INPUTS, ids=lambda value: str(value)[:40])
def test_inputs_are_labelled_and_described(
    viewer: Viewer, element: Json, tag: str, wanted: Json
) -> None:
    found = read(in_input(element, hint=plain("A hint")), viewer)
    field = found.find(tag)[0]
    assert {key: field.get(key) for key in wanted} == wanted
    label = found.find("label")[0]
    assert (field["id"], field["aria-labelledby"]) == (label["for"], label["id"])
    ids = {attributes.get("id") for _, attributes in found.elements}
    assert set((field["aria-describedby"] or "").split()) <= ids
    assert field["aria-required"] == "true"


def test_multiline_text_keeps_its_lines(viewer: Viewer) -> None:
    element = {"type": "plain_text_input", "multiline": True, "initial_value": "\none\n</textarea>"}
    found = read(in_input(element), viewer)
    assert "\n\none\n</textarea>" in found.text


@pytest.mark.parametrize(
    ("kind", "role", "chosen"),
    [
        ("checkboxes", "group", {"initial_options": [option("two")]}),
        ("radio_buttons", "radiogroup", {"initial_option": option("two")}),
    ],
)
def test_choices(viewer: Viewer, kind: str, role: str, chosen: Json) -> None:
    element = {"type": kind, "options": [option("one"), option("two")], **chosen}
    found = read(in_input(element, optional=True), viewer)
    assert ["checked" in box for box in found.find("input")] == [False, True]
    assert len({box["name"] for box in found.find("input")}) == 1
    assert role in {attributes.get("role") for _, attributes in found.elements}
    assert "(optional)" in found.text


def test_an_error_stands_under_its_input(viewer: Viewer) -> None:
    found = read(in_input({"type": "plain_text_input"}), viewer, errors={"b": "Too <short>"})
    assert "Too <short>" in found.text
    assert found.find("input")[0]["aria-invalid"] == "true"


def test_inputs_dispatch_only_where_they_say_so(viewer: Viewer) -> None:
    config = {"trigger_actions_on": ["on_character_entered"]}
    element = {"type": "plain_text_input", "dispatch_action_config": config}
    assert "data-dispatch" not in read(in_input(element), viewer).find("input")[0]
    loud = read(in_input(element, dispatch_action=True), viewer).find("input")[0]
    assert "data-dispatch" in loud
    assert loud["data-triggers"] == "on_character_entered"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:image/svg+xml,x", "", "http://a b"])
def test_a_picture_without_a_safe_address_shows_its_text(viewer: Viewer, url: str) -> None:
    found = read({**IMAGE, "image_url": url}, viewer)
    assert found.find("img") == []
    assert found.text == "a chart"
