"""The keys that tokens are encrypted with: the newest one encrypts, every one decrypts."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.store.errors import StoreError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

_NEW_KEY = "nextrung secrets new-key"


class BadTokenKeys(StoreError):
    """A key is none. Params: `reason`, which never shows it."""

    code = "bad_token_keys"


class NoTokenKeys(StoreError):
    """A token is to be kept or used, and no key is set. Params: `remedy`."""

    code = "no_token_keys"


class TokenKeyMissing(StoreError):
    """A token is encrypted with a key that is not among those set. Params: `key_id`, `remedy`."""

    code = "token_key_missing"


class Tokens(NamedTuple):
    """What is encrypted together."""

    token: str
    refresh_token: str | None = None


class Sealed(NamedTuple):
    """Tokens, encrypted, and the name of the key."""

    key_id: str
    content: bytes


class TokenKeys:
    """Fernet keys, the newest first. A start without any loads no cryptography."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        """Take keys as `new_token_key` makes them.

        Raises:
            BadTokenKeys: one of them is no key.
        """
        self._keys = tuple(dict.fromkeys(keys))
        self._ring: MultiFernet | None = _ring(self._keys) if self._keys else None
        self.ids = tuple(map(_name, self._keys))
        """The names of the keys, the newest first; they tell nothing of the keys."""

    def __bool__(self) -> bool:
        return bool(self._keys)

    def seal(self, tenant_key: str, tokens: Tokens) -> Sealed:
        """Encrypt the tokens of a tenant. They open for no other: a swapped row is noticed.

        Raises:
            NoTokenKeys: there is no key.
        """
        ring = self._held()
        told = json.dumps([tenant_key, *tokens], ensure_ascii=False)
        return Sealed(self.ids[0], ring.encrypt(told.encode()))

    def open(self, tenant_key: str, sealed: Sealed) -> Tokens:
        """Decrypt the tokens of a tenant.

        Raises:
            NoTokenKeys: there is no key.
            TokenKeyMissing: it takes another key, or they are another tenant's.
        """
        ring = self._held()
        from cryptography.fernet import InvalidToken

        try:
            whose, token, refresh = json.loads(ring.decrypt(sealed.content))
        except InvalidToken:
            raise TokenKeyMissing(key_id=sealed.key_id, remedy=_remedy(sealed.key_id)) from None
        if whose != tenant_key:
            raise TokenKeyMissing(
                key_id=sealed.key_id, remedy="The row is another tenant's: install the app again."
            )
        return Tokens(token, refresh)

    def _held(self) -> "MultiFernet":
        if self._ring is None:
            raise NoTokenKeys(remedy=f"Set NEXTRUNG_TOKEN_KEYS; {_NEW_KEY} makes a key.")
        return self._ring


def key_words(text: str) -> list[str]:
    """Return the keys of a text: spaces, line breaks and commas divide them, # begins a comment."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    return " ".join(lines).replace(",", " ").split()


def keys_in(file: Path) -> list[str]:
    """Return the keys of a file.

    Raises:
        BadTokenKeys: it cannot be read, or has none.
    """
    try:
        found = key_words(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise BadTokenKeys(reason=f"the file {file} cannot be read: {why}") from None
    except UnicodeDecodeError:
        raise BadTokenKeys(reason=f"the file {file} is no text") from None
    if not found:
        raise BadTokenKeys(reason=f"the file {file} holds no key")
    return found


def new_token_key() -> str:
    """Return a new key."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def _ring(keys: Sequence[str]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    found = []
    for place, key in enumerate(keys, 1):
        try:
            found.append(Fernet(key))
        except ValueError:
            raise BadTokenKeys(
                reason=f"key {place} of {len(keys)} is none: {_NEW_KEY} makes one of 44 characters"
            ) from None
    return MultiFernet(found)


def _name(key: str) -> str:
    return sha256(b"nextrung token key " + key.encode()).hexdigest()[:8]


def _remedy(key_id: str) -> str:
    return f"Add the key {key_id} to NEXTRUNG_TOKEN_KEYS again, or install the app again."


NO_KEYS = TokenKeys()
"""None are set: nothing about tokens is kept in the database."""
