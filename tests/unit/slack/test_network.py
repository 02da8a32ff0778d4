"""Which way an address is reached: by the proxy, or directly."""

import pytest

from bot.slack.network import Network

PROXY = "http://proxy.example.com:3128"


@pytest.mark.parametrize(
    ("url", "no_proxy", "by_proxy"),
    [
        ("https://slack.com/api/auth.test", "", True),
        ("wss://wss-primary.slack.com/link/?ticket=1", "", True),
        ("https://files.slack.com/upload/v1/1", "example.com,.svc", True),
        ("http://gateway.example.com/api/", "", False),
        ("https://localhost/api/", "", False),
        ("https://slack.localhost/api/", "", False),
        ("https://127.0.0.1:8443/api/", "", False),
        ("https://127.8.8.8/api/", "", False),
        ("https://[::1]:8443/api/", "", False),
        ("wss://127.0.0.1:8443/link", "", False),
        ("https://slack.com/api/", "*", False),
        ("https://slack.com/api/", "slack.com", False),
        ("https://wss-primary.slack.com/", "slack.com", False),
        ("https://wss-primary.slack.com/", ".slack.com", False),
        ("https://wss-primary.slack.com/", "localhost, *.SLACK.com", False),
        ("https://notslack.com/", "slack.com", True),
        ("https://slack.com/", "slack.com:443", False),
        ("https://slack.com:8443/", "slack.com:443", True),
        ("https://10.1.2.3/api/", "10.0.0.0/8", False),
        ("https://11.1.2.3/api/", "10.0.0.0/8 192.168.0.0/16", True),
        ("https://slack.com/", "10.0.0.0/8", True),
    ],
)
def test_the_way(url: str, no_proxy: str, *, by_proxy: bool) -> None:
    network = Network(proxy=PROXY, no_proxy=no_proxy)
    assert network.proxy_for(url) == (PROXY if by_proxy else None)
    assert Network(no_proxy=no_proxy).proxy_for(url) is None


def test_a_password_of_the_proxys_is_not_shown() -> None:
    assert "hunter2" not in repr(Network(proxy="http://us:hunter2@proxy.example.com:3128"))
