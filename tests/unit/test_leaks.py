"""What reads the output of every test finds what it looks for."""

import pytest

from tests.leaks import leaks

NOTE = "I led the quiet zebra migration"


@pytest.mark.parametrize(
    "text",
    [
        "failed with xoxb-local-sample",
        "xapp-1-A1-2-beef",
        "https://hooks.slack.com/commands/T1/2/3",
        "http://127.0.0.1:1/response/R1",
        "Invalid request signature detected (signature: v0, body: token=x)",
        "token=x&team_id=T1&user_id=U1",
        '{"response_url": "x"}',
        f"not saved: {NOTE}",
    ],
)
def test_what_nobody_may_read_is_found(text: str) -> None:
    assert leaks(text, frozenset({NOTE}))


def test_an_ordinary_log_is_let_be() -> None:
    line = '{"event": "request_refused", "code": "outdated_card", "team": "T0SAMPLE"}'
    assert leaks(f"{line} xoxb-your-bot-token [token] xoxb-…", frozenset({NOTE})) == []
