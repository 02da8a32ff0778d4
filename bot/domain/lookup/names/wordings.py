"""What a framework says: where a typed word that is no name stands in its texts."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.domain.framework import Catalogue, Expectation, Role, Skill
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.text import LocalText

MOST_TEXT = 1_000_000
"""Characters that are searched: some frameworks of ours, and a millisecond at most."""
_ACRONYM = 3
_TOO_COMMON = 8
_JOINTS = str.maketrans("-/_\n", "    ")


class Wordings:
    """The texts of skills and roles in all languages, one after another.

    The skills' own texts come first, so that in a framework of more than `MOST_TEXT` characters
    only expectations are left out.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._refs: list[Ref] = []
        self._starts: list[int] = []
        size, texts = 0, []
        for ref, text in _texts(catalogue):
            if size + len(text) > MOST_TEXT:
                break
            self._refs.append(ref)
            self._starts.append(size)
            texts.append(text)
            size += len(text)
        # Short words are looked for as they are written: "PII" is no part of "it".
        self._written = "".join(texts)
        self._folded = self._written.lower()
        if len(self._folded) != len(self._written):  # a letter that has no small one of its size
            self._folded = "".join(each.lower()[:1] or each for each in self._written)

    def speaking_of(self, phrase: str, kinds: frozenset[Kind]) -> list[Ref]:
        """Return what speaks of the phrase, most often first; none where too many do.

        What mentions it once, as others do, says little about it.
        """
        found = Counter(self._refs[bisect_right(self._starts, at) - 1] for at in self._at(phrase))
        if len(found) > _TOO_COMMON:
            return []
        telling = (ref for ref, times in found.most_common() if times > 1 or len(found) == 1)
        return [ref for ref in telling if ref.kind in kinds]

    def mention(self, phrase: str) -> bool:
        """Tell whether any text has the phrase in it."""
        return next(self._at(phrase), None) is not None

    def _at(self, phrase: str) -> Iterator[int]:
        short = len(phrase) <= _ACRONYM and phrase.isascii()
        if short:
            return _places(phrase.upper(), self._written)
        return _places(phrase.lower(), self._folded)


def _places(wanted: str, text: str) -> Iterator[int]:
    """Yield where `wanted` stands as a word, or with a plural ending; Chinese needs no gaps."""
    at = text.find(wanted) if len(wanted) > 1 else -1
    while at >= 0:
        end = at + len(wanted)
        tail = text[end : end + 2]
        loose = not wanted.isascii()
        begins = loose or not text[at - 1].isalnum()
        ends = loose or not tail[:1].isalnum() or (tail[:1] in "sS" and not tail[1:].isalnum())
        if begins and ends:
            yield at
        at = text.find(wanted, end)


def _texts(catalogue: Catalogue) -> Iterator[tuple[Ref, str]]:
    content = catalogue.content
    for skill in content.skills:
        yield Ref(Kind.SKILL, skill.key), _joined(_of_skill(skill))
    for role in content.roles:
        yield Ref(Kind.ROLE, role.key), _joined(_of_role(role))
    for each in content.expectations:
        yield Ref(Kind.SKILL, each.skill.key), _joined(_of_expectation(each))


def _of_skill(skill: Skill) -> Iterable[LocalText | None]:
    return chain((skill.summary,), skill.depths.values(), skill.prompts)


def _of_role(role: Role) -> Iterable[LocalText | None]:
    return chain((role.summary,), role.focus.values())


def _of_expectation(expectation: Expectation) -> Iterable[LocalText | None]:
    return chain((expectation.text,), expectation.prompts)


def _joined(texts: Iterable[LocalText | None]) -> str:
    said = (part for text in texts if text for part in text.all_languages())
    return " ".join(("", *said, "")).translate(_JOINTS)
