"""The pages of an upload's way: what Slack takes, whatever a file holds; what stands on them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.cards import limits
from bot.cards.blocks import Block, View
from bot.cards.catalogue.panel import panel_blocks
from bot.cards.catalogue.wizard import ANSWER, answers_in, reach_view, step_card, understood_view
from bot.domain.catalogue.picture import picture_of
from bot.domain.catalogue.uploading import BegunUpload, Found, UploadStep
from bot.domain.catalogue.workspace_catalogue import CataloguePanel, UploadPreview
from bot.domain.said import Said
from bot.domain.text import LocalText
from bot.formats.imports.report import ImportResult
from bot.formats.proposing.questions import Choice, Question
from bot.sandbox.judge import judge_view
from bot.text.translator import Translator
from tests.unit.cards.catalogue.test_catalogue_cards import (
    HOSTILE,
    TRANSLATORS,
    assert_taken,
    assert_view,
    larger,
    result,
    revision,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
UPLOAD = BegunUpload(
    7, "U1", "F1", HOSTILE, NOW, name=HOSTILE, answers={"axis": "roles"}, channel="D1", ts="1.2"
)


@pytest.fixture(params=TRANSLATORS, ids=lambda each: str(each.locale))
def tr(request: pytest.FixtureRequest) -> Translator:
    found = request.param
    assert isinstance(found, Translator)
    return found


def question(choices: int, key: str = "axis") -> Question:
    return Question(
        key,
        Said(HOSTILE),
        tuple(Choice(f"answer-{at}", Said(f"{at} {HOSTILE}"), "line") for at in range(choices)),
    )


def asking(*choices: int) -> ImportResult:
    questions = tuple(question(each, f"key-{at}") for at, each in enumerate(choices))
    supposed = pictured().content
    return replace(
        result(0), questions=questions, readings=(Said(HOSTILE),) * 20, supposed=supposed
    )


def pictured() -> UploadPreview:
    found = larger()
    return replace(found, picture=picture_of(found.content))


def inputs(view: View) -> list[Block]:
    return [each for each in view["blocks"] if each["type"] == "input"]


@pytest.mark.parametrize("choices", [(1,), (2, 10), (11,), (100, 300, 2, 3, 4, 5, 6, 7)])
def test_questions_fit_a_modal_and_a_message(tr: Translator, choices: tuple[int, ...]) -> None:
    found = asking(*choices)
    view = understood_view(UPLOAD, found, None, tr)
    assert_view(view)
    assert_taken(step_card(UPLOAD, found, None, tr))
    assert len(inputs(view)) <= 6
    assert "submit" in view


@pytest.mark.parametrize("choices", [2, 10, 11])
def test_every_choice_can_be_taken_and_none_is_taken_for_its_owner(
    tr: Translator, choices: int
) -> None:
    (field,) = inputs(understood_view(UPLOAD, asking(choices), None, tr))
    assert field["type"] == "input"
    element = json.loads(json.dumps(field["element"]))
    assert element["type"] == ("radio_buttons" if choices <= limits.RADIO else "static_select")
    assert [each["value"] for each in element["options"]] == [f"answer-{n}" for n in range(choices)]
    assert "initial_option" not in element
    assert not field["optional"]


@pytest.mark.parametrize("findings", [1, 40, 300])
def test_problems_fit_a_modal_that_cannot_be_sent(tr: Translator, findings: int) -> None:
    view = understood_view(UPLOAD, result(findings), None, tr)
    assert_view(view)
    assert "submit" not in view


@pytest.mark.parametrize("findings", [0, 300])
def test_the_picture_and_the_reach_fit(tr: Translator, findings: int) -> None:
    preview = pictured()
    assert_view(understood_view(UPLOAD, result(findings), preview, tr))
    assert_view(reach_view(UPLOAD, preview, tr))
    assert_view(reach_view(UPLOAD, replace(preview, unchanged=True), tr))
    assert_taken(step_card(UPLOAD, result(findings), preview, tr))


@pytest.mark.parametrize("step", [*UploadStep])
def test_home_says_how_far_an_upload_is(tr: Translator, step: UploadStep) -> None:
    upload = replace(UPLOAD, step=step, found=Found(1, 2, 3, 4, 5, 6))
    panel = CataloguePanel(
        revision(), LocalText(HOSTILE), 5, 8, 250, True, (revision(),), True, upload
    )
    view = json.loads(json.dumps({"type": "home", "blocks": panel_blocks(panel, tr)}))
    assert not judge_view(view, surface="home").violations
    pressed = [
        each["action_id"]
        for block in view["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
    ]
    assert pressed[-2:] == ["catalogue_continue", "catalogue_drop"]


def test_only_answers_are_read_from_a_form() -> None:
    chosen = {f"{ANSWER}axis": "roles", f"{ANSWER}empty": "", "catalogue.going.1": "2"}
    assert answers_in(chosen) == {"axis": "roles"}
