"""Which texts speak of something: the index finds what reading every text would."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.lookup.names.wordings import Wordings, _said, _times
from bot.domain.revision import Catalogue
from tests.factories import big_catalogue
from tests.unit.samples import built_in, revision

ALL = frozenset(Kind)
SMALL = Catalogue(revision(1, "own"), big_catalogue(skills=40, roles=3, expectations=300))


def read_through(catalogue: Catalogue, phrase: str) -> set[str]:
    """Return the keys of the skills and roles in whose texts a phrase stands, reading them all."""
    content, found = catalogue.content, set[str]()
    short = len(phrase) <= 3
    wanted = re.escape(phrase.upper() if short else phrase.lower())
    pattern = re.compile(rf"(?<![^\W_]){wanted}[sS]?(?![^\W_])")
    named = [(each.key, _said(each)) for each in content.skills]
    named += [(each.key, _said(each)) for each in content.roles]
    named += [(each.skill.key, _said(each)) for each in content.expectations]
    for key, texts in named:
        for text in texts:
            plain = re.sub(r"[-/_\n]", " ", text)
            inside = phrase in plain if not phrase.isascii() else None
            if inside or pattern.search(plain if short else plain.lower()):
                found.add(key)
    return found


def phrases(catalogue: Catalogue, count: int) -> list[str]:
    """Return words and runs of words from the texts, in any case, some cut short."""
    rng = random.Random(3)  # noqa: S311 - repeatable samples, nothing secret
    texts = [text for each in catalogue.content.expectations for text in _said(each)]
    found = []
    for text in rng.choices(texts, k=count):
        words = text.split()
        at = rng.randrange(len(words))
        phrase = " ".join(words[at : at + rng.choice((1, 1, 2, 3))]).strip(".,;:()“”")
        form = rng.choice(
            (str, str.upper, str.lower, lambda each: each[:3], lambda each: each[:-1])
        )
        found.append(form(phrase).strip())
    return [each for each in found if len(each) > 1 and "\n" not in each]


@pytest.mark.parametrize("catalogue", [SMALL, built_in().catalogue], ids=["made", "built-in"])
def test_a_phrase_is_mentioned_where_some_text_has_it(catalogue: Catalogue) -> None:
    wordings = Wordings(catalogue)
    for phrase in phrases(catalogue, 40):
        if re.search(r"[-/_]", phrase):
            continue  # such words are typed apart
        speaking = read_through(catalogue, phrase)
        assert wordings.mention(phrase) == bool(speaking), phrase
        told = wordings.speaking_of(phrase, ALL)
        assert {each.key for each in told} <= speaking, phrase
        assert bool(told) or len(speaking) != 1, phrase


@pytest.mark.parametrize("catalogue", [SMALL, built_in().catalogue], ids=["made", "built-in"])
def test_a_common_word_is_told_by_the_index_alone(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordings = Wordings(catalogue)
    asked = [*phrases(catalogue, 300), "design", "the", "c++", "données"]
    told = {phrase: wordings.speaking_of(phrase, ALL) for phrase in asked}
    assert any(wordings._is_common(phrase) for phrase in asked)
    monkeypatch.setattr(Wordings, "_is_common", lambda *_: False)
    assert {phrase: wordings.speaking_of(phrase, ALL) for phrase in asked} == told


def test_what_is_said_in_chinese_is_found_without_gaps() -> None:
    wordings = Wordings(built_in().catalogue)
    assert wordings.mention("模型")
    assert not wordings.mention("模型恐龙")


def test_an_acronym_is_no_word_and_a_plural_is_one() -> None:
    wordings = Wordings(built_in().catalogue)
    assert wordings.mention("PII") == wordings.mention("pii")
    assert not wordings.mention("zz")
    assert Ref(Kind.SKILL, "none") not in wordings.speaking_of("the", ALL)


@given(st.text("as S_-.1é中\n", max_size=14), st.text("aS .é", min_size=1, max_size=3))
def test_a_phrase_is_counted_as_a_pattern_would(text: str, wanted: str) -> None:
    pattern = rf"(?<![^\W_]){re.escape(wanted)}(?=[sS]?(?:[\W_]|$))"
    assert _times(wanted, text) == len(re.findall(pattern, text))
