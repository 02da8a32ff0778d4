"""Addresses of places in Slack, as a browser and Slack's own apps open them."""

from urllib.parse import urlencode, urlsplit


def slack_host(api_url: str) -> str:
    """Return the host of the Slack that an API address belongs to."""
    host = urlsplit(api_url).hostname or ""
    gov = host == "slack-gov.com" or host.endswith(".slack-gov.com")
    return "slack-gov.com" if gov else "slack.com"


def conversation_link(api_url: str, team: str | None, channel: str) -> str:
    """Return the address of a conversation; empty where it is not known.

    Slack's redirect opens it in whichever app the member uses. A local Slack has its own.
    """
    if not channel:
        return ""
    query = urlencode({"team": team, "channel": channel} if team else {"channel": channel})
    parts = urlsplit(api_url)
    host = slack_host(api_url)
    named = parts.hostname or ""
    if named == host or named.endswith(f".{host}"):
        return f"https://{host}/app_redirect?{query}"
    return f"{parts.scheme}://{parts.netloc}/app_redirect?{query}"
