"""Publishing a catalogue: who may, and what there is."""

import re
import unicodedata

from bot.domain.errors import NextrungError
from bot.domain.revision import RevisionInfo
from bot.domain.typed_phrases import dashed
from bot.values import dataclass

_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc`´]")
_QUOTES = re.compile("[\u201c-\u201f\u00ab\u00bb]")


class NotCatalogueOwner(NextrungError):
    """The member may not publish. Params: `slack_id`."""

    code = "not_catalogue_owner"


class OwnerNotVouched(NotCatalogueOwner):
    """Slack did not tell whether the member, whom nobody named, is an admin. Params: `slack_id`."""

    code = "owner_not_vouched"


class ReservedCatalogue(NextrungError):
    """Only Nextrung itself publishes under this key. Params: `key`, `remedy`."""

    code = "reserved_catalogue"


class BadCatalogueKey(NextrungError):
    """A catalogue cannot have this key. Params: `key`, `remedy`."""

    code = "bad_catalogue_key"


class NoSuchRevision(NextrungError):
    """The catalogue has no revision of this number. Params: `key`, `number`, `remedy`."""

    code = "no_such_revision"


class StalePreview(NextrungError):
    """What was previewed is no longer what publishing would do. Params: `number`, the newest."""

    code = "stale_preview"


class StaleRollback(StalePreview):
    """Somebody published since the form to roll back was opened. Params: `number`, the newest."""

    code = "stale_rollback"


class BadNote(NextrungError):
    """Author or note cannot be kept as they are. Params: `remedy`."""

    code = "bad_note"


@dataclass(frozen=True, slots=True)
class Author:
    """Who publishes. `slack_id` is None for the operator, on the command line."""

    name: str
    slack_id: str | None = None


@dataclass(frozen=True, slots=True)
class CatalogueOwners:
    """The members who own catalogues: named in the settings, or granted by a workspace admin."""

    named: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()

    def include(self, author: Author) -> bool:
        """Tell whether the author may publish; the operator always may."""
        return author.slack_id is None or author.slack_id in self.named | self.granted

    def check(self, author: Author) -> None:
        """Return where the author may publish.

        Raises:
            NotCatalogueOwner: they may not.
        """
        if not self.include(author):
            raise NotCatalogueOwner(slack_id=author.slack_id or "")


@dataclass(frozen=True, slots=True)
class RevisionSummary:
    """One published revision in figures; `name` is the catalogue's, in its base language."""

    info: RevisionInfo
    name: str
    roles: int
    skills: int
    expectations: int


@dataclass(frozen=True, slots=True)
class Published:
    """The newest revision after publishing; `is_new` is False where nothing had changed."""

    revision: RevisionInfo
    is_new: bool


def same_name(typed: str, name: str) -> bool:
    """Tell whether a name was typed, but for case, spaces and what keyboards make of signs."""
    return _bare(typed) == _bare(name)


def _bare(name: str) -> str:
    # A phone makes ' and - into others by itself, and nobody can type what is not seen.
    signs = dashed(unicodedata.normalize("NFKC", name))
    straight = _QUOTES.sub('"', _APOSTROPHES.sub("'", signs))
    seen = (each for each in straight if unicodedata.category(each) != "Cf")
    return " ".join("".join(seen).casefold().split())
