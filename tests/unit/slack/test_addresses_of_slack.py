"""Where a token or a member's card may be sent: to Slack's own addresses, and over TLS."""

from types import SimpleNamespace
from typing import cast

import pytest

from bot.cards import limits
from bot.slack.catalogue.uploads import _is_slacks
from bot.slack.client import SlackClient
from bot.slack.context import Here
from bot.slack.reply.return_path import return_url, with_return

SLACK = "https://slack.com/api/"
LOCAL = "http://127.0.0.1:8000/api/"
# {host} is hooks.slack.com for a way back, and files.slack.com for a file.
ADDRESSES = {
    "https://{host}/x/1?a=b&c=d": True,
    "https://{gov}/x/1": True,
    "http://{host}/x/1": False,
    "http://{gov}/x/1": False,
    "ftp://{host}/x/1": False,
    "//{host}/x/1": False,
    "https://{host}.example.com/x": False,
    "https://{host}@example.com/x": False,
    "https://example.com/{host}": False,
    "https://{host}:444/x": False,
    "http://slack.com/api/x": False,
    "https://slack.com/x": True,
    "http://127.0.0.1:8000/response/1": False,
    "": False,
}


def client_at(base: str) -> SlackClient:
    return cast("SlackClient", SimpleNamespace(base_url=base))


def way_back(url: str, base: str = SLACK) -> str:
    here = cast("Here", SimpleNamespace(client=client_at(base)))
    return return_url(here, with_return("gap?k=llm-engineer", url))


@pytest.mark.parametrize(("url", "taken"), ADDRESSES.items())
def test_a_way_back_leads_to_slack_alone(url: str, taken: bool) -> None:
    url = url.format(host="hooks.slack.com", gov="hooks.slack-gov.com")
    assert way_back(url) == (url if taken else "")


@pytest.mark.parametrize(("url", "taken"), ADDRESSES.items())
def test_a_token_goes_to_slack_alone(url: str, taken: bool) -> None:
    url = url.format(host="files.slack.com", gov="files.slack-gov.com")
    assert _is_slacks(url, client_at(SLACK)) is taken


def test_the_local_slack_is_answered_where_it_is_and_nowhere_else() -> None:
    for url, taken in (
        ("http://127.0.0.1:8000/response/1", True),
        ("http://127.0.0.1:8001/response/1", False),
        ("https://127.0.0.1:8000/response/1", False),
    ):
        assert way_back(url, LOCAL) == (url if taken else "")
        assert _is_slacks(url, client_at(LOCAL)) is taken


def test_an_address_that_is_none_leads_nowhere() -> None:
    assert way_back("https://[hooks.slack.com/x") == ""


def test_a_way_back_that_does_not_fit_is_left_out() -> None:
    start, longest = "gap?k=x", limits.PRIVATE_METADATA - len("gap?k=x&u=")
    assert with_return(start, "x" * longest) == f"{start}&u={'x' * longest}"
    assert with_return(start, "x" * (longest + 1)) == start
    assert with_return(start, "") == start
