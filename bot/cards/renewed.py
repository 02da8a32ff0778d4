"""New ids for the blocks of menus at each redraw, so that no menu shows an old choice.

Slack's clients keep what a member chose in a menu until the id of its block changes. A card says in
that id what it shows; but whoever turns a card there and back would meet the first id, and the
choice made under it, again.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from bot.cards import limits

_MENUS = frozenset({"static_select", "external_select"})
_SIGN = "&n="


def renewed(blocks: Sequence[Mapping[str, Any]], occasion: str) -> list[dict[str, Any]]:
    """Return the blocks with a new id for each that holds a menu and has a request as its id.

    `occasion` is another text each time, such as a response URL. Who reads a request from the id
    overlooks the mark, and an id that has no room for it stays.
    """
    mark = f"{_SIGN}{crc32(occasion.encode()):x}"
    return [_marked(block, mark) for block in blocks]


def _marked(block: Mapping[str, Any], mark: str) -> dict[str, Any]:
    block_id = block.get("block_id", "")
    if "?" not in block_id or not _holds_menu(block):
        return {**block}
    told = f"{block_id.partition(_SIGN)[0]}{mark}"
    return {**block, "block_id": told if len(told) <= limits.BLOCK_ID else block_id}


def _holds_menu(block: Mapping[str, Any]) -> bool:
    elements = [*block.get("elements", ()), block.get("accessory") or {}]
    return block["type"] in ("actions", "section") and any(
        each.get("type") in _MENUS for each in elements
    )
