"""The services that listeners call, built once by the composition root."""

from dataclasses import dataclass
from datetime import timedelta

from bot.services.catalogue.rights import CatalogueRights
from bot.services.catalogue.workspace_catalogue import WorkspaceCatalogue
from bot.services.growth.assessing import Assessing
from bot.services.growth.changes import Holding
from bot.services.growth.evidence import EvidenceKeeping
from bot.services.growth.goals import Goals
from bot.services.growth.growth_cache import Books
from bot.services.growth.packets import Packets
from bot.services.lookup.shelves import Catalogues
from bot.services.members.directory import Members
from bot.services.members.personal_data import Records
from bot.services.nudges.answers import NudgeAnswers
from bot.services.nudges.policies import NudgePolicies
from bot.services.nudges.settings import NudgeSettingsService
from bot.services.ports import Clock, Messenger, Profiles
from bot.store.database import Database
from bot.text.translator import Translators


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a listener may use."""

    catalogues: Catalogues
    members: Members
    books: Books
    assessing: Assessing
    evidence: EvidenceKeeping
    goals: Goals
    records: Records
    packets: Packets
    nudges: NudgeAnswers
    nudge_settings: NudgeSettingsService
    nudge_policies: NudgePolicies
    own_catalogue: WorkspaceCatalogue
    messenger: Messenger
    translators: Translators
    clock: Clock


def build_services(
    database: Database,
    *,
    catalogues: Catalogues,
    profiles: Profiles,
    messenger: Messenger,
    translators: Translators,
    clock: Clock,
    fresh_for: timedelta,
    catalogue_owners: frozenset[str] = frozenset(),
) -> Services:
    """Put the services together.

    `fresh_for` is how long a *met* is taken as it is; `catalogue_owners` are the Slack ids of the
    members who own the catalogue wherever they are.
    """
    books = Books(database)
    members = Members(database, profiles, clock, books)
    holding = Holding(database, books, clock)
    goals = Goals(database, holding, books, clock, fresh_for=fresh_for)
    assessing = Assessing(holding, goals)
    return Services(
        catalogues=catalogues,
        members=members,
        books=books,
        assessing=assessing,
        evidence=EvidenceKeeping(holding, books),
        goals=goals,
        records=Records(database, members, books, clock),
        packets=Packets(database, books, goals, clock),
        nudges=NudgeAnswers(database, holding, goals, assessing),
        own_catalogue=WorkspaceCatalogue(
            database,
            catalogues,
            members,
            clock,
            rights=CatalogueRights(database, profiles, clock, named=catalogue_owners),
        ),
        nudge_settings=NudgeSettingsService(database, holding, books),
        nudge_policies=NudgePolicies(database, clock),
        messenger=messenger,
        translators=translators,
        clock=clock,
    )
