"""Reading Block Kit as it came over the wire: any field may be missing or of a wrong type."""

from collections.abc import Mapping

Node = Mapping[str, object]

NOTHING: Node = {}


def text_of(node: Node, key: str, default: str = "") -> str:
    """The string under the key; a number is written out; anything else is the default."""
    value = node.get(key)
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return default


def node_of(node: Node, key: str) -> Node:
    """The object under the key, or an empty one."""
    value = node.get(key)
    return value if isinstance(value, Mapping) else NOTHING


def nodes_of(node: Node, key: str) -> list[Node]:
    """The objects in the list under the key; items that are no objects are left out."""
    return [item for item in list_of(node, key) if isinstance(item, Mapping)]


def list_of(node: Node, key: str) -> list[object]:
    """The list under the key, or an empty one."""
    value = node.get(key)
    return value if isinstance(value, list) else []


def flag_of(node: Node, key: str, *, default: bool = False) -> bool:
    """The boolean under the key."""
    value = node.get(key)
    return value if isinstance(value, bool) else default


def number_of(node: Node, key: str) -> int | None:
    """The whole number under the key."""
    value = node.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def plain_of(node: Node, key: str) -> str:
    """The characters of the text object (or bare string) under the key."""
    value = node.get(key)
    return text_of(value, "text") if isinstance(value, Mapping) else text_of(node, key)
