"""One transaction's repositories, all bound to one tenant."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.tenancy import Tenant
from bot.store.audit.acts import AuditRepository
from bot.store.catalogue.drafts import DraftRepository
from bot.store.catalogue.reach import ReachReader
from bot.store.catalogue.unclear import UnclearRepository
from bot.store.catalogue.uploads import UploadRepository
from bot.store.growth.actions import ActionRepository
from bot.store.growth.assessments import AssessmentRepository
from bot.store.growth.evidence import EvidenceRepository
from bot.store.growth.goals import GoalRepository
from bot.store.member_state import StateReader
from bot.store.members.directory import MemberRepository
from bot.store.members.held_growth import GrowthReader
from bot.store.members.workspaces import WorkspaceRepository
from bot.store.nudges.answers import NudgeRepository
from bot.store.nudges.plans import PlanRepository
from bot.store.owners import Owners
from bot.store.teams.agreed import AgreedRepository
from bot.store.teams.confirmations import ConfirmationRepository
from bot.store.teams.helping.adoption import AdoptionRepository
from bot.store.teams.helping.offers import OfferRepository
from bot.store.teams.helping.pairs import PairRepository
from bot.store.teams.letters.kept import LetterRepository
from bot.store.teams.letters.looks import LookRepository
from bot.store.teams.manager_marks import ManagerMarkRepository
from bot.store.teams.shares import ShareRepository
from bot.store.teams.talks import TalkRepository
from bot.store.teams.team import TeamReader
from bot.store.tenants import tenant_key
from bot.store.tokens.installations import InstallationRepository
from bot.store.tokens.keys import TokenKeys


class UnitOfWork:
    """The repositories of one tenant within one transaction. `Database` makes and commits it.

    What a member owns is changed through an `Owner`, which only `members.hold` gives out: another
    member's or another tenant's rows cannot be reached.
    """

    def __init__(self, connection: AsyncConnection, tenant: Tenant, keys: TokenKeys) -> None:
        self.tenant = tenant
        self.workspaces = WorkspaceRepository(connection, tenant)
        owners = Owners(connection, tenant_key(tenant))
        self.members = MemberRepository(connection, tenant, self.workspaces, owners)
        self.audit = AuditRepository(connection, tenant)
        self.states = StateReader(connection, tenant, owners)
        self.growth = GrowthReader(connection, owners)
        self.assessments = AssessmentRepository(connection)
        self.evidence = EvidenceRepository(connection)
        self.goals = GoalRepository(connection)
        self.offers = OfferRepository(connection, owners)
        self.pairs = PairRepository(connection, owners)
        self.adoption = AdoptionRepository(connection, owners)
        self.actions = ActionRepository(connection, owners)
        self.unclear = UnclearRepository(connection, owners)
        self.reach = ReachReader(connection, owners)
        self.drafts = DraftRepository(connection, owners)
        self.uploads = UploadRepository(connection, owners)
        self.plans = PlanRepository(connection, owners, self.workspaces)
        self.nudges = NudgeRepository(connection, owners)
        self.shares = ShareRepository(connection, tenant, owners)
        self.team = TeamReader(connection, owners)
        self.looks = LookRepository(connection, owners)
        self.agreed = AgreedRepository(connection, owners)
        self.talks = TalkRepository(connection, owners)
        self.manager_marks = ManagerMarkRepository(connection, owners)
        self.letters = LetterRepository(connection, tenant, owners)
        self.confirmations = ConfirmationRepository(connection, tenant, owners)
        self.installations = InstallationRepository(connection, tenant, keys, self.workspaces)
