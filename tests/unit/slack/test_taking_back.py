"""What was sent is taken back as far as it can be: one that cannot keeps no other from it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.domain.teams.taken_back import TakenBack
from bot.slack.refusals import passes
from bot.slack.teams.taking_back import take_back
from bot.text.translator import load_translators

TRANSLATORS = load_translators()
ALL = TakenBack(
    messages=(("D1", "1.1"), ("D1", "1.2")), files=("F1", "F2"), views=(("V1", "zh"), ("V2", "en"))
)


def refusal(code: str) -> SlackApiError:
    return SlackApiError("refused", {"ok": False, "error": code})  # type: ignore[no-untyped-call]


class Client:
    """Slack, as it refuses some of what is asked by a code."""

    def __init__(self, refused: dict[str, str]) -> None:
        self._refused = refused
        self.done: list[str] = []

    async def views_update(self, *, view_id: str, view: Any) -> None:
        assert view["blocks"]
        self._do(view_id)

    async def chat_delete(self, *, channel: str, ts: str) -> None:
        self._do(f"{channel} {ts}")

    async def chat_update(self, *, channel: str, ts: str, text: str, blocks: list[Any]) -> None:
        assert text
        assert blocks == []
        self._do(f"blank {channel} {ts}")

    async def files_delete(self, *, file: str) -> None:
        self._do(file)

    def _do(self, what: str) -> None:
        if code := self._refused.get(what):
            raise refusal(code)
        self.done.append(what)


async def test_one_that_cannot_be_taken_back_keeps_no_other_from_it() -> None:
    refused = {"V1": "invalid_arguments", "D1 1.1": "is_archived", "F1": "service_unavailable"}
    client = Client(refused)
    with pytest.raises(SlackApiError):
        await take_back(client, ALL, TRANSLATORS)  # type: ignore[arg-type]
    assert client.done == ["V2", "D1 1.2", "F2"]


async def test_what_is_gone_is_taken_back() -> None:
    gone = {"V1": "not_found", "D1 1.1": "message_not_found", "F1": "file_not_found"}
    client = Client(gone | {"D1 1.2": "cant_delete_message", "blank D1 1.2": "message_not_found"})
    await take_back(client, ALL, TRANSLATORS)  # type: ignore[arg-type]
    assert client.done == ["V2", "F2"]


@pytest.mark.parametrize(
    ("code", "later"),
    [
        ("service_unavailable", True),
        ("ratelimited", True),
        ("internal_error", True),
        ("token_revoked", True),
        ("invalid_arguments", False),
        ("is_archived", False),
    ],
)
def test_what_only_time_mends_is_told_from_the_rest(code: str, later: bool) -> None:
    assert passes(refusal(code)) is later


def test_no_answer_may_come_later() -> None:
    assert passes(TimeoutError())
    assert not passes(ValueError())
