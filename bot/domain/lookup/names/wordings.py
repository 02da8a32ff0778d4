"""What a framework says: where a typed word that is no name stands in its texts."""

import re
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import merge
from itertools import chain

from bot.domain.framework import Expectation, Role, Skill
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText

MOST_TEXT = 1_000_000
"""Characters that are searched: some frameworks of ours."""
_WORD = re.compile(r"(?<![^\W_])[a-z0-9]+(?![^\W_])")
_ACRONYM = 3
_TOO_COMMON = 8
_JOINTS = "-/_\n"


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
        # (`str.translate` looks at each letter where a text is not all ASCII.)
        self._written = "".join(texts)
        for joint in _JOINTS:
            self._written = self._written.replace(joint, " ")
        self._folded = self._written.lower()
        if len(self._folded) != len(self._written):  # a letter that has no small one of its size
            self._folded = "".join(each.lower()[:1] or each for each in self._written)
        self._words = _places_of_words(self._folded)

    def speaking_of(self, phrase: str, kinds: frozenset[Kind]) -> list[Ref]:
        """Return what speaks of the phrase, most often first; none where too many do.

        What mentions it once, as others do, says little about it.
        """
        found: Counter[Ref] = Counter()
        for at in self._at(phrase):
            found[self._refs[bisect_right(self._starts, at) - 1]] += 1
            if len(found) > _TOO_COMMON:
                return []
        telling = (ref for ref, times in found.most_common() if times > 1 or len(found) == 1)
        return [ref for ref in telling if ref.kind in kinds]

    def mention(self, phrase: str) -> bool:
        """Tell whether any text has the phrase in it."""
        return next(self._at(phrase), None) is not None

    def _at(self, phrase: str) -> Iterator[int]:
        """Yield where the phrase stands as words, or with a plural ending."""
        folded = phrase.lower()
        if len(folded) < 2:
            return
        if not folded.isascii():  # Chinese needs no gaps around its words
            yield from _anywhere(folded, self._folded)
            return
        acronym = len(phrase) <= _ACRONYM
        wanted, text = (phrase.upper(), self._written) if acronym else (folded, self._folded)
        for at in self._beginnings(folded):
            if text.startswith(wanted, at) and _ends(text, at + len(wanted)):
                yield at

    def _beginnings(self, folded: str) -> Iterable[int]:
        """Return where the first word of a phrase stands, in order; in the plural if it is all."""
        first = _WORD.match(folded)
        word = first.group() if first else ""
        places = self._words.get(word, ())
        plural = self._words.get(f"{word}s", ()) if word == folded else ()
        return merge(places, plural) if plural else places


def _places_of_words(text: str) -> Mapping[str, Sequence[int]]:
    """Return where each word stands: a text is searched in a few places instead of everywhere."""
    found: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
    for word in _WORD.finditer(text):
        found[word[0]].append(word.start())
    return found


def _ends(text: str, end: int) -> bool:
    """Tell whether a word, or its plural, ends there."""
    tail = text[end : end + 2]
    return not tail[:1].isalnum() or (tail[:1] in "sS" and not tail[1:].isalnum())


def _anywhere(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


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
    return " ".join(("", *said, ""))
