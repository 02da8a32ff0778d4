"""What holds for whatever a member types, and for whatever a catalogue is called."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import permutations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.errors import QueryTooLong
from bot.domain.lookup.names.lexicon import Kind, Ref, Word, squeeze, words_of
from bot.domain.lookup.names.query import (
    MAX_CHOICES,
    MAX_TEXT,
    ROLE_GRAMMAR,
    SKILL_GRAMMAR,
    Choices,
    Correction,
    Grammar,
    NotFound,
    Query,
    Resolution,
)
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.lookup.shelves import Shelf
from tests.properties import examples, sampled
from tests.strategies import SMALL, TYPED, catalogues
from tests.unit.samples import ALL_WORDS, built_in

BUILT_IN = built_in()
GRAMMARS = st.sampled_from([SKILL_GRAMMAR, ROLE_GRAMMAR])
BUILT_IN_LEVELS = [
    (level.key, name)
    for ladder in BUILT_IN.catalogue.content.ladders
    for level in ladder.levels
    for name in (level.key, *level.name.all_languages(), *level.aliases)
]
WORDS = st.sampled_from(
    [name for kind in Kind for name in BUILT_IN.lexicon.names[kind]]
    + ["for", "the", "level", "sr", "?", "从", "nonsense"]
)
TEXTS = TYPED | st.lists(WORDS, max_size=8).map(" ".join)


def spellings(catalogue: Catalogue, kinds: frozenset[Kind]) -> Iterator[tuple[Ref, str]]:
    """Yield every way to write each name: key, base language, translations, aliases."""
    content = catalogue.content
    named: list[tuple[Kind, str, LocalText, tuple[str, ...]]] = [
        *((Kind.SKILL, each.key, each.name, each.aliases) for each in content.skills),
        *((Kind.GROUP, each.key, each.name, each.aliases) for each in content.groups),
        *((Kind.ROLE, each.key, each.name, each.aliases) for each in content.roles),
        *((Kind.DOMAIN, each.key, each.name, ()) for each in content.domains),
    ]
    for kind, key, name, aliases in named:
        if kind in kinds:
            for spelling in (key, *name.all_languages(), *aliases):
                yield Ref(kind, key), spelling


def assert_found(found: Resolution, ref: Ref, text: str) -> None:
    """The text means `ref`, or offers it beside others of the same name; never after a guess."""
    if isinstance(found, Choices):
        assert ref in found.options or len(found.options) == MAX_CHOICES, (text, found)
        assert not found.query.corrections
        return
    assert isinstance(found, Query), (text, found)
    assert (found.subject, found.corrections, found.ignored) == (ref, (), ()), text


@given(TEXTS, GRAMMARS)
@example("", SKILL_GRAMMAR)
@example("数" * MAX_TEXT, SKILL_GRAMMAR)
@example("a " * (MAX_TEXT // 2), ROLE_GRAMMAR)
def test_any_text_is_resolved_or_too_long(text: str, grammar: Grammar) -> None:
    if len(text) > MAX_TEXT:
        with pytest.raises(QueryTooLong) as raised:
            BUILT_IN.resolve(text, grammar)
        assert raised.value.params == {"limit": MAX_TEXT}
    else:
        assert isinstance(BUILT_IN.resolve(text, grammar), Query | Choices | NotFound)


@given(catalogues(SMALL), TEXTS, GRAMMARS)
@examples(40)
def test_any_text_is_resolved_against_any_catalogue(
    catalogue: Catalogue, text: str, grammar: Grammar
) -> None:
    found = Shelf(catalogue, ALL_WORDS).resolve(text[:MAX_TEXT], grammar)
    assert isinstance(found, Query | Choices | NotFound)


@given(catalogues(SMALL), GRAMMARS)
def test_every_name_of_any_catalogue_is_found(catalogue: Catalogue, grammar: Grammar) -> None:
    shelf = Shelf(catalogue, ALL_WORDS)
    for ref, spelling in spellings(catalogue, grammar.subjects):
        if words_of(spelling, ALL_WORDS):
            assert_found(shelf.resolve(spelling, grammar), ref, spelling)


@pytest.mark.parametrize("grammar", [SKILL_GRAMMAR, ROLE_GRAMMAR])
def test_every_name_of_the_built_in_catalogue_is_found(grammar: Grammar) -> None:
    found = list(spellings(BUILT_IN.catalogue, grammar.subjects))
    assert len(found) > 10
    for ref, spelling in found:
        assert_found(BUILT_IN.resolve(spelling, grammar), ref, spelling)


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


SMART_QUOTED = "\u201c{}\u201d"
DRESSINGS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "swapped": str.swapcase,
    "spaces": lambda text: f"  {text.replace(' ', '   ')} ",
    "wide spaces": lambda text: text.replace(" ", "\u3000"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "hyphens": lambda text: text.replace(" ", "-"),
    "underscores": lambda text: text.replace(" ", "_"),
    "stop": lambda text: f"{text}.",
    "question": lambda text: f"{text}?!",
    "quotes": lambda text: f'"{text}"',
    "smart quotes": SMART_QUOTED.format,
    "single smart quotes": lambda text: f"\u2018{text}\u2019",
    "guillemets": lambda text: f"«{text}»",
    "code": lambda text: f"`{text}`",
    "Chinese quotes": lambda text: f"《{text}》",
    "full width": full_width,
    "zero width": lambda text: f"\ufeff{text}\u200b",
}


@sampled("third", range(3))
@pytest.mark.parametrize("dressing", DRESSINGS)
def test_dressing_a_name_changes_nothing(dressing: str, third: int) -> None:
    every = spellings(BUILT_IN.catalogue, SKILL_GRAMMAR.subjects)
    for ref, spelling in list(every)[third::3]:
        dressed = DRESSINGS[dressing](spelling)
        plain = BUILT_IN.resolve(spelling, SKILL_GRAMMAR)
        found = BUILT_IN.resolve(dressed, SKILL_GRAMMAR)
        assert_found(found, ref, dressed)
        assert _meaning(found) == _meaning(plain)


def _meaning(found: Resolution) -> tuple[Ref | None, tuple[Ref, ...], tuple[str, ...]]:
    if isinstance(found, Query):
        return found.subject, (), found.level_keys
    options = found.options if isinstance(found, Choices) else found.suggestions
    return None, options, found.query.level_keys


@given(TEXTS, st.sampled_from(sorted(set(DRESSINGS) - {"full width"})), GRAMMARS)
@examples(200)
def test_any_text_means_the_same_when_dressed(text: str, dressing: str, grammar: Grammar) -> None:
    dressed = DRESSINGS[dressing](text)
    assume(len(text) <= MAX_TEXT and len(dressed) <= MAX_TEXT)
    assume(words_of(text, ALL_WORDS))
    plain, found = BUILT_IN.resolve(text, grammar), BUILT_IN.resolve(dressed, grammar)
    assert type(plain) is type(found)
    assert _meaning(plain) == _meaning(found)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@examples(300)
@example("re\u0301sume\u0301")
@example("\u0130stanbul")
@example("stra\u00dfe")
@example("\uff23\uff0b\uff0b")
@example("o\u02bcbrien")
def test_words_are_stable_under_case_and_form(text: str) -> None:
    key = squeeze(words_of(text, ALL_WORDS))
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert squeeze(words_of(unicodedata.normalize(form, text), ALL_WORDS)) == key, form
    assert squeeze(words_of(text.casefold(), ALL_WORDS)) == key
    assert squeeze(words_of(text.lower(), ALL_WORDS)) == key


def _plain_refs(kind: Kind) -> list[tuple[str, str]]:
    """Return keys and names of a kind; not what stands for several, as “mobile engineer” does."""
    kinds = frozenset((kind,))
    named = [(ref.key, name) for ref, name in spellings(BUILT_IN.catalogue, kinds)]
    return [each for each in named if isinstance(BUILT_IN.resolve(each[1], SKILL_GRAMMAR), Query)]


SUBJECT = frozenset((Kind.SKILL, Kind.GROUP))
PARTS = (SUBJECT, frozenset((Kind.LEVEL,)), frozenset((Kind.ROLE,)))


def _readings(text: str) -> int:
    """Count the ways to cut a text into names: at most one of a subject, a level and a role."""

    def cuts(words: tuple[Word, ...], left: frozenset[frozenset[Kind]]) -> int:
        if not words:
            return 1
        return sum(
            cuts(words[at:], left - {part})
            for at in range(1, len(words) + 1)
            for part in left
            if part & {ref.kind for ref in BUILT_IN.lexicon.find(words[:at])}
        )

    return cuts(words_of(text, ALL_WORDS), frozenset(PARTS))


def test_a_text_that_reads_two_ways_is_seen_as_such() -> None:
    """“ML test, analyst” or “ML, test analyst”; “CI, EM” or “CIEM”: no order of words tells."""
    assert _readings("ml test analyst senior") > 1
    assert _readings("ci em medior") > 1
    assert _readings("mlops llm engineer senior") == 1


@sampled("third", range(3))
def test_subject_level_and_role_may_stand_in_any_order(third: int) -> None:
    rng = random.Random(2 + third)  # noqa: S311 - a repeatable choice of samples
    roles = _plain_refs(Kind.ROLE)
    checked = left_out = 0
    every = spellings(BUILT_IN.catalogue, frozenset((Kind.SKILL, Kind.GROUP)))
    for ref, name in list(every)[third::3]:
        if not isinstance(BUILT_IN.resolve(name, SKILL_GRAMMAR), Query):
            continue
        (level, level_name), (role, role_name) = rng.choice(BUILT_IN_LEVELS), rng.choice(roles)
        for order in permutations((name, level_name, role_name)):
            if _readings(" ".join(order)) > 1:
                left_out += 1
                continue
            found = BUILT_IN.resolve(" ".join(order), SKILL_GRAMMAR)
            assert isinstance(found, Query), order
            assert (found.subject, found.role_key) == (ref, role), order
            assert level in found.level_keys, order
            assert found.ignored == (), order
            checked += 1
    assert checked > 10_000
    assert left_out < checked / 100


@pytest.mark.parametrize("order", list(permutations(("mlosp", "senior", "llm engineer"))))
def test_a_misspelt_subject_is_understood_in_any_order(order: tuple[str, ...]) -> None:
    found = BUILT_IN.resolve(" ".join(order), SKILL_GRAMMAR)
    assert isinstance(found, Query)
    assert found.subject == Ref(Kind.GROUP, "mlops")
    assert (found.role_key, found.level_keys) == ("llm-engineer", ("senior",))
    assert [(each.typed, each.ref) for each in found.corrections] == [("mlosp", found.subject)]


@pytest.mark.parametrize("grammar", [SKILL_GRAMMAR, ROLE_GRAMMAR])
@pytest.mark.parametrize("level", ["", "senior", "senoir"])
def test_a_slip_in_a_name_goes_before_the_name_that_is_left_of_it(
    level: str, grammar: Grammar
) -> None:
    """ "Reliability engineer" is a name too."""
    for typed in ("site reliabiltiy engineer", "site relaibility enigneer"):
        found = BUILT_IN.resolve(f"{typed} {level}", grammar)
        assert isinstance(found, Query)
        assert found.subject == Ref(Kind.ROLE, "site-reliability-engineer")
        assert found.level_keys == (("senior",) if level else ())
        assert found.corrections[0].typed == typed


@pytest.mark.parametrize("grammar", [SKILL_GRAMMAR, ROLE_GRAMMAR])
def test_a_misspelt_level_alone_is_corrected_aloud(grammar: Grammar) -> None:
    found = BUILT_IN.resolve("senoir", grammar)
    senior = Ref(Kind.LEVEL, "senior")
    assert found == Query(level_keys=("senior",), corrections=(Correction("senoir", senior),))


SLIPS = st.sampled_from(["drop", "double", "swap", "replace"])


def slip(text: str, place: int, kind: str) -> str:
    """Return `text` with one slip of the fingers at `place`."""
    match kind:
        case "drop":
            return text[:place] + text[place + 1 :]
        case "double":
            return text[:place] + text[place] + text[place:]
        case "swap":
            return text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]
        case _:
            return text[:place] + "z" + text[place + 1 :]


# Names that are compared as they are written: a slip in a short form, a plural or a word such as
# "of" may be more than one slip.
LONG_NAMES = [
    (ref, name)
    for ref, name in spellings(BUILT_IN.catalogue, SKILL_GRAMMAR.subjects)
    if name.isascii()
    and len(name) > 8
    and squeeze(words_of(name, ALL_WORDS)) == re.sub("[^a-z0-9]", "", name.casefold())
]


@given(st.sampled_from(LONG_NAMES), st.data(), SLIPS, st.sampled_from(["", " senior", " sr"]))
@examples(200)
def test_a_slip_is_never_corrected_in_silence(
    named: tuple[Ref, str], data: st.DataObject, kind: str, level: str
) -> None:
    _, name = named
    place = data.draw(st.integers(0, len(name) - 1))
    typed = slip(name, place, kind)
    found = BUILT_IN.resolve(typed + level, SKILL_GRAMMAR)
    if isinstance(found, Choices | NotFound):  # a word of its own, perhaps: see test_slips.py
        return
    said = any(each.ref == found.subject for each in found.corrections)
    exact = squeeze(words_of(typed, ALL_WORDS)) in BUILT_IN.lexicon.exact
    assert said or exact or found.ignored, (typed, found)
    if level:
        assert found.level_keys == ("senior",)


@given(TEXTS, GRAMMARS)
@examples(300)
def test_nothing_is_guessed_silently(text: str, grammar: Grammar) -> None:
    """Every typed word is part of a known name, or reported as corrected or ignored."""
    assume(len(text) <= MAX_TEXT)
    found = BUILT_IN.resolve(text, grammar)
    if not isinstance(found, Query) or found.corrections or found.ignored:
        return
    refs = {ref for ref in (found.subject,) if ref}
    refs |= {Ref(Kind.LEVEL, key) for key in found.level_keys}
    refs |= {Ref(Kind.ROLE, found.role_key)} if found.role_key else set()
    names = [key for key, known in BUILT_IN.lexicon.exact.items() if refs & set(known)]
    most = 1 + bool(found.level_keys) + bool(found.role_key)
    assert _written_with(names, squeeze(words_of(text, ALL_WORDS)), most), text


def _written_with(names: list[str], typed: str, most: int) -> bool:
    """Tell whether `typed` is nothing but at most `most` of the names."""
    if not typed:
        return True
    return most > 0 and any(
        _written_with(names, typed.removeprefix(name), most - 1)
        for name in names
        if typed.startswith(name)
    )
