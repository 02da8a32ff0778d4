"""Direct messages without Slack."""

from bot.domain.document import Parcel, Sent
from bot.domain.tenancy import Tenant


class SampleMessenger:
    """A `Messenger` that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[Tenant, str, Parcel]] = []

    async def send(self, tenant: Tenant, slack_id: str, parcel: Parcel) -> Sent:
        self.sent.append((tenant, slack_id, parcel))
        return Sent()
