"""A workspace's own catalogue: who may change it, what is in use, and what an upload would do."""

from collections.abc import Mapping
from dataclasses import field

from bot.domain.catalogue.differences import CatalogueDiff
from bot.domain.catalogue.goings import NOTHING_GOES, Goings
from bot.domain.catalogue.lint.finding import LintFinding, LintSeverity
from bot.domain.catalogue.picture import NO_PICTURE, Picture
from bot.domain.catalogue.publication import (
    Author,
    CatalogueOwners,
    OwnerNotVouched,
    Published,
)
from bot.domain.catalogue.reach import NOBODY_REACHED, Reach
from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.errors import NextrungError
from bot.domain.framework import CatalogueContent
from bot.domain.revision import RevisionInfo
from bot.domain.tenancy import Tenant
from bot.domain.text import LocalText
from bot.values import dataclass


class UploadTooLarge(NextrungError):
    """An uploaded file is larger than any that is read. Params: `limit` (MB)."""

    code = "upload_too_large"


class UploadNotAllowed(NextrungError):
    """The app may not read the files that members upload to it. Params: `reason`."""

    code = "upload_not_allowed"


class UploadNotRead(NextrungError):
    """Slack did not hand over an uploaded file. Params: `reason`."""

    code = "upload_not_read"


class DraftGone(UploadNotRead):
    """An uploaded file was deleted in Slack before it was published. Params: `reason`."""

    code = "draft_gone"


class UploadClosed(DraftGone):
    """The upload was published, dropped or replaced by a newer one. Params: none."""

    code = "upload_closed"


class NameNotTyped(NextrungError):
    """Roles go, and the catalogue's name was not typed as it is. Params: `name`."""

    code = "name_not_typed"


class NotWorkspaceAdmin(NextrungError):
    """Only an admin of the workspace may choose who owns its catalogue. Params: `slack_id`."""

    code = "not_workspace_admin"


class AdminNotVouched(NotWorkspaceAdmin):
    """Slack did not tell whether the member is an admin. Params: `slack_id`."""

    code = "admin_not_vouched"


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may do with the workspace's catalogue, and as whom.

    `named` are the owners whom the settings name, `granted` those whom an admin chose. `vouched`
    tells that Slack said who the member is: without that nobody is an admin.
    """

    author: Author
    admin: bool = False
    named: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()
    vouched: bool = True

    @property
    def owners(self) -> CatalogueOwners:
        """The owners: an admin, who could name themselves at any time, is one of them."""
        admins = frozenset({self.author.slack_id or ""}) if self.admin else frozenset()
        return CatalogueOwners(self.named, self.granted | admins)

    @property
    def may_publish(self) -> bool:
        return self.owners.include(self.author)

    def check(self) -> None:
        """Return where the member owns the catalogue.

        Raises:
            OwnerNotVouched: they may, for Slack did not say whether they are an admin.
            NotCatalogueOwner: they do not.
        """
        if not self.vouched and not self.may_publish:
            raise OwnerNotVouched(slack_id=self.author.slack_id or "")
        self.owners.check(self.author)

    def check_admin(self) -> None:
        """Return where the member administers the workspace.

        Raises:
            AdminNotVouched: they may, for Slack did not say.
            NotWorkspaceAdmin: they do not.
        """
        if not self.vouched:
            raise AdminNotVouched(slack_id=self.author.slack_id or "")
        if not self.admin:
            raise NotWorkspaceAdmin(slack_id=self.author.slack_id or "")


@dataclass(frozen=True, slots=True)
class CataloguePanel:
    """What an owner sees of the catalogue.

    `current` is the revision that members see, with its name and sizes. `uses_own` is False where
    that is the built-in catalogue. `revisions` are those of the workspace's own catalogue, newest
    first. `admin` tells that the reader may choose the owners, `upload` what they have uploaded and
    not published yet.
    """

    current: RevisionInfo
    name: LocalText
    roles: int
    skills: int
    expectations: int
    uses_own: bool
    revisions: tuple[RevisionInfo, ...]
    admin: bool
    upload: BegunUpload | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that were uploaded to Slack, by their ids there, and what is new in them."""

    file: str
    mapping: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UploadedDraft:
    """An upload as it was previewed.

    `base` is the number of the workspace's newest own revision then, 0 for none; `digest` that of
    the content which was read.
    """

    upload: Upload
    base: int
    digest: str


@dataclass(frozen=True, slots=True)
class UploadPreview:
    """What publishing an upload would do, against what members see now.

    `against` is the revision they see. `first` tells that the workspace has no catalogue of its
    own yet, `unchanged` that they see exactly this already. `goings` is what goes, `reach` how many
    people that touches, `picture` what was understood, `findings` the gravest that `lint` counts.
    """

    draft: UploadedDraft
    content: CatalogueContent = field(repr=False)
    against: RevisionInfo
    changes: CatalogueDiff
    lint: Mapping[LintSeverity, int]
    first: bool
    unchanged: bool
    goings: Goings = NOTHING_GOES
    reach: Reach = NOBODY_REACHED
    picture: Picture = NO_PICTURE
    findings: tuple[LintFinding, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was published; `back_to` is the own revision that members saw until then, 0 for the
    built-in catalogue, None where nothing was new."""

    published: Published
    back_to: int | None = None


def own_key(tenant: Tenant) -> str:
    """Return the key of the catalogue that belongs to a workspace alone."""
    return f"workspace-{(tenant.team_id or tenant.enterprise_id or '').lower()}"
