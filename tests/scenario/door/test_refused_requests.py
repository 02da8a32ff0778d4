"""Requests that are not Slack's, or that nobody can read: refused, never a crash."""

import pytest

from tests.scenario.desk import Desk, command_fields


async def test_wrong_headers_are_refused(desk: Desk) -> None:
    for headers, status in (
        ({"X-Slack-Request-Timestamp": ""}, 400),
        ({"X-Slack-Request-Timestamp": "now"}, 400),
        ({"X-Slack-Request-Timestamp": "1e9"}, 400),
        ({"X-Slack-Request-Timestamp": "-1"}, 400),
        ({"X-Slack-Request-Timestamp": "9" * 40}, 400),
        ({"X-Slack-Signature": ""}, 401),
        ({"X-Slack-Signature": "v0=" + "0" * 64}, 401),
        ({"X-Slack-Signature": "v1=abc"}, 401),
        ({"X-Slack-Signature": "nonsense"}, 401),
    ):
        answer = await desk.post(command_fields(), headers=headers)

        assert answer.status_code == status
        assert "mlops" not in answer.text.lower()


async def test_wrong_secret_is_refused(desk: Desk) -> None:
    answer = await desk.post(command_fields(), secret="another secret")

    assert answer.status_code == 401


async def test_replayed_request_is_refused(desk: Desk) -> None:
    for age in (
        301,
        3600,
        -400,
    ):
        answer = await desk.post(command_fields(), age=age)

        assert answer.status_code == 401


async def test_request_a_little_late_is_answered(desk: Desk) -> None:
    answer = await desk.post(command_fields(), age=200)

    assert answer.status_code == 200
    assert answer.json()["blocks"]


async def test_body_that_is_no_utf8_is_refused(desk: Desk) -> None:
    for body in (
        b"\xff\xfe\x00\x80",
        "command=/skill&text=caf\xe9".encode("latin-1"),
        "command=/skill".encode("utf-16"),
    ):
        answer = await desk.post(body)

        assert answer.status_code == 400


async def test_oversized_body_is_refused(desk: Desk) -> None:
    answer = await desk.post(b"text=" + b"x" * 2_000_000)

    assert answer.status_code == 413


NONSENSE = (
    b"",
    b"payload=",
    b"payload={",
    b"payload=%5B%5D",
    b"payload=null",
    b"payload=42",
    b'payload="text"',
    b"payload=%7B%7D",
    b"payload=NaN",
    b"payload=" + b"%5B" * 5000,
    b"&&&==",
    b"{",
    b"[]",
    b"null",
    b"command",
)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", ""])
async def test_signed_nonsense_is_no_crash(desk: Desk, kind: str) -> None:
    desk.faults_expected = True  # what looks like a command or press without a member is logged
    for body in NONSENSE:
        answer = await desk.post(body, headers={"Content-Type": kind})
        assert answer.status_code in (200, 400, 404), body


async def test_unsigned_nonsense_is_no_crash_either(desk: Desk) -> None:
    for body in NONSENSE:
        answer = await desk.post(body, secret="another secret")
        assert answer.status_code in (400, 401), body
