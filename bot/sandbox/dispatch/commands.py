"""Slash commands, and the plain messages that people type."""

import re

from bot.sandbox.dispatch import payloads
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.replies import RefusedError, Replies
from bot.sandbox.dispatch.says import Phrase, says
from bot.sandbox.dispatch.sender import Sender
from bot.sandbox.dispatch.transport import Answer, Delivery
from bot.sandbox.inspector import Entry
from bot.sandbox.model import SLACKBOT, Channel, Member, ResponseUrl, Workspace
from bot.sandbox.site import Site

MENTION = re.compile(r"(?<!\S)([@#])([\w.-]+)")


class Commands:
    """Sends slash commands and shows what the bot acknowledged them with."""

    def __init__(self, site: Site, sender: Sender) -> None:
        self._site = site
        self._sender = sender
        self._replies = Replies(site)

    async def run(
        self, member_id: str, text: str, channel_id: str, *, thread_ts: str | None = None
    ) -> Outcome:
        """Type `text` in a channel that the member takes part in, or in a thread there."""
        world = self._site.world
        member, channel = world.members[member_id], world.channels[channel_id]
        if member_id not in channel.member_ids:
            raise ValueError(f"{member_id} is not in channel {channel_id}")
        if thread_ts is not None:
            self._check_thread(member_id, channel_id, thread_ts)
        if not text.startswith("/"):
            message = world.post(
                channel=channel, author_id=member_id, text=text, thread_ts=thread_ts
            )
            return Outcome(messages=[message])
        name, _, rest = text.partition(" ")
        if thread_ts is not None:
            return self._refuse(member, channel, "no_threads", name=name, thread_ts=thread_ts)
        workspace = world.app_workspace(member_id, channel)
        command = self._site.manifest.command(name)
        if command is None or not workspace.has_app:
            return self._refuse(member, channel, "bad_command", name=name)
        if command.should_escape:
            rest = self._escaped(rest, workspace.id)
        return await self._send(member, workspace, channel, name, rest.strip())

    async def _send(
        self, member: Member, workspace: Workspace, channel: Channel, name: str, text: str
    ) -> Outcome:
        world = self._site.world
        before = world.revision
        url = world.new_response_url(
            member_id=member.id, channel_id=channel.id, workspace_id=workspace.id
        )
        payload = payloads.command(
            self._site,
            member=member,
            workspace=workspace,
            channel=channel,
            name=name,
            text=text,
            trigger_id=world.new_trigger(member.id, workspace_id=workspace.id).id,
            url=url,
        )
        answer, entry = await self._sender.send(
            Delivery(kind="slash_commands", payload=payload),
            name=name,
            member_id=member.id,
            workspace_id=workspace.id,
        )
        error = self._apply(answer, entry, url)
        self._site.inspector.finish(entry)
        if error is None:
            top = self._site.views.top(member.id)
            return Outcome(
                messages=world.changed_since(before, member.id),
                view=top if top is not None and top.revision > before else None,
                entry=entry,
            )
        outcome = self._refuse(member, channel, "command_failed", name=name, error=error)
        outcome.messages = world.changed_since(before, member.id)
        outcome.entry = entry
        return outcome

    def _apply(self, answer: Answer, entry: Entry, url: ResponseUrl) -> str | None:
        if answer.error is not None:
            return answer.error
        try:
            self._replies.acknowledge(entry, answer.body, url=url)
        except RefusedError as refused:
            return refused.code
        return None

    def _check_thread(self, member_id: str, channel_id: str, ts: str) -> None:
        parent = self._site.world.message(channel_id, ts)
        if parent is None or not parent.visible_to(member_id):
            raise KeyError(f"message {ts}")
        if parent.is_ephemeral or parent.thread_ts not in (None, ts):
            raise ValueError("only a message that everyone in the channel sees begins a thread")

    def _refuse(
        self,
        member: Member,
        channel: Channel,
        phrase: Phrase,
        *,
        thread_ts: str | None = None,
        **values: str,
    ) -> Outcome:
        text = says(member.locale, phrase, **values)
        message = self._site.world.post(
            channel=channel,
            author_id=SLACKBOT,
            text=text,
            ephemeral_to=member.id,
            is_notice=True,
            thread_ts=thread_ts,
        )
        return Outcome(notice=text, messages=[message])

    def _escaped(self, text: str, workspace_id: str) -> str:
        world = self._site.world
        handles = {
            person.handle: person.id
            for person in world.members.values()
            if workspace_id in person.workspace_ids
        }

        def replace(match: re.Match[str]) -> str:
            mark, name = match.groups()
            if mark == "@" and name in handles:
                return f"<@{handles[name]}|{name}>"
            channel = world.channel_named(workspace_id, name) if mark == "#" else None
            return f"<#{channel.id}|{channel.name}>" if channel else match.group()

        return MENTION.sub(replace, text)
