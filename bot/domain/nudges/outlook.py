"""What a member has set for their nudges, and what comes of it."""

from datetime import datetime

from bot.domain.nudges.cadence import NudgeSettings, WorkingTime
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class NudgeOutlook:
    """A member's settings with what they lead to.

    `slack_zone` is the IANA zone of the member's Slack profile, in force unless the settings name
    another. `next_at` (UTC) is None while nothing is to come: stopped, or no active goal. To a
    `guest` nothing ever comes, as far as Slack has told.
    """

    settings: NudgeSettings
    working: WorkingTime
    slack_zone: str
    next_at: datetime | None = None
    has_goal: bool = True
    guest: bool = False

    @property
    def zone(self) -> str:
        """The IANA zone in force."""
        return self.settings.zone or self.slack_zone

    def paused(self, now: datetime) -> bool:
        """Tell whether nothing comes before a day that the member named."""
        until = self.settings.paused_until
        return until is not None and until > now
