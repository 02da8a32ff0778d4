"""Column types that behave the same on SQLite and PostgreSQL, and refuse what only one can keep."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.store.errors import NaiveMoment, UnstorableText

MAX_KEY = 255
"""Longest key in characters; PostgreSQL cannot index much longer ones."""


def storable(text: str) -> str:
    """Return `text` unchanged.

    Raises:
        UnstorableText: it contains U+0000 (PostgreSQL has no place for it) or half a surrogate
            pair (which has no UTF-8 form).
    """
    if "\0" in text:
        raise UnstorableText(reason="the text contains the character U+0000")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise UnstorableText(reason="the text contains half a surrogate pair") from None
    return text


class StoredText(TypeDecorator[str]):
    """Text of any length."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else storable(value)


class Key(TypeDecorator[str]):
    """A short text that identifies something: at most `MAX_KEY` characters."""

    impl = String(MAX_KEY)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if len(value) > MAX_KEY:
            raise UnstorableText(reason=f"a key is longer than {MAX_KEY} characters")
        return storable(value)


class TextList(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts in its order, kept as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        texts = [storable(each) for each in value or ()]
        return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002 - SQLAlchemy's signature
        return () if value is None or value == "[]" else tuple(json.loads(value))


class NumberList(TypeDecorator[Sequence[int]]):
    """Numbers as one bound value: an array of PostgreSQL's, JSON to SQLite. No column has it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> list[int] | str:
        numbers = list(value or ())
        return json.dumps(numbers) if dialect.name == "sqlite" else numbers


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment. SQLite keeps UTC text without a zone, PostgreSQL a timestamptz."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveMoment("a stored moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
