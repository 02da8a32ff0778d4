"""The messages of a channel as pieces: grouped by author, parted by day; replies in a thread."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from markupsafe import Markup

from bot.sandbox.blocks import state_of
from bot.sandbox.manifest import Shortcut
from bot.sandbox.model import Json, Message
from bot.sandbox.page.pieces import Piece
from bot.sandbox.page.screen import Screen
from bot.sandbox.page.templating import render
from bot.sandbox.rendering import render_blocks, render_mrkdwn, with_state
from bot.sandbox.rendering.text.dates import clock_time, day_name
from bot.values import dataclass

SHOWN = 100
_TOGETHER = timedelta(minutes=5)
_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a message is shown: whether its author need not be named again, and its replies.

    ``replies`` is their number in a channel, None within a thread.
    """

    follows: bool
    replies: int | None

    @property
    def in_thread(self) -> bool:
        return self.replies is None

    @property
    def prefix(self) -> str:
        return "t" if self.in_thread else "m"


def timeline(screen: Screen, shortcuts: Sequence[Shortcut] = ()) -> list[Piece]:
    """The newest 100 messages of the channel itself, oldest first, a divider before each day.

    ``shortcuts`` are the manifest's message shortcuts, offered on every message.
    """
    seen = screen.world.visible(screen.channel.id, screen.member.id)
    return _pieces(screen, _beginnings(seen)[-SHOWN:], shortcuts, _replies(seen))


def thread(screen: Screen, ts: str, shortcuts: Sequence[Shortcut] = ()) -> list[Piece]:
    """A message and the replies to it that the member sees, oldest first; [] where it is gone."""
    seen = screen.world.visible(screen.channel.id, screen.member.id)
    if all(message.ts != ts for message in seen):
        return []
    shown = [message for message in seen if ts in (message.ts, message.thread_ts)]
    return _pieces(screen, shown, shortcuts, None)


def _pieces(
    screen: Screen,
    messages: Sequence[Message],
    shortcuts: Sequence[Shortcut],
    replies: Counter[str] | None,
) -> list[Piece]:
    """``replies`` counts them by the message they answer; None is the thread itself."""
    pieces: list[Piece] = []
    before: Message | None = None
    for message in messages:
        day = day_name(screen.viewer, moment_of(message))
        if before is None or day_name(screen.viewer, moment_of(before)) != day:
            pieces.append(_divider(screen, message, day, in_thread=replies is None))
            before = None
        look = Look(
            follows=_follows(before, message),
            replies=None if replies is None else replies[message.ts],
        )
        pieces.append(_piece(screen, message, shortcuts, look))
        before = message
    return pieces


def moment_of(message: Message) -> datetime:
    """When a message was posted."""
    return datetime.fromtimestamp(float(message.ts), tz=UTC)


def _is_reply(message: Message) -> bool:
    return message.thread_ts not in (None, message.ts)


def _beginnings(messages: Sequence[Message]) -> list[Message]:
    """What stands in the channel itself: no replies, but those to a message that is gone."""
    known = {message.ts for message in messages}
    return [m for m in messages if not _is_reply(m) or m.thread_ts not in known]


def _replies(messages: Sequence[Message]) -> Counter[str]:
    """How many replies a message has, by its ts. What Slack itself says there does not count."""
    return Counter(str(m.thread_ts) for m in messages if _is_reply(m) and not m.is_notice)


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


def _divider(screen: Screen, message: Message, day: str, *, in_thread: bool) -> Piece:
    draw = partial(render, "talk/day", language=screen.viewer.language, day=day)
    return Piece(f"{'t' if in_thread else ''}day-{message.ts}", day, draw)


def _piece(screen: Screen, message: Message, shortcuts: Sequence[Shortcut], look: Look) -> Piece:
    draw = partial(_draw, screen, message, shortcuts, look)
    version = f"{message.revision}-{int(look.follows)}-{look.replies}"
    return Piece(f"{look.prefix}-{message.ts}", version, draw)


def _draw(screen: Screen, message: Message, shortcuts: Sequence[Shortcut], look: Look) -> Markup:
    author = screen.world.members.get(message.author_id, screen.app)
    return render(
        "talk/message",
        language=screen.viewer.language,
        message=message,
        author=author,
        look=look,
        is_reply=_is_reply(message) and not look.in_thread,
        may_begin=not (message.is_ephemeral or look.in_thread or _is_reply(message)),
        time=clock_time(screen.viewer, moment_of(message)),
        moment=moment_of(message).isoformat(),
        body=body_of(screen, message, prefix=look.prefix),
        files=[_file(screen, file_id) for file_id in message.file_ids],
        shortcuts=shortcuts,
    )


def body_of(screen: Screen, message: Message, *, prefix: str) -> Markup:
    """What a message says: its blocks where it has any, else its text; then its attachments.

    ``prefix`` keeps the ids apart of what is drawn in the channel and again in its thread.
    """
    prefix += message.ts.replace(".", "-")
    if message.blocks:
        entered = message.entered.get(screen.member.id, {})
        blocks = with_state(message.blocks, state_of(message.blocks, entered))
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
        return {"id": file_id, "name": file_id, "size": "", "ending": "", "alt": None}
    ending = file.name.rpartition(".")[2][:4].upper() if "." in file.name else ""
    name = file.title or file.name
    return {
        "id": file.id,
        "name": name,
        "size": _size(file.length),
        "ending": ending,
        "alt": (file.alt_text or name) if file.picture_type else None,
    }


def _size(length: int) -> str:
    if length < _BYTES:
        return f"{length} B"
    if length < _BYTES**2:
        return f"{length / _BYTES:.1f} KB"
    return f"{length / _BYTES**2:.1f} MB"
