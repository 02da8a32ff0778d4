"""Rules about growth prompts, translations and lengths; and that cards cut where lint says."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.cards import excerpt
from bot.cards.card import ROOMS
from bot.cards.limits import OPTION
from bot.cards.mrkdwn import safe
from bot.domain.catalogue.lint.budget import CARD_TEXT, DETAILS_TEXT, NAME, PROMPT, card_length
from bot.domain.catalogue.lint.coverage import no_prompts, untranslated
from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity
from bot.domain.catalogue.lint.lengths import too_long
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from tests.unit.samples import DEEP, GLUEING, JOINER, SANDING, SAWING, TURNER, cell, workshop

CONTENT = workshop().content
ASK = (LocalText("What did you leave out last week?"),)


def prompted(**prompts: tuple[LocalText, ...]) -> list[LintFinding]:
    """Lint the workshop with these skills' prompts; every other skill has one."""
    cells = tuple(
        replace(each, skill=replace(each.skill, prompts=prompts.get(each.skill.key, ASK)))
        for each in CONTENT.expectations
    )
    skills = tuple(replace(each, prompts=prompts.get(each.key, ASK)) for each in CONTENT.skills)
    return list(no_prompts(Survey(replace(CONTENT, skills=skills, expectations=cells))))


def test_a_prompt_of_the_skill_is_enough() -> None:
    assert prompted() == []


def test_a_skill_without_a_prompt() -> None:
    (finding,) = prompted(sawing=())
    assert finding.place.skill == "sawing"
    assert finding.message.startswith("Sawing has no growth prompt.")


def test_a_domain_without_any_prompt_is_told_once() -> None:
    (finding,) = prompted(sawing=(), sanding=(), glueing=())
    assert (finding.place.domain, finding.place.skill) == ("craft", None)


def test_some_expectations_of_a_skill_without_a_prompt() -> None:
    cells = (
        replace(cell(JOINER, "novice", SAWING), prompts=ASK),
        cell(JOINER, "adept", SAWING, DEEP),
        cell(TURNER, "novice", SAWING),
    )
    (finding,) = no_prompts(Survey(replace(CONTENT, expectations=cells)))
    assert "2 of 3 expectations have none, first for Joiner at Adept" in finding.message


def translated(content: CatalogueContent) -> list[tuple[str | None, str]]:
    found = list(untranslated(Survey(content)))
    assert {each.place.locale for each in found} <= {"zh"}
    return [(each.place.skill or each.place.group, each.message) for each in found]


def test_a_catalogue_in_one_language_lacks_nothing() -> None:
    plain = replace(SAWING, name=LocalText("Sawing"))
    skills = (plain, *CONTENT.skills[1:])
    assert translated(replace(CONTENT, skills=skills)) == []


def test_a_name_in_two_languages_makes_the_others_untranslated() -> None:
    told = dict(translated(CONTENT))
    assert "sawing" not in told
    assert told["sanding"] == "The skill sanding has no name in zh. Translate it."
    assert len(translated(CONTENT)) > 10  # levels, roles and all the rest


def test_texts_are_told_by_group() -> None:
    cells = list(CONTENT.expectations)
    cells[0] = replace(cells[0], text=LocalText("Does it", {"zh": "会做"}))
    told = dict(translated(replace(CONTENT, expectations=tuple(cells))))
    assert told["tools"].startswith("Tools: 6 of its 7 texts and growth prompts have no trans")


def test_a_group_without_any_translated_text_is_worth_a_note_beside_one_that_has() -> None:
    there = replace(GLUEING, group=CONTENT.groups[1], prompts=(LocalText("Ask?", {"zh": "问？"}),))
    skills = (SAWING, SANDING, there)
    cells = (cell(JOINER, "novice", SAWING), cell(JOINER, "novice", there, text=None))
    found = untranslated(Survey(replace(CONTENT, skills=skills, expectations=cells)))
    grave = {each.place.group: each.severity for each in found if "texts" in each.message}
    assert grave == {"tools": LintSeverity.INFO}


def test_a_long_text_that_is_the_same_in_both_languages() -> None:
    text = "Reviews the joints of others before the glue is dry."
    copied = replace(cell(JOINER, "novice", SAWING), text=LocalText(text, {"zh": text}))
    told = dict(translated(replace(CONTENT, expectations=(copied,))))
    assert "is the same in zh as in the base language" in told["sawing"]


def lengths(
    *, name: LocalText = SAWING.name, summary: LocalText | None = None
) -> list[LintFinding]:
    skill = replace(SAWING, name=name, summary=summary)
    return list(too_long(Survey(replace(CONTENT, skills=(skill, *CONTENT.skills[1:])))))


def test_a_text_just_too_long_for_a_card() -> None:
    assert lengths(name=LocalText("x" * NAME), summary=LocalText("x" * CARD_TEXT)) == []
    found = lengths(name=LocalText("x" * (NAME + 1)), summary=LocalText("x" * (CARD_TEXT + 1)))
    assert [(each.severity, each.place.skill) for each in found] == [
        (LintSeverity.WARNING, "sawing"),
        (LintSeverity.WARNING, "sawing"),
    ]


def test_each_language_is_measured() -> None:
    (finding,) = lengths(summary=LocalText("short", {"zh": "长" * (CARD_TEXT + 1)}))
    assert finding.place.locale == "zh"


def test_a_text_that_nobody_can_read_to_its_end_is_an_error() -> None:
    for length, severity, told in (
        (DETAILS_TEXT, LintSeverity.WARNING, "only Details shows all of it"),
        (DETAILS_TEXT + 1, LintSeverity.ERROR, "even Details ends it"),
    ):
        long = cell(JOINER, "adept", SAWING, text="x" * length)
        (finding,) = too_long(Survey(replace(CONTENT, expectations=(long,))))
        assert (finding.rule, finding.severity) == (LintRule.TOO_LONG, severity)
        assert told in finding.message


def test_a_summary_is_shown_on_cards_alone() -> None:
    (finding,) = lengths(summary=LocalText("x" * (DETAILS_TEXT + 1)))
    assert finding.severity is LintSeverity.WARNING
    assert "Details" not in finding.message


def test_texts_and_prompts_of_cells_are_measured() -> None:
    long = replace(
        cell(JOINER, "adept", SAWING, text="x" * (CARD_TEXT + 1)),
        prompts=(LocalText("x" * (PROMPT + 1)),),
    )
    found = list(too_long(Survey(replace(CONTENT, expectations=(long,)))))
    assert [each.place.level for each in found] == ["adept", "adept"]


def test_the_budget_is_that_of_the_cards() -> None:
    assert ROOMS[0].text == CARD_TEXT
    assert excerpt.FULL_TEXT == DETAILS_TEXT
    assert OPTION == NAME


PIECES = st.sampled_from([*'&<>*_~`"\\', "word ", "\n", "  ", "字", "é"])


@given(st.lists(PIECES, min_size=1, max_size=400).map("".join))
def test_lint_measures_as_cards_do(text: str) -> None:
    shown = safe(text, CARD_TEXT)
    assert (not shown.endswith("…")) == (card_length(text) <= CARD_TEXT)
