"""What a bot may say in an ack body or through a response URL, and what becomes of it."""

from typing import Any

from bot.sandbox.blocks import with_ids
from bot.sandbox.inspector import Entry
from bot.sandbox.judge import judge_message
from bot.sandbox.model import Json, Message, ResponseUrl
from bot.sandbox.site import Site
from bot.sandbox.state.expiring import RESPONSE_URL_USES

_CONTENT = ("text", "blocks", "attachments")


class RefusedError(Exception):
    """Slack refuses a reply; `code` is its error code, `status` that of the HTTP answer."""

    def __init__(self, code: str, *, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


def content_fields(site: Site, body: Json) -> Json:
    """Return the fields of `Message` that a payload sets, the blocks with ids."""
    blocks = with_ids(body.get("blocks") or [], site.world.new_id)
    return {
        "text": str(body.get("text") or ""),
        "blocks": blocks,
        "attachments": list(body.get("attachments") or []),
        "metadata": body.get("metadata"),
    }


class Replies:
    """Applies ack bodies and response URL posts to the world."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def acknowledge(self, entry: Entry, body: Any, *, url: ResponseUrl) -> None:
        """Show the body of a command's ack. Raises RefusedError when Slack would not show it."""
        if body is None:
            return
        if not isinstance(body, dict):
            raise RefusedError("dispatch_failed")
        if any(body.get(key) for key in _CONTENT):
            self._judge(entry, body)
            self._post(url, body)

    def respond(self, entry: Entry, url: ResponseUrl, body: Any) -> None:
        """Carry out a post to a response URL. Raises RefusedError when Slack would not."""
        site = self._site
        if site.world.response_url_expired(url):
            raise RefusedError("expired_url", status=404)
        if url.uses >= RESPONSE_URL_USES:
            raise RefusedError("used_url", status=404)
        if not isinstance(body, dict):
            raise RefusedError("invalid_payload")
        if _flag(body, "delete_original"):
            url.uses += 1
            self._delete(url)
            return
        self._judge(entry, body)
        url.uses += 1
        if _flag(body, "replace_original") and url.message and not url.message.deleted:
            self._site.world.edit(url.message, **content_fields(site, body))
            return
        if url.message is not None and "replace_original" not in body:
            entry.warn(
                "replace_original_unset",
                "say replace_original explicitly when answering a press: clients differ",
            )
        self._post(url, body)

    def _judge(self, entry: Entry, body: Json) -> None:
        verdict = judge_message(body)
        entry.record(verdict)
        if verdict.code:
            raise RefusedError(verdict.code)

    def _delete(self, url: ResponseUrl) -> None:
        if url.message is not None and not url.message.deleted:
            self._site.world.delete(url.message)

    def _post(self, url: ResponseUrl, body: Json) -> Message:
        world = self._site.world
        in_channel = body.get("response_type") == "in_channel"
        message = world.post(
            channel=world.channels[url.channel_id],
            author_id=world.workspaces[url.workspace_id].bot_member_id,
            workspace_id=url.workspace_id,
            ephemeral_to=None if in_channel else url.member_id,
            thread_ts=body.get("thread_ts"),
            **content_fields(self._site, body),
        )
        if url.message is None:
            url.message = message
        return message


def _flag(body: Json, key: str) -> bool:
    return body.get(key) in (True, "true")
