"""What a workspace consists of: plain values that the world keeps and changes."""

from dataclasses import field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.values import dataclass

Json = dict[str, Any]
Blocks = list[Json]

SLACKBOT = "USLACKBOT"
# How pictures begin that a browser shows and that can hold no script.
_PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(slots=True, kw_only=True)
class Workspace:
    """A workspace and the app's installation in it."""

    id: str
    name: str
    domain: str
    bot_member_id: str
    bot_id: str
    # Empty where the app was never installed here; the organisation may have it all the same.
    bot_token: str = ""
    enterprise_id: str | None = None
    # The whole organisation has the app, and this workspace was given it.
    org_wide: bool = False
    # False where the app is not to be found: never installed, or removed.
    has_app: bool = True
    # False where Slack has not brought the block `data_table` to it yet.
    has_data_tables: bool = True
    # It is being moved into an organisation, and the Web API is away for so long.
    migrating: bool = False


@dataclass(slots=True, kw_only=True)
class Organisation:
    """An Enterprise organisation (a Grid), and the app's installation in all of it."""

    id: str
    name: str
    domain: str
    bot_member_id: str
    bot_id: str
    owner_ids: tuple[str, ...] = ()
    bot_token: str = ""
    has_app: bool = False


@dataclass(slots=True, kw_only=True)
class Member:
    """A person, or a bot, of one workspace."""

    id: str
    workspace_id: str
    handle: str
    name: str
    tz: str = "Europe/London"
    locale: str = "en-US"
    is_admin: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    updated: int = 0
    # Further workspaces of the same organisation; the first is `workspace_id`.
    also_in: tuple[str, ...] = ()

    @property
    def workspace_ids(self) -> tuple[str, ...]:
        return (self.workspace_id, *self.also_in)

    def tz_offset(self, moment: datetime) -> int:
        """Return the member's distance from UTC at `moment`, in seconds."""
        offset = moment.astimezone(ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0


@dataclass(slots=True, kw_only=True)
class Channel:
    """A public channel, or the direct messages of the app with one member (`im_member_id`)."""

    id: str
    workspace_id: str
    name: str
    member_ids: set[str]
    im_member_id: str | None = None
    is_archived: bool = False
    created: int = 0

    @property
    def is_im(self) -> bool:
        return self.im_member_id is not None


@dataclass(slots=True, kw_only=True)
class Message:
    """A message as it stands now; `revision` is the world's revision at its last change.

    `entered` is what each member chose or typed in it, by member id, as in `state.values`: it is
    their client's own, and an update of the message does not take it away.
    """

    ts: str
    channel_id: str
    workspace_id: str
    author_id: str
    text: str
    blocks: Blocks = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    metadata: Json | None = None
    file_ids: list[str] = field(default_factory=list)
    edited_ts: str | None = None
    deleted: bool = False
    is_notice: bool = False
    entered: dict[str, Json] = field(default_factory=dict)
    revision: int = 0

    @property
    def is_ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    def visible_to(self, member_id: str) -> bool:
        """Tell whether the member may see it (channel membership aside)."""
        return not self.deleted and self.ephemeral_to in (None, member_id)


@dataclass(slots=True, kw_only=True)
class View:
    """A modal on a member's stack, or a member's App Home.

    `payload` is what the app sent, with the ids that Slack adds where the app gave none. `entered`
    is what the member chose or typed, `state` all that the fields hold; both as `state.values`.
    """

    id: str
    workspace_id: str
    member_id: str
    type: Literal["modal", "home"]
    payload: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    entered: Json = field(default_factory=dict)
    state: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    is_open: bool = True
    revision: int = 0

    @property
    def blocks(self) -> Blocks:
        blocks: Blocks = self.payload.get("blocks", [])
        return blocks

    @property
    def title(self) -> str:
        return str((self.payload.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def external_id(self) -> str:
        return str(self.payload.get("external_id", ""))


@dataclass(slots=True, kw_only=True)
class SharedFile:
    """An uploaded file; it is shared (seen by people) once the upload was completed."""

    id: str
    workspace_id: str
    name: str
    length: int
    owner_id: str = ""
    content: bytes | None = None
    title: str = ""
    alt_text: str = ""
    shared: bool = False

    @property
    def picture_type(self) -> str | None:
        """The media type where the file is a picture, whatever its name says; else None."""
        content = self.content or b""
        return next((kind for start, kind in _PICTURES.items() if content.startswith(start)), None)


@dataclass(slots=True, kw_only=True)
class Trigger:
    """A trigger id: opens one modal within three seconds."""

    id: str
    workspace_id: str
    member_id: str
    issued: datetime
    view_id: str | None = None
    spent: bool = False


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """A response URL: five posts within thirty minutes.

    `message` is what `replace_original` and `delete_original` act on; `interaction` tells that a
    press on a message caused it.
    """

    id: str
    workspace_id: str
    member_id: str
    channel_id: str
    issued: datetime
    message: Message | None = None
    uses: int = 0


@dataclass(slots=True, kw_only=True)
class Token:
    """A token. An app-level one (`xapp-`) belongs to no workspace, an unknown one opens nothing.

    A bot token is a workspace's, or the whole organisation's (`enterprise_id`). Once `revoked`,
    calls get the error `death`.
    """

    value: str
    kind: Literal["bot", "app", "unknown"]
    workspace_id: str | None
    scopes: tuple[str, ...] = ()
    revoked: bool = False
    enterprise_id: str | None = None
    expires_at: datetime | None = None
    death: Literal["token_revoked", "account_inactive"] = "token_revoked"

    def trouble(self, now: datetime) -> str | None:
        """Return Slack's error for a token that opens nothing any more, None for a living one."""
        if self.revoked:
            return self.death
        if self.expires_at is not None and now >= self.expires_at:
            return "token_expired"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a member allowed on the OAuth page; its code is worth one token, for ten minutes.

    `place_id` is a workspace or an organisation; `redirect_uri` is empty where none was asked for.
    """

    place_id: str
    member_id: str
    scopes: tuple[str, ...]
    client_id: str
    redirect_uri: str
    issued: datetime


EventKind = Literal[
    "message_posted",
    "message_changed",
    "message_deleted",
    "view_opened",
    "view_changed",
    "view_closed",
    "home_published",
    "channel_opened",
    "unread_changed",
    "member_changed",
    "notice",
    "inspector",
    "faults",
    "clock",
    "installs",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldEvent:
    """Something changed. `member_id` is None where every member may see it.

    `ref` is the ts of a message, the id of a view, or the text of a notice.
    """

    kind: EventKind
    workspace_id: str = ""
    channel_id: str = ""
    member_id: str | None = None
    ref: str = ""
