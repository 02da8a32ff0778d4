"""Slack's profiles without Slack."""

from bot.domain.tenancy import Tenant
from bot.services.ports import Profile


class SampleProfiles:
    """A `Profiles` that tells the same profile for everybody, or none; counts how often."""

    def __init__(self, profile: Profile | None) -> None:
        self.told = profile
        self.asked = 0

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile | None:
        del tenant, slack_id
        self.asked += 1
        return self.told
