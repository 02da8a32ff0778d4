"""What a setting's value must look like; else ValueError says how to write it.

None repeats a secret.
"""

import re
from urllib.parse import urlsplit

from pydantic import SecretStr

_MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
_COMMAND_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
# Slack takes 32 characters; /promote-gap and a hyphen are 13 of them.
_LONGEST_PREFIX = 19
_CLIENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.]{2,63}")
_COLLECTOR = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
_HEADER = re.compile(r"\s*[A-Za-z0-9!#$%&'*+.^_`|~-]+=[!-+\--~]+\s*")
_DSN = re.compile(r"https?://[^\s/@:]+(?::[^\s/@]*)?@[^\s/@]+(?:/[^\s/]+)*/\d+")
_PROXY = re.compile(r"https?://[^\s/]+/?")
# What an address may hold as it stands; spaces, quotes and brackets it may not.
_OF_ADDRESSES = re.compile(r"[!#-;=?-\[\]_a-z~]+")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def one_word(value: SecretStr | None) -> SecretStr | None:
    """Return a secret of Slack's: all of it can be typed."""
    found = value.get_secret_value() if value else ""
    if not found.isascii() or not found.isprintable():
        raise ValueError("it holds a line break or a character that no secret of Slack's has")
    return value


def base_address(value: str) -> str:
    """Return the base of Slack's Web API, with a slash at its end."""
    if not value.startswith(("https://", "http://")):
        raise ValueError("write it as https://slack.com/api/")
    return value.rstrip("/") + "/"


def client(value: str | None) -> str | None:
    """Return a client id."""
    if value is not None and not _CLIENT_ID.fullmatch(value):
        raise ValueError("write it as 1234567890.1234567890, from Basic Information")
    return value


def page_of_slack(value: str) -> str:
    """Return where browsers are sent to install the app."""
    if not _is_page(value):
        raise ValueError("write it as https://slack.com/oauth/v2/authorize")
    return value


def browsers_address(value: str | None) -> str | None:
    """Return where browsers reach `nextrung web`, without a slash at its end."""
    if value is not None and not _is_page(value):
        example = "https://nextrung.example.com"
        raise ValueError(f"write it as {example}: HTTPS, unless it is this machine itself")
    return value.rstrip("/") if value else None


def collector(value: str | None) -> str | None:
    """Return where traces go."""
    if value is not None and not _COLLECTOR.fullmatch(value):
        raise ValueError("write it as http://collector.example.com:4318")
    return value


def headers(value: SecretStr | None) -> SecretStr | None:
    """Return the headers that go with traces."""
    words = value.get_secret_value().split(",") if value else []
    if not all(_HEADER.fullmatch(each) for each in words):
        raise ValueError("write it as name=value, and commas between several")
    return value


def faults_address(value: SecretStr | None) -> SecretStr | None:
    """Return where faults go."""
    if value is not None and not _DSN.fullmatch(value.get_secret_value()):
        raise ValueError("write it as https://key@sentry.example.com/1")
    return value


def proxy(value: SecretStr | None) -> SecretStr | None:
    """Return the proxy to Slack."""
    if value is not None and not _PROXY.fullmatch(value.get_secret_value()):
        raise ValueError("write it as http://proxy.example.com:3128")
    return value


def part_of_a_name(value: str | None) -> str | None:
    """Return what stands before the names of the commands."""
    if value is not None and not _COMMAND_PREFIX.fullmatch(value):
        raise ValueError("write it as acme: lower-case letters, digits, and hyphens between")
    if value is not None and len(value) > _LONGEST_PREFIX:
        reason = f"/{value}-promote-gap has more than the 32 characters that Slack takes"
        raise ValueError(f"{reason}; the prefix may have {_LONGEST_PREFIX}")
    return value


def slack_ids(value: str | None) -> str | None:
    """Return the ids of the owners of the catalogue, as they were written."""
    wrong = [each for each in listed(value) if not _MEMBER_ID.fullmatch(each)]
    if wrong:
        raise ValueError(f"{', '.join(wrong)} is no member's id; one looks like U0123ABCD")
    return value


def listed(value: str | None) -> list[str]:
    """Return the words of a setting; commas and spaces divide them."""
    return (value or "").replace(",", " ").split()


def _is_page(address: str) -> bool:
    """Tell whether it is the plain address of a page that browsers may be sent to."""
    try:
        found = urlsplit(address)
        named = found.hostname and (found.port is None or found.port > 0)
    except ValueError:  # a port or an address that is none
        return False
    plain = not (found.query or found.fragment or found.username or found.password is not None)
    safe = found.scheme == "https" or (found.scheme == "http" and found.hostname in _THIS_MACHINE)
    return bool(named) and plain and safe and _OF_ADDRESSES.fullmatch(address) is not None
