"""A card in the terminal: the same blocks, drawn with rich."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

_MARKS = re.compile(r"([*_`])(?!\u2060)([^*_`\n]+)\1")
_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_STYLES = {"*": "bold", "_": "italic", "`": "cyan"}


def card_lines(body: dict[str, Any]) -> Iterator[RenderableType]:
    """Yield one drawing per block, in order."""
    blocks = body.get("blocks") or []
    if "title" in body:
        yield Panel.fit(Text(body["title"]["text"], style="bold"))
    if not blocks:
        yield Text(str(body.get("text", "")))
    for block in blocks:
        yield _draw(block)


def _draw(block: dict[str, Any]) -> RenderableType:
    match block["type"]:
        case "header":
            return Text(block["text"]["text"], style="bold underline")
        case "section":
            return _section(block)
        case "context":
            return Text(style="dim").join(_marked(each["text"]) for each in block["elements"])
        case "divider":
            return Rule(style="dim")
        case "actions":
            return Text("  ").join(_element(each) for each in block["elements"])
        case "input":
            return Group(Text(block["label"]["text"], style="bold"), _element(block["element"]))
        case "table":
            return _table(block)
        case "rich_text":
            return _rich(block)
        case other:
            return Text(f"[{other}]", style="dim")


def _section(block: dict[str, Any]) -> RenderableType:
    texts = [each for each in (block.get("text"), *block.get("fields", [])) if each]
    body = Text("\n").join(_marked(each["text"]) for each in texts)
    accessory = block.get("accessory")
    return Group(body, Panel.fit(_element(accessory))) if accessory else body


def _element(element: dict[str, Any]) -> Text:
    match element["type"]:
        case "button":
            style = "bold green" if element.get("style") == "primary" else "bold"
            return Text(f"[ {element['text']['text']} ]", style=style)
        case "overflow":
            return Text("[ … ]", style="bold")
        case "radio_buttons" | "checkboxes":
            return Text("\n").join(_option(each, element) for each in element["options"])
        case kind if kind.endswith("_input"):
            return Text(f"[ {element.get('initial_value', '')} ]", style="cyan")
    return Text(f"[ {_chosen(element)} ▾ ]", style="cyan")


def _option(option: dict[str, Any], element: dict[str, Any]) -> Text:
    left, right = "()" if element["type"] == "radio_buttons" else "[]"
    mark = "x" if option in _initial(element) else " "
    return Text(f"{left}{mark}{right} {option['text']['text']}")


def _chosen(element: dict[str, Any]) -> str:
    """Return what a select or picker shows: what is chosen in it, else its placeholder."""
    chosen = [each["text"]["text"] for each in _initial(element)]
    picked = [str(element[key]) for key in ("initial_date", "initial_time") if element.get(key)]
    return ", ".join(chosen or picked) or element.get("placeholder", {}).get("text", "")


def _initial(element: dict[str, Any]) -> list[dict[str, Any]]:
    one = element.get("initial_option")
    return [*([one] if one else []), *element.get("initial_options", [])]


def _table(block: dict[str, Any]) -> Table:
    head, *rows = block["rows"]
    several = any(cell["type"] == "rich_text" for row in rows for cell in row[:1])
    table = Table(show_lines=several)
    for cell in head:
        table.add_column(_cell(cell))
    for row in rows:
        table.add_row(*(_cell(cell) for cell in row))
    return table


def _cell(cell: dict[str, Any]) -> Text:
    return _rich(cell) if cell["type"] == "rich_text" else Text(cell["text"])


def _rich(block: dict[str, Any]) -> Text:
    return Text("\n").join(_runs(block))


def _runs(block: dict[str, Any]) -> Iterator[Text]:
    """Yield the runs of a rich text, those of a list behind a bullet."""
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            yield from (Text("• ").append_text(run) for run in _runs(element))
            continue
        run = Text()
        for piece in element["elements"]:
            bold = piece.get("style", {}).get("bold")
            run.append(piece["text"], style="bold" if bold else "")
        yield run


def _marked(mrkdwn: str) -> Text:
    """Draw the little mrkdwn that cards use: bold, italic, code and entities."""
    text = Text()
    end = 0
    for mark in _MARKS.finditer(mrkdwn):
        text.append(_plain(mrkdwn[end : mark.start()]))
        text.append(_plain(mark[2]), style=_STYLES[mark[1]])
        end = mark.end()
    text.append(_plain(mrkdwn[end:]))
    return text


def _plain(mrkdwn: str) -> str:
    return unescape(_DATE.sub(r"\1", mrkdwn)).replace("\u2060", "")
