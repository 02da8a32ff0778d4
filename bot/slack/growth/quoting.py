"""A Slack message as evidence: its words as plain text, and the link that leads back to it."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.domain.text import storable
from bot.slack.places import slack_host
from bot.slack.press import QuotedMessage
from bot.text.translator import Translator

Json = Mapping[str, Any]

_ENTITY = re.compile(r"<([^<>]*)>")
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.IGNORECASE)
_CHANNEL = re.compile(r"[A-Z0-9]+")
_TS = re.compile(r"\d{1,12}\.\d{1,9}")
# Where blocks keep what a reader sees; an input's or a button's words are not the message.
_SPOKEN = frozenset({"section", "header", "context", "markdown", "rich_text", "table"})
_DEPTH = 12


def quoted(message: Json, most: int, tr: Translator) -> tuple[str, bool]:
    """Return a message's words in quotes, at most `most` characters, and whether it was cut.

    Empty where it has none, not even in blocks, attachments or names of files.
    """
    text = storable(_text(message, tr)).strip()
    if not text:
        return "", False
    room = most - 2
    cut = len(text) > room
    return f"“{text[: room - 1].rstrip()}…”" if cut else f"“{text}”", cut


def permalink(message: QuotedMessage, *, api_url: str, home: str = "") -> str:
    """Return the address of the message that a shortcut was used on; empty where it has none.

    It is put together from the payload, for Slack tells it only to apps in the channel. `home` is
    the organisation's own address, as our token's `auth.test` says: where an organisation has the
    app, Slack may name no workspace.
    """
    known = _CHANNEL.fullmatch(message.channel) and _TS.fullmatch(message.ts)
    host = _host(message.team_domain, home, slack_host(api_url))
    if not (known and host) or message.is_ephemeral:
        return ""
    place = f"{message.channel}/p{message.ts.replace('.', '')}"
    address = f"https://{host}/archives/{place}"
    if _TS.fullmatch(message.thread_ts) and message.thread_ts != message.ts:
        address += "?" + urlencode({"thread_ts": message.thread_ts, "cid": message.channel})
    return address


def _host(domain: str, home: str, slack: str) -> str:
    if domain:
        return f"{domain}.{slack}" if _DOMAIN.fullmatch(domain) else ""
    named = urlsplit(home).hostname or ""
    labels = named.removesuffix(f".{slack}").split(".")
    inside = named.endswith(f".{slack}") and all(_DOMAIN.fullmatch(each) for each in labels)
    return named if inside else ""


def _text(message: Json, tr: Translator) -> str:
    said = _plain(str(message.get("text") or ""), tr).strip()
    if said:
        return said
    pieces = [*_of_blocks(message.get("blocks"), tr), *_of_attachments(message, tr)]
    if pieces:
        return "\n".join(pieces)
    files = _objects(message.get("files"))
    return ", ".join(str(each.get("title") or each.get("name") or "") for each in files)


def _of_attachments(message: Json, tr: Translator) -> Iterator[str]:
    for each in _objects(message.get("attachments")):
        words = [each.get(part) for part in ("pretext", "title", "text")]
        found = [str(word) for word in words if word] or [str(each.get("fallback") or "")]
        yield from (_plain(word, tr) for word in found if word)
        yield from _of_blocks(each.get("blocks"), tr)


def _of_blocks(blocks: Any, tr: Translator) -> Iterator[str]:
    for block in _objects(blocks):
        if str(block.get("type")) in _SPOKEN:
            text = "".join(_words(block, tr)).strip()
            if text:
                yield text


def _objects(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _words(value: Any, tr: Translator, depth: int = 0) -> Iterator[str]:
    """Yield the words of a block: texts wherever they stand, lines where blocks have them."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _words(each, tr, depth + 1)
    elif isinstance(value, Mapping):
        yield from _words_of(value, tr, depth)


def _words_of(value: Json, tr: Translator, depth: int) -> Iterator[str]:
    word = _word(value, tr)
    if word is not None:
        yield word
        return
    for part in ("text", "fields", "elements", "rows"):
        yield from _words(value.get(part), tr, depth + 1)
    if str(value.get("type")).startswith("rich_text_"):
        yield "\n"


def _word(value: Json, tr: Translator) -> str | None:
    """Return what a piece without further pieces says; None for one that has some."""
    text = str(value.get("text") or "")
    match value.get("type"):
        case "mrkdwn":
            return f"{_plain(text, tr)}\n"
        case "plain_text" | "raw_text" | "markdown":
            return f"{text}\n"
        case "text":
            return text
        case "link":
            return text or str(value.get("url") or "")
        case "emoji":
            return f":{value.get('name')}:"
        case "user" | "channel" | "broadcast" as kind:
            named = {"user": tr("@someone"), "channel": tr("#channel")}
            return named.get(kind) or f"@{value.get('range')}"
        case _:
            return None


def _plain(text: str, tr: Translator) -> str:
    """Return Slack's message text as a reader sees it; people's names it does not tell."""
    return html.unescape(_ENTITY.sub(lambda found: _entity(found[1], tr), text))


def _entity(inside: str, tr: Translator) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{label}" if label else tr("@someone")
        case "#":
            return f"#{label}" if label else tr("#channel")
        case "!":
            return label or "@" + target[1:].partition("^")[0]
        case _:
            target = target.removeprefix("mailto:").removeprefix("tel:")
            return f"{label} ({target})" if label and label not in target else target
