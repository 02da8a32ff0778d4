"""The cards and modals of the catalogue panel: what Slack takes, whatever a file holds."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.catalogue import views
from bot.cards.catalogue.change_view import PAGE, Reading, changes_view, decode_reading
from bot.cards.catalogue.links import decode_draft, encode_draft
from bot.cards.catalogue.outcomes import (
    preview_card,
    problems_card,
    reading_card,
    stale_card,
    warnings_view,
)
from bot.cards.catalogue.panel import panel_blocks
from bot.cards.catalogue.publish_view import decode_asking, publish_view
from bot.cards.catalogue.take_back import decode_take_back
from bot.cards.errors.card import error_card
from bot.domain.catalogue.change_list import ChangeFilter, change_page
from bot.domain.catalogue.diff import diff
from bot.domain.catalogue.goings import goings
from bot.domain.catalogue.lint.finding import LintSeverity
from bot.domain.catalogue.workspace_catalogue import (
    CataloguePanel,
    Upload,
    UploadedDraft,
    UploadPreview,
)
from bot.domain.errors import OutdatedCard
from bot.domain.revision import RevisionInfo
from bot.domain.said import Said, said
from bot.domain.text import LocalText
from bot.formats.exports.registry import EXPORTS
from bot.formats.imports.report import (
    Accounting,
    ImportPlace,
    ImportProblem,
    ImportResult,
    ImportSeverity,
    ShownRow,
)
from bot.formats.mapping.words import normal
from bot.sandbox.judge import judge_message, judge_view
from bot.slack.catalogue.download import format_names
from bot.slack.reply.answering import message
from bot.text.translator import Translator, load_translators
from tests.strategies import Shape, catalogue_of

TRANSLATORS = [load_translators().for_locale(locale) for locale in ("en", "zh")]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTILE = "<!channel> *x* `y` & “é” 😀 \u202e" * 40
SHAPE = Shape(
    skills=40, groups=6, domains=4, roles=8, ladders=2, levels=5, forked=True, depths=4,
    dense=True, long_keys=True, seed=1,
)  # fmt: skip
BUDGET = 10_000

notes = st.text(st.characters(exclude_categories=["Cs"]), max_size=500)


def revision(number: int = 3, note: str = HOSTILE) -> RevisionInfo:
    at = NOW - timedelta(days=number)
    return RevisionInfo(number, "workspace-t1", number, HOSTILE[:100], note, at)


def texts_of(value: object) -> Iterator[str]:
    """Return every text that Slack formats; a plain one shows what it says."""
    if isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for each in value.values():
            yield from texts_of(each)


def assert_taken(card: Card) -> None:
    payload = json.loads(json.dumps(message(card)))
    verdict = judge_message(payload)
    assert not verdict.violations, verdict.violations
    text = json.dumps(payload["blocks"], ensure_ascii=False)
    assert len(text) <= BUDGET
    shown = [each for each in texts_of(payload["blocks"]) if "<!channel>" in each]
    assert shown == []


def assert_view(view: View) -> None:
    payload = json.loads(json.dumps(view))
    verdict = judge_view(payload, surface="modal")
    assert not verdict.violations, verdict.violations
    assert [each for each in texts_of(payload["blocks"]) if "<!channel>" in each] == []


@pytest.fixture(params=TRANSLATORS, ids=lambda each: str(each.locale))
def tr(request: pytest.FixtureRequest) -> Translator:
    found = request.param
    assert isinstance(found, Translator)
    return found


def result(findings: int) -> ImportResult:
    places = tuple(ImportPlace(HOSTILE, HOSTILE, line, HOSTILE, HOSTILE) for line in range(50))

    def found(severity: ImportSeverity) -> tuple[ImportProblem, ...]:
        return tuple(
            ImportProblem(severity, "code", Said(HOSTILE), 300, places) for _ in range(findings)
        )

    kinds = (found(ImportSeverity.ERROR), found(ImportSeverity.WARNING), found(ImportSeverity.NOTE))
    cells = ((HOSTILE, ""), *((f"{number} {HOSTILE}", HOSTILE) for number in range(40)))
    rows = {
        (HOSTILE, HOSTILE, line): ShownRow(line, cells, {normal(HOSTILE): "A"}, exact=True)
        for line in range(0, 50, 2)
    }
    return ImportResult(None, *kinds, Accounting(), rows=rows)


@pytest.mark.parametrize("findings", [1, 8, 9, 300])
def test_any_number_of_problems_fits(tr: Translator, findings: int) -> None:
    assert_taken(problems_card(result(findings), tr))


def test_a_problem_is_told_in_plain_words_with_its_row() -> None:
    sentence = said(
        "the {thing} is missing; fill the cell, or list '{field}' under 'fill_down'",
        thing="role",
        field="role",
    )
    place = ImportPlace("a.csv", "", 3, "Role", "x")
    found = ImportProblem(ImportSeverity.ERROR, "code", sentence, 1, (place,))
    english = TRANSLATORS[0]
    row = ShownRow(3, (("Role", "x"), ("Level", "")), {"role": "A", "level": "B"}, exact=True)
    rows = {("a.csv", "", 3): row}
    told = problems_card(ImportResult(None, (found,), (), (), Accounting(), rows=rows), english)
    texts = [*texts_of(json.loads(json.dumps(message(told)["blocks"])))]
    assert (
        "*The role is missing; fill the cell*\n• *A3* · column “Role” · `x`\n> *Role: x*" in texts
    )


def preview(note: str = HOSTILE[:500]) -> UploadPreview:
    old, new = catalogue_of(SHAPE, (HOSTILE,)), catalogue_of(SHAPE, ("Another name",))
    counts = MappingProxyType(
        {LintSeverity.ERROR: 1, LintSeverity.WARNING: 2, LintSeverity.INFO: 3}
    )
    draft = UploadedDraft(Upload("F0123456789", "F1234567890", note), 12, "f" * 64)
    return UploadPreview(
        draft, new.content, revision(), diff(old.content, new.content), counts, False, False
    )


@pytest.mark.parametrize("findings", [0, 300])
def test_a_preview_fits(tr: Translator, findings: int) -> None:
    card = preview_card(preview(), result(findings), tr)
    assert_taken(card)
    button, *_ = next(each for each in card.blocks if each["type"] == "actions")["elements"]
    assert button["type"] == "button"
    assert button.get("style") == "primary"
    assert decode_draft(button["value"]) == preview().draft


def larger(note: str = HOSTILE[:500], skills: int = 40) -> UploadPreview:
    """Return a preview in which everything goes, of hostile names."""
    shape = replace(SHAPE, skills=skills, dense=False)
    old = catalogue_of(shape, (HOSTILE,)).content
    new = catalogue_of(replace(shape, seed=2), ("数" * 100,)).content
    renamed = tuple(replace(each, key=f"{each.key[:200]}-new") for each in new.skills)
    new = replace(new, skills=renamed)
    roles = tuple(replace(each, key=f"{each.key[:200]}-new") for each in new.roles)
    new = replace(new, roles=roles, expectations=())
    return replace(preview(note), content=new, changes=diff(old, new), goings=goings(old, new))


@pytest.mark.parametrize("chosen", [*ChangeFilter])
def test_every_change_fits_a_modal(tr: Translator, chosen: ChangeFilter) -> None:
    found = larger()
    page = change_page(found.changes, chosen, 2, PAGE)
    view = changes_view(page, found.goings, Reading(found.draft, chosen, 2), tr)
    assert_view(view)
    assert decode_reading(view["private_metadata"]).draft == found.draft


@pytest.mark.parametrize("skills", [40, 150])
def test_what_goes_is_asked_about_in_a_modal_that_fits(tr: Translator, skills: int) -> None:
    found = larger(skills=skills)
    view = publish_view(found, "D0123456789", "1795984450.845155", tr)
    assert_view(view)
    assert decode_asking(view["private_metadata"]).draft == found.draft
    assert_taken(preview_card(found, result(300), tr))
    assert_view(warnings_view(result(300), found, tr))


@given(st.text(max_size=40))
def test_what_a_form_or_a_button_carries_is_checked(text: str) -> None:
    for read in (decode_asking, decode_reading, decode_take_back):
        with pytest.raises(OutdatedCard):
            read(text)


def test_what_was_overtaken_offers_a_way_on(tr: Translator) -> None:
    assert_taken(stale_card(error_card("stale_preview", {}, tr), preview().draft, tr))
    assert_taken(reading_card(250_000, tr))


@given(notes, st.sampled_from([None, "F1"]), st.integers(0, 10**9))
def test_drafts_come_back_as_they_went(note: str, mapping: str | None, base: int) -> None:
    draft = UploadedDraft(Upload("F0123", mapping, note), base, "f" * 64)
    try:
        assert decode_draft(encode_draft(draft)) == draft
    except OutdatedCard:
        assert len(json.dumps(note, ensure_ascii=False)) > 1500


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "{}", "null", "[1,2,3,4,5]", '["F",1,"n",1,"d"]', '["F",null,"n","1","d"]',
     "[" * 100_000, '["F",null,"n",true]'],
)  # fmt: skip
def test_what_is_no_draft_is_refused(text: str) -> None:
    with pytest.raises(OutdatedCard):
        decode_draft(text)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("admin", [True, False])
def test_the_panel_fits_on_home(tr: Translator, own: bool, admin: bool) -> None:
    panel = CataloguePanel(
        revision(), LocalText(HOSTILE), 52, 188, 250_000, own, (revision(),) * 3, admin
    )
    view = json.loads(json.dumps({"type": "home", "blocks": panel_blocks(panel, tr)}))
    verdict = judge_view(view, surface="home")
    assert not verdict.violations, verdict.violations
    (row,) = [each for each in view["blocks"] if each["type"] == "actions"]
    actions = {each["action_id"] for each in row["elements"]}
    assert ("catalogue_owners" in actions) is admin
    assert ("catalogue_built_in" in actions) is own


@pytest.mark.parametrize("number", [1, 2, 100, 300])
def test_the_modals_fit(tr: Translator, number: int) -> None:
    revisions = [revision(each) for each in range(number, 0, -1)]
    people = {f"U{each:04}" for each in range(300)}
    for view in (
        views.upload_view(HOSTILE, tr),
        views.download_view(format_names(tr), tr),
        views.rollback_view(revisions, number, "Asia/Shanghai", tr),
        views.rollback_view(revisions, None, "nowhere", tr),
        views.owners_view(people, people, tr),
        views.owners_view((), (), tr),
    ):
        verdict = judge_view(json.loads(json.dumps(view)), surface="modal")
        assert not verdict.violations, verdict.violations


def test_every_format_of_export_is_offered(tr: Translator) -> None:
    assert set(format_names(tr)) == set(EXPORTS)
