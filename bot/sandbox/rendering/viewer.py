"""For whom something is rendered: language, time zone, and the names behind ids."""

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError

from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The member who looks at the page.

    ``locale`` is Slack's form (``en-US``), ``time_zone`` an IANA name, ``now`` an aware moment;
    ``members``, ``channels`` and ``groups`` map ids to the names shown for them.
    """

    now: datetime
    member_id: str = ""
    locale: str = "en-US"
    time_zone: str = "UTC"
    members: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def babel_locale(self) -> Locale:
        """The locale for Babel; English where Babel does not know it."""
        try:
            return Locale.parse(self.locale.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            return Locale("en", "US")

    @property
    def zone(self) -> tzinfo:
        """The time zone; UTC where the machine does not know it."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return UTC

    @property
    def language(self) -> str:
        """The language alone, as in ``en`` or ``zh``."""
        return self.babel_locale.language
