"""An organisation's directory that tests write: who got which id, and where the app may be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.tenancy import Tenant
from bot.services.installs.directory import MOST_IDS, NoAnswer, NotInOrganisation


@dataclass
class FakeDirectory:
    """`ids` are new ids by old ones; who is in `strangers` is not known to Slack.

    `migrated` tells that workspaces are in an organisation. What is in `failing` is raised first,
    one by one. `asked` is every list of ids, in order.
    """

    ids: dict[str, str] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    migrated: bool = True
    in_organisation: dict[str, str] = field(default_factory=dict)
    installed: set[Tenant] = field(default_factory=set)
    failing: list[NoAnswer] = field(default_factory=list)
    asked: list[Sequence[str]] = field(default_factory=list)

    async def new_ids(
        self, tenant: Tenant, team_id: str, slack_ids: Sequence[str]
    ) -> Mapping[str, str]:
        assert tenant.enterprise_id or tenant.team_id == team_id
        assert len(slack_ids) <= MOST_IDS
        self._fail()
        if not self.migrated:
            raise NotInOrganisation
        self.asked.append(slack_ids)
        return {each: self.ids.get(each, each) for each in slack_ids if each not in self.strangers}

    async def teams(self, tenant: Tenant) -> Mapping[str, str]:
        assert tenant.enterprise_id
        self._fail()
        return dict(self.in_organisation)

    async def is_installed(self, tenant: Tenant) -> bool:
        self._fail()
        return tenant in self.installed

    def _fail(self) -> None:
        if self.failing:
            raise self.failing.pop(0)
