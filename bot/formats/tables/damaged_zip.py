"""The one way in which a damaged ZIP archive fails; Python's own library has a dozen."""

import errno
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_WAYS: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(LookupError, OverflowError, RuntimeError, ValueError),
)
with suppress(ImportError):  # not every Python can unpack it
    from lzma import LZMAError

    _WAYS += (LZMAError,)
# Sent to a place before the file's beginning; bz2 gives no number where it cannot unpack.
_DAMAGE = {errno.EINVAL, None}


class DamagedZip(Exception):
    """An archive is damaged, has a password, or is packed in a way that is not known here."""


@contextmanager
def zip_damage() -> Iterator[None]:
    """Let whatever reading a damaged archive raises be `DamagedZip`; a full disk is none.

    Raises:
        DamagedZip: the archive that the block reads is damaged.
        OSError: it cannot be read, or what is in it cannot be written.
    """
    try:
        yield
    except _WAYS as error:
        raise DamagedZip from error
    except OSError as error:
        if error.errno not in _DAMAGE:
            raise
        raise DamagedZip from error
