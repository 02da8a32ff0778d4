"""Half a character, which a text of Slack's that was cut may end in, becomes a whole one."""

import json
from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.slack.sent_text import make_whole

FORM: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}
BODY = {
    "type": "message_action",
    "team": {"id": "T\ud83d"},
    "user": {"id": "U1"},
    "message": {"text": "cut here \ud83d", "\ude00": ["whole \U0001f600", 7, None]},
}
MENDED = {
    "type": "message_action",
    "team": {"id": "T\ufffd"},
    "user": {"id": "U1"},
    "message": {"text": "cut here \ufffd", "\ufffd": ["whole \U0001f600", 7, None]},
}


@pytest.mark.parametrize("way", ["form", "json", "socket"])
def test_halves_are_replaced_whichever_way_they_come(way: str) -> None:
    text = json.dumps(BODY)
    request = {
        "form": lambda: AsyncBoltRequest(body=urlencode({"payload": text}), headers=FORM),
        "json": lambda: AsyncBoltRequest(body=text),
        "socket": lambda: AsyncBoltRequest(body=json.loads(text), mode="socket_mode"),
    }[way]()
    make_whole(request)
    assert request.body == MENDED
    assert request.context.team_id == "T\ufffd"
    json.dumps(request.body, ensure_ascii=False).encode()


def test_what_is_whole_stays_the_same_object() -> None:
    body = {"type": "x", "text": "\U0001f600 你好"}
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    before = request.body
    make_whole(request)
    assert request.body is before
