"""The sample members: who they are in the local Slack, and what they told Nextrung."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import yaml

from bot.domain.tenancy import Member, Tenant
from bot.formats.bundled import data_folder
from bot.sandbox.local_slack import LocalSlack
from bot.services.members.directory import Members
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class SampleMember:
    """One sample member; `role` and `level` are None for someone who told nothing yet."""

    slack_id: str
    role: str | None = None
    level: str | None = None


@cache
def read_samples() -> Mapping[str, SampleMember]:
    """Return the sample members by the name that `--as` takes."""
    text = (data_folder() / "samples" / "members.yaml").read_text(encoding="utf-8")
    found = {name: SampleMember(**fields) for name, fields in yaml.safe_load(text).items()}
    return MappingProxyType(found)


async def introduce(members: Members, slack: LocalSlack) -> None:
    """Keep role and level of every sample member, with the locale and zone of the local Slack."""
    for sample in read_samples().values():
        person = slack.world.members[sample.slack_id]
        await members.save(
            Member(
                tenant=Tenant(person.workspace_id),
                slack_id=sample.slack_id,
                locale=person.locale,
                time_zone=person.tz,
                role_key=sample.role,
                level_key=sample.level,
            )
        )
