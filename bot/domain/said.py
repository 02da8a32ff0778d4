"""Sentences that are made where something is found, and translated where somebody reads them.

A `Said` is its English text, so that a log, a terminal or a JSON report takes it as it is. It also
knows the sentence before its places were filled, which is the message id of its translations.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

_NONE: Mapping[str, object] = MappingProxyType({})


class Said(str):
    """An English text with what a translator needs to say it in another language.

    `template` has a ``{name}`` for each of `params`, which are words, whole numbers, or themselves
    `Said`. `Said(text)` by itself is for words that nobody translates, such as a library's.
    """

    __slots__ = ("params", "template")
    template: str
    params: Mapping[str, object]

    def __new__(cls, text: str, template: str = "", params: Mapping[str, object] = _NONE) -> "Said":
        self = super().__new__(cls, text)
        self.template = template or text
        self.params = params
        return self


def said(template: str, **params: object) -> Said:
    """Return a sentence with its places filled; numbers in English have commas.

    `template` is literal text: `make messages` takes it over into the .po files.
    """
    if not params:
        return Said(template)
    english = {name: _english(value) for name, value in params.items()}
    return Said(template.format(**english), template, MappingProxyType(params))


def _english(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def listed(items: Sequence[str], most: int = 4) -> Said:
    """Return "a, b and c"; of a long list the first ones and how many more there are."""
    if not items:
        return Said("")
    shown = items[:most] if len(items) > most + 1 else items
    first, *others = map(as_it_is, shown)
    last = others.pop() if others and len(shown) == len(items) else None
    for each in others:
        first = said("{first}, {second}", first=first, second=each)
    if len(shown) < len(items):
        return said("{items} and {count} more", items=first, count=len(items) - len(shown))
    return first if last is None else said("{items} and {last}", items=first, last=last)


def as_it_is(item: str) -> Said:
    """Return a name for a sentence; it stays as it is, also where it is a word of ours."""
    return item if isinstance(item, Said) else Said(item, "{name}", {"name": item})


def together(first: Said, second: Said) -> Said:
    """Return two sentences behind each other."""
    return said("{first} {second}", first=first, second=second)
