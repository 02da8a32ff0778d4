"""What a browser sends: its language, its secret, and the query that Slack gave it.

All of it may be anybody's. What is not as it would be by itself counts as not sent.
"""

import re
from urllib.parse import parse_qsl

from bot.services.installs.begun import HOLDS_FOR, new_secret
from bot.values import dataclass

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_CODE = re.compile(r"[A-Za-z0-9._-]{1,512}")
_ERROR = re.compile(r"[a-z_]{1,64}")
_LONGEST_QUERY = 4096
_MOST_FIELDS = 20
_LONGEST_HEADER = 500
# Longer than a state holds: whoever comes back late hears that it was too late.
_KEPT_SECONDS = int(HOLDS_FOR.total_seconds()) * 6


class OddQuery(ValueError):
    """A query that neither Slack nor a page of ours makes."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a browser brings back from Slack; each is None where it is not there."""

    code: str | None
    state: str | None
    error: str | None


def returned(query: bytes) -> Returned:
    """Read the query of the redirect.

    Raises:
        OddQuery: it is huge, names something twice, or holds what no code and no state has.
    """
    if len(query) > _LONGEST_QUERY:
        raise OddQuery
    try:
        fields = parse_qsl(query.decode("ascii"), max_num_fields=_MOST_FIELDS)
    except ValueError:  # also where it is not ASCII
        raise OddQuery from None
    return Returned(
        _one(fields, "code", _CODE), _one(fields, "state", _SECRET), _one(fields, "error", _ERROR)
    )


def _one(fields: list[tuple[str, str]], name: str, fitting: re.Pattern[str]) -> str | None:
    found = [value for each, value in fields if each == name]
    if not found:
        return None
    if len(found) > 1 or not fitting.fullmatch(found[0]):
        raise OddQuery
    return found[0]


@dataclass(frozen=True, slots=True)
class BrowserSecret:
    """The cookie that tells one browser from another; it says nothing of who sits before it.

    With HTTPS no other host of the same domain can set it: that is what its prefix means.
    """

    secure: bool

    @property
    def name(self) -> str:
        """The cookie's name."""
        return "__Host-nextrung-install" if self.secure else "nextrung-install"

    def of(self, cookies: dict[str, str]) -> str | None:
        """Return the browser's secret; None where it has none of ours."""
        found = cookies.get(self.name, "")
        return found if _SECRET.fullmatch(found) else None

    def kept(self, cookies: dict[str, str]) -> str:
        """Return the browser's secret, or a new one: several tabs of a browser share it."""
        return self.of(cookies) or new_secret()

    def header(self, secret: str) -> str:
        """Return the header that gives it to the browser."""
        # Lax: it has to come along when Slack's page sends the browser back here.
        rest = f"Path=/; Max-Age={_KEPT_SECONDS}; HttpOnly; SameSite=Lax"
        return f"{self.name}={secret}; {rest}{'; Secure' if self.secure else ''}"


def accepted(header: str, locales: tuple[str, ...]) -> str | None:
    """Return which of our languages a browser prefers, by Accept-Language; None for none."""
    wanted: list[tuple[float, str]] = []
    for each in header[:_LONGEST_HEADER].split(","):
        tag, _, rest = each.strip().partition(";")
        weight = _weight(rest)
        language = tag.strip().lower().split("-", 1)[0]
        ours = next((one for one in locales if one.lower().split("-", 1)[0] == language), None)
        if ours is not None and weight > 0:
            wanted.append((weight, ours))
    # Of equal ones the first counts.
    return max(wanted, key=lambda each: each[0])[1] if wanted else None


def _weight(rest: str) -> float:
    name, _, value = rest.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        found = float(value)
    except ValueError:
        return 0.0
    return found if 0 <= found <= 1 else 0.0
