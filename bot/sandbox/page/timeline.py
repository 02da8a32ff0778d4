"""The messages of a channel as pieces: grouped by author, parted by day, replies below."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from markupsafe import Markup

from bot.sandbox.manifest import Shortcut
from bot.sandbox.model import Json, Message
from bot.sandbox.page.pieces import Piece
from bot.sandbox.page.screen import Screen
from bot.sandbox.page.templating import render
from bot.sandbox.rendering import render_blocks, render_mrkdwn, with_state
from bot.sandbox.rendering.dates import clock_time, day_name

SHOWN = 100
_TOGETHER = timedelta(minutes=5)
_BYTES = 1024


def timeline(screen: Screen, shortcuts: Sequence[Shortcut] = ()) -> list[Piece]:
    """The newest 100 messages the member sees, oldest first, with a divider before each day.

    ``shortcuts`` are the manifest's message shortcuts, offered on every message.
    """
    pieces: list[Piece] = []
    before: Message | None = None
    for message in _in_order(screen.world.visible(screen.channel.id, screen.member.id)[-SHOWN:]):
        day = day_name(screen.viewer, moment_of(message))
        if before is None or day_name(screen.viewer, moment_of(before)) != day:
            pieces.append(_divider(screen, message, day))
            before = None
        pieces.append(_piece(screen, message, shortcuts, follows=_follows(before, message)))
        before = message
    return pieces


def moment_of(message: Message) -> datetime:
    """When a message was posted."""
    return datetime.fromtimestamp(float(message.ts), tz=UTC)


def _in_order(messages: list[Message]) -> list[Message]:
    """Replies after the message they answer, where that one is shown."""
    known = {message.ts for message in messages}
    ordered: list[Message] = []
    for message in messages:
        if message.thread_ts in known and message.thread_ts != message.ts:
            continue
        ordered.append(message)
        ordered += [
            reply for reply in messages if reply.thread_ts == message.ts and reply.ts != message.ts
        ]
    return ordered


def _follows(before: Message | None, message: Message) -> bool:
    """Whether the author need not be named again."""
    return (
        before is not None
        and before.author_id == message.author_id
        and before.is_ephemeral == message.is_ephemeral
        and before.thread_ts == message.thread_ts
        and moment_of(message) - moment_of(before) < _TOGETHER
        and not message.is_ephemeral
    )


def _divider(screen: Screen, message: Message, day: str) -> Piece:
    draw = partial(render, "day", language=screen.viewer.language, day=day)
    return Piece(f"day-{message.ts}", day, draw)


def _piece(
    screen: Screen, message: Message, shortcuts: Sequence[Shortcut], *, follows: bool
) -> Piece:
    is_reply = bool(message.thread_ts) and message.thread_ts != message.ts
    draw = partial(_draw, screen, message, shortcuts, follows=follows, is_reply=is_reply)
    version = f"{message.revision}-{int(follows)}-{int(is_reply)}"
    return Piece(f"m-{message.ts}", version, draw)


def _draw(
    screen: Screen,
    message: Message,
    shortcuts: Sequence[Shortcut],
    *,
    follows: bool,
    is_reply: bool,
) -> Markup:
    author = screen.world.members.get(message.author_id, screen.app)
    return render(
        "message",
        language=screen.viewer.language,
        message=message,
        author=author,
        follows=follows,
        is_reply=is_reply,
        time=clock_time(screen.viewer, moment_of(message)),
        moment=moment_of(message).isoformat(),
        body=body_of(screen, message),
        files=[_file(screen, file_id) for file_id in message.file_ids],
        shortcuts=shortcuts,
    )


def body_of(screen: Screen, message: Message) -> Markup:
    """What a message says: its blocks where it has any, else its text; then its attachments."""
    prefix = "m" + message.ts.replace(".", "-")
    if message.blocks:
        blocks = with_state(message.blocks, message.state)
        shown = render_blocks(blocks, screen.viewer, prefix=prefix)
    else:
        shown = Markup('<div class="bk-block bk-text">{}</div>').format(
            render_mrkdwn(message.text, screen.viewer)
        )
    for number, attachment in enumerate(message.attachments):
        shown += _attachment(screen, attachment, f"{prefix}-{number}")
    return shown


def _attachment(screen: Screen, attachment: Json, prefix: str) -> Markup:
    """An attachment of the older kind: its blocks, or its own texts."""
    blocks = attachment.get("blocks")
    if isinstance(blocks, list) and blocks:
        inside = render_blocks(blocks, screen.viewer, prefix=prefix)
    else:
        keys = ("pretext", "title", "text", "footer")
        written = [attachment[key] for key in keys if isinstance(attachment.get(key), str)]
        text = "\n".join(written) or str(attachment.get("fallback", ""))
        inside = render_mrkdwn(text, screen.viewer)
    return Markup('<div class="attachment">{}</div>').format(inside)


def _file(screen: Screen, file_id: str) -> dict[str, Any]:
    file = screen.world.files.get(file_id)
    if file is None:
        return {"id": file_id, "name": file_id, "size": "", "ending": ""}
    ending = file.name.rpartition(".")[2][:4].upper() if "." in file.name else ""
    name = file.title or file.name
    return {"id": file.id, "name": name, "size": _size(file.length), "ending": ending}


def _size(length: int) -> str:
    if length < _BYTES:
        return f"{length} B"
    if length < _BYTES**2:
        return f"{length / _BYTES:.1f} KB"
    return f"{length / _BYTES**2:.1f} MB"
