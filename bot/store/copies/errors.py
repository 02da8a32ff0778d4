"""What can go wrong while a database is backed up, restored or copied."""

from typing import ClassVar

from bot.store.errors import StoreError


class NothingToCopy(StoreError):
    """There is no database, or it has no tables yet. Params: `reason`."""

    code: ClassVar[str] = "nothing_to_copy"


class BackupUnusable(StoreError):
    """A file is no backup, not a whole one, or a newer version's. Params: `reason`."""

    code: ClassVar[str] = "backup_unusable"


class DatabaseNotEmpty(StoreError):
    """A database to be filled holds something already; nothing was changed. Params: `reason`."""

    code: ClassVar[str] = "database_not_empty"


class CopyDiffers(StoreError):
    """What was written reads back otherwise than it came; nothing was kept. Params: `reason`."""

    code: ClassVar[str] = "copy_differs"
