"""Asking Slack about tokens that nobody has told us anything of yet, such as those of settings."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from slack_sdk.errors import SlackApiError

from bot.slack.client import SlackClient
from bot.slack.refusals import WhyRefused, why_refused
from bot.time_left import unhurried

A = TypeVar("A")

# So long (seconds) nobody is asked again about a token that Slack does not take.
_REFUSED_FOR = 30.0
_LONGEST_SILENCE = 30.0


class Asking(Generic[A]):
    """Asks about each token once; `answers` is what was said, `waiting` what is still to be said.

    A token that is refused, or again not answered about, is left alone for a while: who comes
    meanwhile hears at once what was said last, and Slack is not asked with each request.
    """

    def __init__(
        self,
        clients: Sequence[SlackClient],
        ask: Callable[[SlackClient], Awaitable[A]],
        counted: Callable[[], float],
    ) -> None:
        """`counted` counts seconds."""
        self.waiting = list(clients)
        self.answers: list[tuple[SlackClient, A]] = []
        # Grows with each change of the answers.
        self.changes = 0
        self._ask = ask
        self._counted = counted
        self._under_way: dict[SlackClient, asyncio.Task[None]] = {}
        self._failures: dict[SlackClient, int] = {}
        self._left_alone: dict[SlackClient, tuple[float, BaseException]] = {}

    async def ask(self, enough: Callable[[], bool]) -> list[BaseException]:
        """Ask about all tokens at once until there is `enough`; one that is silent hides no other.

        Return what was said of those that gave no answer, the gravest first. Whoever waits for the
        same token shares one question; it goes on where they stop waiting.
        """
        now = self._counted()
        # Who asks raises it again; what it was raised through before must not be kept with it.
        resting = {
            each: why.with_traceback(None)
            for each, (until, why) in self._left_alone.items()
            if until > now
        }
        asked = {self._question(each) for each in self.waiting if each not in resting}
        failed = [why for each, why in resting.items() if each in self.waiting]
        while asked and not enough():
            done, asked = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
            failed += filter(None, (each.exception() for each in done))
        # That Slack refuses a token says more than that it is silent.
        return sorted(failed, key=lambda each: not isinstance(each, SlackApiError))

    def again(self, is_meant: Callable[[A], bool]) -> None:
        """Forget what was said of some tokens, and ask about every other that is not known yet."""
        for client, answer in [each for each in self.answers if is_meant(each[1])]:
            self.answers.remove((client, answer))
            self.changes += 1
            self.waiting.append(client)
        self._left_alone.clear()

    def _question(self, client: SlackClient) -> "asyncio.Task[None]":
        task = self._under_way.get(client)
        if task is None:
            task = asyncio.create_task(self._hear(client), context=unhurried())
            self._under_way[client] = task
            task.add_done_callback(lambda done: self._heard(client, done))
        return task

    async def _hear(self, client: SlackClient) -> None:
        answer = await self._ask(client)
        if client in self.waiting:
            self.waiting.remove(client)
            self.answers.append((client, answer))
            self.changes += 1

    def _heard(self, client: SlackClient, task: "asyncio.Task[None]") -> None:
        del self._under_way[client]
        # Whoever waited has it; asyncio complains where nobody looks.
        why = None if task.cancelled() else task.exception()
        if not isinstance(why, Exception):
            self._failures.pop(client, None)
            self._left_alone.pop(client, None)
            return
        count = self._failures[client] = self._failures.get(client, 0) + 1
        silent = min(float(2 ** min(count - 2, 10)), _LONGEST_SILENCE) if count > 1 else 0.0
        seconds = _REFUSED_FOR if why_refused(why) is WhyRefused.TOKEN else silent
        self._left_alone[client] = (self._counted() + seconds, why)
