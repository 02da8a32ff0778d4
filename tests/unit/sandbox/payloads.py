"""Blocks and elements of any size, for the judge."""

from typing import Any

Json = dict[str, Any]


# A character outside the basic plane: two UTF-16 units, four bytes, one code point.
WIDE = "𝄞"


def plain(n: int) -> Json:
    return {"type": "plain_text", "text": WIDE * n}


def marked(n: int) -> Json:
    return {"type": "mrkdwn", "text": WIDE * n}


def option(text: int = 1, value: int = 1, **more: Any) -> Json:
    return {"text": plain(text), "value": "v" * value, **more}


def options(n: int) -> list[Json]:
    return [{"text": plain(1), "value": f"v{i}"} for i in range(n)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(1), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(**more: Any) -> Json:
    return {"type": "section", "text": marked(1), **more}


def confirm(**sizes: int) -> Json:
    title, text = plain(sizes.get("title", 1)), marked(sizes.get("text", 1))
    return {
        "title": title,
        "text": text,
        "confirm": plain(sizes.get("confirm", 1)),
        "deny": plain(sizes.get("deny", 1)),
    }


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": options(1), **more}


def typed(**more: Any) -> Json:
    return input_block({"type": "plain_text_input", **more})


def input_block(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(1), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    shape = {"type": "modal", "title": plain(1), "submit": plain(1), "blocks": list(blocks)}
    return {**shape, **more}


def table(rows: int = 1, cells: int = 1, characters: int = 1) -> Json:
    row = [{"type": "raw_text", "text": "x" * characters}] * cells
    return {"type": "table", "rows": [row] * rows}


def data_table(rows: int = 2, cells: int = 1, characters: int = 1, **more: Any) -> Json:
    return {**table(rows, cells, characters), "type": "data_table", "caption": "Depths", **more}


def card(**more: Any) -> Json:
    return {"type": "card", "title": plain(1), **more}


def container(**more: Any) -> Json:
    return {"type": "container", "title": plain(1), "child_blocks": [section()], **more}


def task(n: int) -> Json:
    return {"task_id": f"t{n}", "title": "Read", "status": "pending"}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "alt_text": "a",
        "title": plain(1),
        "thumbnail_url": "https://example.org/t.png",
        "video_url": "https://example.org/v",
        **more,
    }


def url(n: int) -> str:
    return "https://example.org/".ljust(n, "x")


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": url(30), "alt_text": "a", **more}
