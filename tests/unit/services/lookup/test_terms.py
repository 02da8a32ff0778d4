"""What people type after `/skill`, in the built-in framework: never something else than meant."""

import pytest

from bot.domain.lookup.names.query import MAX_SUGGESTIONS, SKILL_GRAMMAR, Choices, Query
from tests.tools.terms import ALL, FOLDER, Outcome, outcome, read_terms, shown
from tests.unit.samples import built_in

SHELF = built_in()
CONTENT = SHELF.catalogue.content
TABLES = {name: read_terms(FOLDER / f"{name}.csv") for name in ("given", "own", "judged")}
TERMS = [term for table in TABLES.values() for term in table]


def test_the_tables_hold_enough_and_name_what_exists() -> None:
    assert len(TABLES["given"]) >= 222
    assert len(TABLES["own"]) >= 150
    known = {each.key for each in CONTENT.skills} | {each.key for each in CONTENT.groups}
    known |= {each.key for each in CONTENT.roles} | {each.key for each in CONTENT.domains}
    known.add(ALL)
    known |= {f"level:{each.key}" for ladder in CONTENT.ladders for each in ladder.levels}
    assert {key for term in TERMS for key in term.right} <= known
    typed = [term.typed for term in TERMS]
    assert len(set(typed)) == len(typed)


# Eighteen hundred tests of their own would take three times as long.
def test_each_term_shows_what_is_right_for_it_or_asks() -> None:
    found = {term: SHELF.resolve(term.typed, SKILL_GRAMMAR) for term in TERMS}
    wrong = [term for term, each in found.items() if outcome(term, each) is Outcome.WRONG]
    assert {term.typed: shown(found[term]) for term in wrong} == {}
    asked = {term.typed: each for term, each in found.items() if not isinstance(each, Query)}
    assert [typed for typed, each in asked.items() if len(shown(each)) > MAX_SUGGESTIONS] == []
    untold = [t for t, each in asked.items() if not (isinstance(each, Choices) or each.typed)]
    assert untold == []


@pytest.mark.parametrize("table", TABLES)
def test_few_terms_that_a_skill_covers_are_told_to_be_missing(table: str) -> None:
    terms = TABLES[table]
    outcomes = [outcome(term, SHELF.resolve(term.typed, SKILL_GRAMMAR)) for term in terms]
    good = sum(each in (Outcome.RIGHT, Outcome.AMONG) for each in outcomes)
    assert good >= 0.8 * len(terms)
    assert outcomes.count(Outcome.MISSED) <= 0.02 * len(terms)


@pytest.mark.parametrize(
    ("typed", "shown_for"),
    [
        ("kuberntes", "containers-kubernetes"),
        ("terrafrom senior", "infrastructure-as-code"),
        ("ml experiment trakcing", "ml-experiment-tracking"),
    ],
)
def test_a_slip_in_a_long_word_is_put_right_aloud(typed: str, shown_for: str) -> None:
    found = SHELF.resolve(typed, SKILL_GRAMMAR)
    assert isinstance(found, Query)
    assert found.subject is not None
    assert found.subject.key == shown_for
    assert [each.ref for each in found.corrections] == [found.subject]


@pytest.mark.parametrize(
    "typed", ["openai", "tracking", "vision", "influence", "sentry", "metabase"]
)
def test_a_word_of_its_own_is_never_a_slip(typed: str) -> None:
    found = SHELF.resolve(typed, SKILL_GRAMMAR)
    assert not (isinstance(found, Query) and found.corrections)


def test_words_beside_a_name_are_not_passed_over() -> None:
    found = SHELF.resolve("stakeholder managing", SKILL_GRAMMAR)
    assert not isinstance(found, Query)
    for typed in ("mlops wizard", "wizard mlops", "wizard mlops senior"):
        found = SHELF.resolve(typed, SKILL_GRAMMAR)
        assert not isinstance(found, Query), typed
        assert "mlops" in shown(found), typed


def test_words_that_say_nothing_of_the_subject_are_left_out_aloud() -> None:
    for typed in (
        "what does senior mean for mlops",
        "mlops senior please",
        "请问 mlops 高级 是什么",
    ):
        found = SHELF.resolve(typed, SKILL_GRAMMAR)
        assert isinstance(found, Query), typed
        assert found.subject is not None
        assert (found.subject.key, found.level_keys) == ("mlops", ("senior",)), typed
        assert found.ignored, typed
