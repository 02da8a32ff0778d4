"""What a framework says: where a typed word that is no name stands in its texts."""

import re
import string
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from sys import getsizeof

from bot.domain.framework import Expectation, Role, Skill
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText

MOST_TEXT = 1_000_000
"""Characters that are searched: some frameworks of ours."""
_WORD = re.compile(r"(?<![^\W_])[a-z0-9]+(?![^\W_])")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]|[0-9][A-Z]")
_SHORT = re.compile(r"(?<![^\W_])([A-Z0-9]{2,3})[sS]?(?![^\W_])")
_ACRONYM = 3
_TOO_COMMON = 8
"""What more skills and roles than this speak of is only said of those that lead by far."""
_LEADING = 4
_TOO_MANY = 120
"""Texts from which on a word is one of everything here, and no more of them are looked at."""
_JOINTS = str.maketrans(dict.fromkeys("-/_\n", " "))
_JOINED = re.compile(r"[-/_\n]")
# What is all ASCII is cut into words in a third of the time: all but letters and digits is a gap.
_ALNUM = (string.ascii_letters + string.digits).encode()
_FOLD = bytes(ord(chr(each).lower()) if each in _ALNUM else ord(" ") for each in range(256))
_PLURAL = frozenset("sS")
_ENTRY = 250

_Owner = Skill | Role | Expectation


class Wordings:
    """Which texts of skills and roles, in all languages, have a word in them.

    The texts themselves are the catalogue's own, and are there once. The skills' come first, so
    that in a framework of more than `MOST_TEXT` characters only expectations are left out.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        content = catalogue.content
        self._owners: list[_Owner] = []
        words: dict[str, list[int]] = {}
        beyond: list[str] = []
        self._beyond_starts, self._beyond_owners = array("I"), array("I")
        size = place = 0
        for owner in chain[_Owner](content.skills, content.roles, content.expectations):
            said = _said(owner)
            size += sum(map(len, said)) + len(said) + 1
            if size > MOST_TEXT:
                break
            number = len(self._owners)
            self._owners.append(owner)
            for word in set().union(*map(_words_of, said)):
                words.setdefault(word, []).append(number)
            for text in said:
                if not text.isascii():
                    beyond.append(f" {text} ")
                    self._beyond_starts.append(place)
                    self._beyond_owners.append(number)
                    place += len(text) + 2
        # Numbers of texts, in order. Most frameworks have few enough for two bytes each.
        code = "H" if len(self._owners) < 1 << 16 else "I"
        self._words = {word: array(code, numbers) for word, numbers in words.items()}
        self._beyond = "".join(beyond).translate(_JOINTS)
        self.weight = (
            sum(map(getsizeof, self._words.values()))
            + _ENTRY * len(self._words)
            + 8 * (len(self._owners) + len(beyond))
            + getsizeof(self._beyond)
        )
        """What this takes in memory beside the catalogue, in bytes, as estimated."""

    def speaking_of(self, phrase: str, kinds: frozenset[Kind]) -> list[Ref]:
        """Return what speaks of the phrase, most often first; where many do, what leads by far.

        What mentions it once, as others do, says little about it.
        """
        if self._is_common(phrase):
            return []
        found: Counter[Ref] = Counter()
        for looked, (number, times) in enumerate(self._in_texts(phrase)):
            found[_ref(self._owners[number])] += times
            if looked == _TOO_MANY:
                return []
        if len(found) > _TOO_COMMON:
            least = max(_LEADING, found.total() / _TOO_COMMON * 2)
        else:
            least = 2 if len(found) > 1 else 1
        return [ref for ref, times in found.most_common() if times >= least and ref.kind in kinds]

    def _is_common(self, phrase: str) -> bool:
        """Tell of a word, without a look at the texts, that too many have it."""
        if len(phrase) <= _ACRONYM or not (phrase.isascii() and phrase.isalnum()):
            return False
        return len(self._with_words(phrase.lower())) > _TOO_MANY

    def mention(self, phrase: str) -> bool:
        """Tell whether any text has the phrase in it."""
        return next(self._in_texts(phrase), None) is not None

    def _in_texts(self, phrase: str) -> Iterator[tuple[int, int]]:
        """Yield the texts with the phrase in them as words, or with a plural ending: how often."""
        folded = phrase.lower()
        if len(folded) < 2:
            return
        if not folded.isascii():
            yield from self._anywhere(phrase)
            return
        # Short words are looked for as they are written: "PII" is no part of "it".
        acronym = len(phrase) <= _ACRONYM
        if acronym and phrase.isalnum():
            yield from self._having_acronym(phrase.upper())
            return
        wanted = phrase.upper() if acronym else folded
        for number in self._with_words(folded):
            texts = map(_plain, _said(self._owners[number]))
            found = (_times(wanted, each if acronym else _lower(each)) for each in texts)
            if times := sum(found):
                yield number, times

    def _having_acronym(self, wanted: str) -> Iterator[tuple[int, int]]:
        for number in self._words.get(wanted, ()):
            times = sum(_times(wanted, _plain(each)) for each in _said(self._owners[number]))
            yield number, times

    def _with_words(self, folded: str) -> Sequence[int]:
        """Return the texts with all words of a phrase, the last one perhaps in the plural."""
        if not _WORD.match(folded):
            return ()
        *others, last = _WORD.findall(folded)
        numbers, plural = self._words.get(last, ()), self._words.get(f"{last}s", ())
        found = sorted({*numbers, *plural}) if plural else numbers
        if not others:
            return found
        smallest, *rest = sorted((set(self._words.get(word, ())) for word in set(others)), key=len)
        having = smallest.intersection(*rest)
        return [number for number in found if number in having]

    def _anywhere(self, phrase: str) -> Iterator[tuple[int, int]]:
        """Yield the texts that have a phrase that needs no gaps around its words, as Chinese."""
        has_case = phrase.lower() != phrase.upper()
        text = _lower(self._beyond) if has_case else self._beyond
        wanted = phrase.lower()
        at = text.find(wanted)
        while at >= 0:
            yield self._beyond_owners[bisect_right(self._beyond_starts, at) - 1], 1
            at = text.find(wanted, at + len(wanted))


def _times(wanted: str, text: str) -> int:
    """Count how often `wanted` stands in a text as words, the last one perhaps in the plural.

    Not by a pattern: each phrase would be compiled for one use, which takes half a millisecond.
    """
    times, at = 0, text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        plural = end + 1 if text[end : end + 1] in _PLURAL else end
        ends = not text[end : end + 1].isalnum() or not text[plural : plural + 1].isalnum()
        if ends and not text[at - 1 : at].isalnum():
            times += 1
            at = text.find(wanted, end)
        else:
            at = text.find(wanted, at + 1)
    return times


def _plain(text: str) -> str:
    """Return a text whose words are divided by gaps alone."""
    return text.translate(_JOINTS) if _JOINED.search(text) else text


def _lower(text: str) -> str:
    """Return a text in lower case, of the same length."""
    folded = text.lower()
    if len(folded) != len(text):  # a letter that has no small one of its size
        folded = "".join(each.lower()[:1] or each for each in text)
    return folded


def _words_of(text: str) -> set[str]:
    """Return the words of a text in lower case, and its acronyms as they are written."""
    if text.isascii():
        words = set(text.encode().translate(_FOLD).decode().split())
    else:
        words = set(_WORD.findall(_lower(_plain(text))))
    if _CAPITALS.search(text):
        words.update(filter(str.isupper, _SHORT.findall(_plain(text))))
    return words


def _ref(owner: _Owner) -> Ref:
    match owner:
        case Role():
            return Ref(Kind.ROLE, owner.key)
        case Skill():
            return Ref(Kind.SKILL, owner.key)
        case _:
            return Ref(Kind.SKILL, owner.skill.key)


def _said(owner: _Owner) -> Sequence[str]:
    """Return all texts of a value, in all languages."""
    match owner:
        case Role():
            texts: Iterable[LocalText | None] = chain((owner.summary,), owner.focus.values())
        case Skill():
            texts = chain((owner.summary,), owner.depths.values(), owner.prompts)
        case _:
            texts = chain((owner.text,), owner.prompts)
    return [part for text in texts if text for part in text.all_languages()]
