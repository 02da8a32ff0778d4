"""The services that listeners call, built once by the composition root."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from bot.domain.catalogue.unclear import secret_of
from bot.domain.typed_words import TypedWords
from bot.services.catalogue.checking import Checking
from bot.services.catalogue.drafts import Drafts
from bot.services.catalogue.rights import CatalogueRights
from bot.services.catalogue.unclear import UnclearTexts
from bot.services.catalogue.uploads import Uploads
from bot.services.catalogue.workspace_catalogue import WorkspaceCatalogue
from bot.services.clock import Steady, always_steady
from bot.services.effects import Effects
from bot.services.growth.actions import Actions
from bot.services.growth.assessing import Assessing
from bot.services.growth.cache import GrowthCache
from bot.services.growth.changes import GrowthChanges
from bot.services.growth.evidence import EvidenceKeeping
from bot.services.growth.evidence_targets import EvidenceTargets
from bot.services.growth.goals import Goals
from bot.services.growth.measuring import Measuring
from bot.services.growth.packets import Packets
from bot.services.growth.revision_parts import RevisionParts
from bot.services.growth.walkthrough import Walkthroughs
from bot.services.home_page import HomePages
from bot.services.installs.audit import AuditKeeping
from bot.services.installs.directory import Directory
from bot.services.installs.frameworks import OrganisationFrameworks
from bot.services.installs.installing import Installing
from bot.services.installs.limits import Limits
from bot.services.installs.moving import Moves
from bot.services.installs.relocating import Relocating
from bot.services.lookup.former_names import FormerNames
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.members.directory import Members
from bot.services.members.personal_data import Records
from bot.services.nudges.answers import NudgeAnswers
from bot.services.nudges.policies import NudgePolicies
from bot.services.nudges.settings import NudgeSettingsService
from bot.services.ports import Clock, Messenger, Profiles
from bot.services.teams.action_reminders import ActionReminders
from bot.services.teams.agreeing import Agreeing
from bot.services.teams.briefs import Briefs
from bot.services.teams.care import ShareCare
from bot.services.teams.confirmations import Confirmations
from bot.services.teams.helping.accounts import Accounts
from bot.services.teams.helping.adoption import Adoption
from bot.services.teams.helping.helper_accounts import HelperAccounts
from bot.services.teams.helping.helper_index import HelperIndex
from bot.services.teams.helping.offers import HelpOffers
from bot.services.teams.helping.pairing import Pairing
from bot.services.teams.letters import Letters
from bot.services.teams.marking import Marking
from bot.services.teams.native_tables import NativeTables
from bot.services.teams.others_say import OthersSay
from bot.services.teams.people import TwoPeople
from bot.services.teams.shared_goals import SharedGoals
from bot.services.teams.shared_way import SharedWay
from bot.services.teams.sharing import Sharing
from bot.services.teams.talking import Talking
from bot.services.teams.team import Team
from bot.store.database import Database
from bot.text.translator import Translators
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a listener may use."""

    catalogues: Catalogues
    former_names: FormerNames
    members: Members
    growth: GrowthCache
    assessing: Assessing
    evidence: EvidenceKeeping
    actions: Actions
    measuring: Measuring
    goals: Goals
    walkthroughs: Walkthroughs
    evidence_targets: EvidenceTargets
    home_pages: HomePages
    records: Records
    packets: Packets
    nudges: NudgeAnswers
    nudge_settings: NudgeSettingsService
    nudge_policies: NudgePolicies
    own_catalogue: WorkspaceCatalogue
    unclear: UnclearTexts
    checking: Checking
    drafts: Drafts
    uploads: Uploads
    messenger: Messenger
    translators: Translators
    typed_words: TypedWords
    clock: Clock
    effects: Effects
    audit: AuditKeeping
    limits: Limits
    installing: Installing
    moves: Moves
    frameworks: OrganisationFrameworks
    relocating: Relocating
    help_offers: HelpOffers
    helper_accounts: HelperAccounts
    adoption: Adoption
    letters: Letters
    pairing: Pairing
    sharing: Sharing
    shared_goals: SharedGoals
    team: Team
    native_tables: NativeTables
    marking: Marking
    share_care: ShareCare
    two_people: TwoPeople
    confirmations: Confirmations
    reminders: ActionReminders
    agreeing: Agreeing
    talking: Talking
    briefs: Briefs


def build_services(
    database: Database,
    *,
    catalogues: Catalogues,
    profiles: Profiles,
    messenger: Messenger,
    directory: Directory,
    translators: Translators,
    moves: Moves,
    clock: Clock,
    fresh_for: timedelta,
    audit_kept_for: timedelta = timedelta(days=365),
    limits: Limits | None = None,
    installing: Installing | None = None,
    catalogue_owners: frozenset[str] = frozenset(),
    secret: str = "",
    steady: Steady = always_steady,
    counted: Callable[[], float] = monotonic,
) -> Services:
    """Put the services together.

    `fresh_for` is how long a *met* is taken as it is; `audit_kept_for` how long it is kept what
    admins did; without `limits` there are none; `catalogue_owners` are the Slack ids of the
    members who own the catalogue wherever they are; `secret` is one that the database has not;
    `steady` tells whether the clock goes evenly; `counted` how long something has been at hand.
    """
    growth = GrowthCache(database)
    members = Members(database, profiles, clock, growth, counted=counted)
    changes = GrowthChanges(database, growth, clock)
    parts = RevisionParts(database.catalogues, catalogues)
    measuring = Measuring(parts, growth, clock, fresh_for=fresh_for)
    goals = Goals(measuring, changes, growth, clock)
    helper_index = HelperIndex(database, clock, counted)
    assessing = Assessing(changes, measuring, goals)
    nudge_settings = NudgeSettingsService(database, changes, growth, members)
    unclear = UnclearTexts(database, clock, secret=secret_of(secret))
    rights = CatalogueRights(database, profiles, clock, named=catalogue_owners)
    own_catalogue = WorkspaceCatalogue(database, catalogues, members, clock, rights=rights)
    effects = Effects(database, clock)
    letters, people = Letters(database, profiles, clock), TwoPeople(database, profiles, clock)
    confirmations = Confirmations(database, members, assessing, letters, profiles, clock, growth)
    frameworks = OrganisationFrameworks(database, members, clock, rights=rights)
    relocating = Relocating(
        database,
        clock,
        directory,
        moves=moves,
        effects=effects,
        frameworks=frameworks,
        members=members,
        growth=growth,
        named=catalogue_owners,
    )
    way = SharedWay(growth, measuring, catalogues, members)
    agreeing = Agreeing(database, letters, growth, way, clock)
    talking = Talking(database, agreeing, clock)
    shared_goals = SharedGoals(database, way, measuring, people, clock)
    former_names = FormerNames(database.catalogues)
    return Services(
        catalogues=catalogues,
        former_names=former_names,
        members=members,
        growth=growth,
        assessing=assessing,
        evidence=EvidenceKeeping(changes, growth),
        actions=Actions(changes, growth, clock),
        measuring=measuring,
        goals=goals,
        walkthroughs=Walkthroughs(growth, measuring),
        evidence_targets=EvidenceTargets(growth, measuring),
        home_pages=HomePages(database, growth, measuring, rights, former_names, clock),
        records=Records(database, members, growth, clock, marker=unclear.marker),
        packets=Packets(
            database,
            growth,
            measuring,
            clock,
            profiles,
            confirmations,
            OthersSay(database, profiles, clock),
        ),
        nudges=NudgeAnswers(database, changes, measuring, goals, assessing, clock),
        own_catalogue=own_catalogue,
        checking=Checking(own_catalogue, unclear, catalogues),
        unclear=unclear,
        drafts=Drafts(database, own_catalogue, clock),
        uploads=Uploads(database, own_catalogue, catalogues, clock),
        nudge_settings=nudge_settings,
        nudge_policies=NudgePolicies(database, clock),
        messenger=messenger,
        translators=translators,
        typed_words=catalogues.typed,
        clock=clock,
        effects=effects,
        audit=AuditKeeping(database, clock, kept=audit_kept_for),
        limits=limits or Limits(member=0, workspace=0),
        installing=installing or Installing(database, clock),
        moves=moves,
        frameworks=frameworks,
        relocating=relocating,
        help_offers=HelpOffers(changes, growth, Accounts(profiles, counted), helper_index),
        adoption=Adoption(database, own_catalogue, clock, steady=steady),
        helper_accounts=HelperAccounts(database, profiles, helper_index, clock),
        letters=letters,
        pairing=Pairing(
            database, catalogues=catalogues, members=members, letters=letters, clock=clock
        ),
        sharing=Sharing(database, growth, measuring, members, people, letters, clock),
        shared_goals=shared_goals,
        native_tables=NativeTables(database, clock),
        team=Team(database, shared_goals, catalogues, people, letters, clock),
        marking=Marking(database, shared_goals, letters, clock),
        share_care=ShareCare(database, people, letters, profiles, clock),
        two_people=people,
        confirmations=confirmations,
        reminders=ActionReminders(database, letters, clock),
        agreeing=agreeing,
        talking=talking,
        briefs=Briefs(database, letters, way, clock),
    )
