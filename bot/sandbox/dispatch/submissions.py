"""Submitting and closing modals."""

from typing import Any

from bot.sandbox.dispatch import payloads
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.says import says
from bot.sandbox.dispatch.sender import Sender
from bot.sandbox.dispatch.shapes import view_json
from bot.sandbox.dispatch.transport import Answer, Delivery
from bot.sandbox.dispatch.values import input_errors
from bot.sandbox.inspector import Entry
from bot.sandbox.judge import judge_view
from bot.sandbox.model import Json, View
from bot.sandbox.site import Site
from bot.sandbox.state.views import StackFullError


class Submissions:
    """Sends view_submission and view_closed and carries out the response actions."""

    def __init__(self, site: Site, sender: Sender) -> None:
        self._site = site
        self._sender = sender

    async def submit(self, view: View) -> Outcome:
        """Submit a modal that is open. Raises ValueError for any other view."""
        if not view.is_open or view.type != "modal":
            raise ValueError("only an open modal can be submitted")
        locale = self._site.world.members[view.member_id].locale
        errors = input_errors(view, locale=locale)
        if errors:
            self._site.views.show_errors(view, errors)
            return Outcome(errors=errors, view=view)
        before = self._site.world.revision
        trigger = self._site.world.new_trigger(
            view.member_id, view_id=view.id, workspace_id=view.workspace_id
        )
        extra: Json = {"trigger_id": trigger.id, "response_urls": self._response_urls(view)}
        answer, entry = await self._send("view_submission", view, extra)
        trouble = None
        if answer.error is not None or not self._apply(view, answer.body, entry):
            trouble = says(locale, "trouble")
            self._site.world.notice(view.member_id, trouble)
        self._site.inspector.finish(entry)
        top = self._site.views.top(view.member_id)
        return Outcome(
            notice=trouble,
            messages=self._site.world.changed_since(before, view.member_id),
            view=top if top is not None and top.revision > before else None,
            errors=dict(view.errors) if view.id in self._site.world.views else {},
            entry=entry,
        )

    async def close(self, view: View, *, clear: bool) -> Outcome:
        """Close a modal, or all of them; the bot hears of those that asked for it."""
        views = self._site.views
        stack = self._site.world.modals[view.member_id]
        if view not in stack:
            raise ValueError("only an open modal can be closed")
        clear = clear or bool(view.payload.get("clear_on_close"))
        closed = list(reversed(stack)) if clear else list(reversed(stack[stack.index(view) :]))
        before = self._site.world.revision
        for item in closed:
            views.close(item)
        entry = None
        for item in closed:
            if item.payload.get("notify_on_close"):
                _, entry = await self._send("view_closed", item, {"is_cleared": clear})
                self._site.inspector.finish(entry)
        return Outcome(
            messages=self._site.world.changed_since(before, view.member_id),
            view=views.top(view.member_id),
            entry=entry,
        )

    async def _send(self, kind: str, view: View, extra: Json) -> tuple[Answer, Entry]:
        payload = payloads.interaction(
            self._site,
            kind,
            self._site.world.members[view.member_id],
            view.workspace_id,
            view=view_json(self._site.world, view),
            **extra,
        )
        return await self._sender.send(
            Delivery(kind="interactive", payload=payload),
            name=view.callback_id,
            kind=kind,
            member_id=view.member_id,
            workspace_id=view.workspace_id,
        )

    def _response_urls(self, view: View) -> list[Json]:
        found: list[Json] = []
        for block in view.blocks:
            element = block.get("element") or {}
            if not element.get("response_url_enabled"):
                continue
            state = view.state.get(block["block_id"], {}).get(element["action_id"], {})
            channel_id = state.get("selected_conversation") or state.get("selected_channel")
            if channel_id in self._site.world.channels:
                url = self._site.world.new_response_url(
                    member_id=view.member_id,
                    channel_id=channel_id,
                    workspace_id=view.workspace_id,
                )
                found.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel_id,
                        "response_url": payloads.response_url(self._site, url),
                    }
                )
        return found

    def _apply(self, view: View, body: Any, entry: Entry) -> bool:
        """Carry out the response action; tell whether Slack could make sense of it."""
        views = self._site.views
        if not body or body == {"text": ""}:
            views.close(view)
            return True
        action = body.get("response_action") if isinstance(body, dict) else None
        if action == "clear":
            views.clear(view.member_id)
            return True
        if action == "errors":
            return self._errors(view, body.get("errors"), entry)
        if action in ("update", "push"):
            return self._next_view(view, body, entry)
        entry.error = f"a view_submission cannot be answered with {body!r:.200}"
        return False

    def _errors(self, view: View, errors: Any, entry: Entry) -> bool:
        inputs = {b["block_id"] for b in view.blocks if b.get("type") == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            entry.error = f"errors must name input blocks of the view: {sorted(inputs)}"
            return False
        self._site.views.show_errors(view, {key: str(text) for key, text in errors.items()})
        return True

    def _next_view(self, view: View, body: Json, entry: Entry) -> bool:
        payload: Any = body.get("view")
        verdict = judge_view(payload, surface="modal")
        entry.record(verdict)
        if verdict.code:
            entry.error = verdict.code
            return False
        if body["response_action"] == "update":
            self._site.views.update(view, payload)
            return True
        try:
            self._site.views.push(view.member_id, payload, workspace_id=view.workspace_id)
        except StackFullError:
            entry.error = "push_limit_reached"
            return False
        return True
