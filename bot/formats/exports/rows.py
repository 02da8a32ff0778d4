"""What stands in the rows of an exported table: values, their wording, their translations."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.domain.text import LocalText
from bot.formats.exports.columns import Column, Line, Value
from bot.formats.exports.language import Language, itemised, listed
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: each call of `rows` gives its rows anew, as long as the header."""

    name: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[str, ...]]]


def values_of(columns: Sequence[Column], lines: Iterator[Line]) -> Iterator[list[Value]]:
    """Yield what each row holds; what belongs to one thing stands in its first row only."""
    seen = [set[object]() for _ in columns]
    for line in lines:
        values: list[Value] = []
        for column, known in zip(columns, seen, strict=True):
            if column.once is not None:
                thing = column.once(line)
                if thing in known:
                    values.append(None)
                    continue
                known.add(thing)
            values.append(column.value(line))
        yield values


def translated_columns(
    columns: Sequence[Column], language: Language, lines: Callable[[], Iterator[Line]]
) -> list[tuple[int, str]]:
    """Return the columns that hold a translation somewhere, each with its language."""
    if not language.translations:
        return []
    found = {
        (at, locale)
        for values in values_of(columns, lines())
        for at, value in enumerate(values)
        for locale in _locales(value)
    }
    return sorted(found)


def _locales(value: Value) -> Iterator[str]:
    texts = value if isinstance(value, tuple) else (value,)
    for text in texts:
        if isinstance(text, LocalText):
            yield from text.by_locale


def shown(value: Value, language: Language) -> str:
    """Return a value as one cell, in a language."""
    if value is None or value == "":
        return ""
    if isinstance(value, LocalText):
        return language.say(value)
    if isinstance(value, tuple):
        words = [each for each in value if isinstance(each, str)]
        texts = [language.say(each) for each in value if isinstance(each, LocalText)]
        return itemised(texts) if texts else listed(words)
    return value.isoformat() if isinstance(value, date) else str(value)


def translation_of(value: Value, locale: str) -> str:
    """Return a value's translation; a list of which a part is translated has the rest as it is."""
    if isinstance(value, LocalText):
        return value.by_locale.get(locale, "")
    if not isinstance(value, tuple) or locale not in _locales(value):
        return ""
    return itemised([each.in_locale(locale) for each in value if isinstance(each, LocalText)])
