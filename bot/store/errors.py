"""What can go wrong in the store. None of these ever carries a password or a member's data."""

from typing import ClassVar

from sqlalchemy.exc import DontWrapMixin

from bot.domain.errors import NextrungError


class StoreError(NextrungError):
    """Base of every error that the store raises on purpose."""

    code: ClassVar[str] = "store_error"


class BadDatabaseUrl(StoreError):
    """The database URL cannot be used. Params: `reason`."""

    code = "bad_database_url"


class StoreUnavailable(StoreError):
    """The database is locked, slow, full or away; a later try may succeed. Params: `reason`."""

    code = "store_unavailable"

    @classmethod
    def because(cls, error: BaseException | None) -> "StoreUnavailable":
        """Make one from a driver's error: its first line is the reason, the rest is detail."""
        lines = str(error).strip().splitlines()
        return cls(reason=lines[0] if lines else type(error).__name__)


class StoreReadOnly(StoreUnavailable):
    """The database takes no writes: a standby, or a file that may only be read. Params: `reason`.

    After a switch-over the next try may reach the server that does.
    """

    code = "store_read_only"


class StoreFull(StoreUnavailable):
    """There is no room to write. Params: `reason`."""

    code = "store_full"


class SchemaOutdated(StoreError):
    """The database's schema is not the one this version needs.

    Params: `found` and `expected` (migration ids, ``none`` for an empty database), `remedy`
    (what the operator should do).
    """

    code = "schema_outdated"


class SchemaIncomplete(StoreError):
    """Tables or columns are missing although the schema's revision has them.

    Params: `missing` (what, by name), `remedy` (what the operator should do).
    """

    code = "schema_incomplete"


class MigrationFailed(StoreError):
    """A migration left the database inconsistent and was rolled back. Params: `reason`."""

    code = "migration_failed"


class ModelsDiffer(StoreError):
    """The models are not what the migrations build: a developer's mistake. Params: `reason`."""

    code = "models_differ"


class UnknownRevision(StoreError):
    """No such published revision. Params: `revision_id`."""

    code = "unknown_revision"


class UnknownCatalogue(StoreError):
    """No catalogue has this key. Params: `key`."""

    code = "unknown_catalogue"


class InvalidContent(StoreError):
    """A catalogue contradicts itself. Params: `reason`, `kind` and `key` of the culprit."""

    code = "invalid_content"


class UnstorableText(StoreError, DontWrapMixin):
    """A text holds what a database cannot keep, or a key is too long. Params: `reason`."""

    code = "unstorable_text"


class WrongTenant(StoreError):
    """A value of one tenant was given to a repository that is bound to another."""

    code = "wrong_tenant"


class NaiveMoment(ValueError, DontWrapMixin):
    """A moment without a time zone: a programming error, never stored."""
