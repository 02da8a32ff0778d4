"""What catalogues and drawn cards weigh in memory, in bytes.

Estimates, by counting and not by walking through every value: a load would take half as long again.
The figures are of CPython 3.11 on 64 bits; `tests/unit/services/lookup/test_weights.py` measures.
"""

from collections.abc import Iterable
from sys import getsizeof

from bot.domain.framework import CatalogueContent
from bot.domain.lookup.names.index import Index
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText

# An object with slots, its header for the collector, and its places in dictionaries and tuples.
_EXPECTATION = 165
_SKILL = 1_000
_ROLE = 900
_OTHER = 200
_TEXT = 72
_TRANSLATED = 300
_NAME = 600
_SHELF = 20_000
_RUNG = 550

_BLOCKS_TO_JSON = 6
_WORKED_OUT = 8_000


def weight_of_work(value: object) -> int:
    """Return what something weighs that was worked out for one answer: a card, or its parts."""
    if isinstance(value, bytes):
        return getsizeof(value)
    # By its blocks, for to ask whether it is a card of any kind takes fifteen times as long.
    drawn = getattr(value, "written_blocks", None)
    return _WORKED_OUT if drawn is None else getsizeof(drawn) * (1 + _BLOCKS_TO_JSON)


def weight_of_catalogue(catalogue: Catalogue) -> int:
    """Return what a revision weighs with its own indexes."""
    content = catalogue.content
    return (
        _SHELF
        + _EXPECTATION * len(content.expectations)
        + _SKILL * len(content.skills)
        + _ROLE * len(content.roles)
        + _OTHER * (len(content.groups) + len(content.domains) + len(content.families))
        + _RUNG * len(catalogue.rungs)
        + _weight_of_texts(content)
    )


def weight_of_names(index: Index) -> int:
    """Return what the names weigh that typed words are searched in."""
    return _NAME * len(index.lexicon.exact)


def _weight_of_texts(content: CatalogueContent) -> int:
    # Equal texts are one value.
    texts = {id(each): each for each in _texts(content)}
    return sum(map(_weight_of_text, texts.values()))


def _weight_of_text(text: LocalText) -> int:
    weight = _TEXT + getsizeof(text.base)
    if text.by_locale:
        weight += _TRANSLATED + sum(map(getsizeof, text.by_locale.values()))
    return weight


def _texts(content: CatalogueContent) -> Iterable[LocalText]:
    for skill in content.skills:
        yield skill.name
        if skill.summary:
            yield skill.summary
        yield from skill.depths.values()
        yield from skill.prompts
        for guide in skill.guides.values():
            yield from guide.prompts
            yield from guide.evidence
    for role in content.roles:
        yield role.name
        if role.summary:
            yield role.summary
        yield from role.focus.values()
    for each in content.expectations:
        if each.text:
            yield each.text
        yield from each.prompts
