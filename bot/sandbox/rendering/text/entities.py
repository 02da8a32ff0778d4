"""The three characters that Slack's texts write as entities."""

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def unescape(text: str) -> str:
    """The entities as the characters they stand for; any other entity is left as typed."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text
