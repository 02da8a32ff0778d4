"""What a person enters or chooses, in the shape that Slack gives it."""

from typing import Any

from bot.sandbox.blocks import PRESSED, VALUE_KEYS, elements, options_of, text_of
from bot.sandbox.dispatch.says import says
from bot.sandbox.model import Json, View


def entered(element: Json, value: Any) -> Json:
    """Return the state of an element after a person chose `value`, e.g. `{"selected_option": …}`.

    Options are named by value or text, or given as objects (as an external select needs).
    Raises ValueError for an option the element does not offer.
    """
    kind = str(element.get("type", ""))
    key = VALUE_KEYS[kind]
    if key == "selected_option":
        return {key: None if value is None else _option(element, value)}
    if key == "selected_options":
        return {key: [_option(element, item) for item in _many(value)]}
    if key.endswith("s"):
        return {key: _many(value)}
    if key == "selected_date_time":
        return {key: None if value is None else int(value)}
    return {key: value if value is None or isinstance(value, dict) else str(value)}


def action_payload(block: Json, element: Json, state: Json, *, action_ts: str) -> Json:
    """Return one item of `actions` in a block_actions payload."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": action_ts,
    }
    pressed = ("text", "value", "style", "url", "icon")
    shown = pressed if element["type"] in PRESSED else ("placeholder",)
    return action | {key: element[key] for key in shown if key in element} | state


def judged(element: Json, value: Any) -> Json:
    """Return which of the two feedback buttons a person pressed: its `text` and `value`.

    It is named by its value or text, or as "positive_button" or "negative_button". Raises
    ValueError where neither is called so.
    """
    for key in ("positive_button", "negative_button"):
        button: Json = element.get(key) or {}
        if value in (key, button.get("value"), text_of(button.get("text"))):
            return {"text": button.get("text"), "value": button.get("value")}
    raise ValueError(f"{element.get('action_id')} has no feedback button {value!r}")


def input_errors(view: View, *, locale: str) -> dict[str, str]:
    """Return what Slack itself complains about before it sends a submission, by block_id.

    The complaints are in the language of `locale`, the member's.
    """
    errors: dict[str, str] = {}
    for block, element in elements(view.blocks):
        if block.get("type") != "input":
            continue
        state = view.state.get(block["block_id"], {}).get(element["action_id"], {})
        value = state.get(VALUE_KEYS[element["type"]])
        problem = _problem(element, value, locale=locale, optional=bool(block.get("optional")))
        if problem:
            errors[block["block_id"]] = problem
    return errors


def _problem(element: Json, value: Any, *, locale: str, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else says(locale, "required")
    kind = element["type"]
    if kind == "plain_text_input":
        return _length_problem(element, str(value), locale)
    if kind == "email_text_input" and "@" not in str(value):
        return says(locale, "email")
    if kind == "url_text_input" and not str(value).startswith(("http://", "https://")):
        return says(locale, "url")
    if kind == "number_input":
        return _number_problem(element, str(value), locale)
    return None


def _length_problem(element: Json, value: str, locale: str) -> str | None:
    least, most = int(element.get("min_length", 0)), int(element.get("max_length", 3000))
    if len(value) < least:
        return says(locale, "least_length", count=least)
    if len(value) > most:
        return says(locale, "most_length", count=most)
    return None


def _number_problem(element: Json, value: str, locale: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return says(locale, "number")
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return says(locale, "whole_number")
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < float(least):
        return says(locale, "least_number", count=least)
    if most is not None and number > float(most):
        return says(locale, "most_number", count=most)
    return None


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _option(element: Json, value: Any) -> Json:
    if isinstance(value, dict) and "external" in element["type"]:
        return value
    wanted = value.get("value") if isinstance(value, dict) else value
    for option in options_of(element):
        if wanted in (option.get("value"), text_of(option.get("text"))):
            return option
    raise ValueError(f"{element.get('action_id')} does not offer {wanted!r}")
