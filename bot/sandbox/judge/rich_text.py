"""Rich text: sections, lists, quotes and preformatted text."""

from bot.sandbox.judge.core import Node, as_node

CONTAINERS = (
    "rich_text_section",
    "rich_text_list",
    "rich_text_quote",
    "rich_text_preformatted",
)
REQUIRED = {
    "text": ("text",),
    "link": ("url",),
    "emoji": ("name",),
    "user": ("user_id",),
    "channel": ("channel_id",),
    "usergroup": ("usergroup_id",),
    "broadcast": ("range",),
    "date": ("timestamp", "format"),
    "color": ("value",),
    "team": ("team_id",),
}
MANY = 10_000
INDENT = 8


def rich_text(node: Node) -> None:
    """Check a rich_text block."""
    for part in node.items("elements", least=0, most=MANY, required=True):
        if part.type not in CONTAINERS:
            part.fail(f"unsupported type: {part.type or 'no type'}", key="type")
        elif part.type == "rich_text_list":
            _list(part)
        else:
            _inline(part)


def _list(node: Node) -> None:
    node.one_of("style", ("bullet", "ordered"), required=True)
    node.integer("indent", least=0, most=INDENT)
    node.integer("offset", least=0, most=MANY)
    node.integer("border", least=0, most=1)
    for item in node.items("elements", most=MANY, required=True):
        if item.type != "rich_text_section":
            item.fail("a list holds rich_text_section only", key="type")
        else:
            _inline(item)


def _inline(node: Node) -> None:
    node.integer("border", least=0, most=1)
    for item in node.items("elements", least=0, most=MANY, required=True):
        fields = REQUIRED.get(item.type)
        if fields is None:
            item.fail(f"unsupported type: {item.type or 'no type'}", key="type")
            continue
        for key in fields:
            item.missing(key, required=True)
        if item.type == "text" and item.get("text") == "":
            item.fail("must be more than 0 characters", key="text")
        if item.get("style") is not None:
            as_node(item.get("style"), item.at("style"), item.sheet)
