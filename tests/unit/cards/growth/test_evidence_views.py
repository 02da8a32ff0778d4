"""The modals of evidence and the finder: Slack takes them whatever they show, nothing is live."""

import json
import random
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slackblocks import _surfaces

from bot.cards import limits
from bot.cards.blocks import View
from bot.cards.evidence_lines import evidence_text, home_evidence
from bot.cards.growth.cell_options import cell_name, cell_option, cell_value, cells_chosen
from bot.cards.growth.evidence_views import (
    PAGE,
    EvidenceDraft,
    Supported,
    deleted_view,
    evidence_form,
    evidence_list,
    gone_view,
    kept_view,
)
from bot.cards.links import encode
from bot.cards.lookup.finding.finder_view import finder_view
from bot.domain.errors import OutdatedCard, UnusableLink
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.evidence import MAX_NOTE, Evidence, EvidenceKind, checked
from bot.domain.growth.requests import AddEvidence, EditEvidence
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ANYONE, ShowSkill
from bot.domain.revision import Catalogue
from bot.domain.text import storable
from bot.sandbox.judge import judge_view
from bot.services.lookup.showing import show
from bot.text.translator import load_translators
from tests.properties import examples
from tests.strategies import HOSTILE, Shape, catalogue_of, catalogues
from tests.unit.cards.surfaces import _assert_limits, _assert_nothing_live, objects
from tests.unit.samples import built_in

TRANSLATORS = load_translators()
LOCALES = st.sampled_from(TRANSLATORS.locales)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ENGLISH = TRANSLATORS.for_locale("en")
NOTES = st.sampled_from(HOSTILE) | st.text(max_size=MAX_NOTE)
LINK = re.compile(r"<(https?://[^<>|\s]+)\|[^<>|]*>")


@st.composite
def pieces(draw: st.DrawFn, cells: tuple[CellKey, ...] = ()) -> Evidence:
    """A piece as the store would give it back: whatever was typed, as far as it was taken."""
    note = draw(NOTES)
    note = note if storable(note).strip() else "x"
    typed = draw(
        st.sampled_from(["", "example.com", "https://a.example/x?y=1&z=2#*b*", "https://b.co/_a_"])
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(
            "https://c.co/".__add__
        )
        | st.integers(1, 1900).map(lambda many: "https://d.co/?q=" + "&" * many)
    )
    try:
        kind, kept, url = checked(note, typed)
    except UnusableLink:
        kind, kept, url = checked(note, "")
    supports = draw(st.frozensets(st.sampled_from(cells), max_size=20)) if cells else frozenset()
    return Evidence(draw(st.integers(1, 2**63 - 1)), kind, kept, url, NOW, supports)


def assert_taken(view: View, kept: list[Evidence]) -> None:
    payload = json.loads(json.dumps(view))
    verdict = judge_view(payload, surface="modal")
    assert not verdict.violations, verdict.violations
    assert not verdict.warnings, verdict.warnings
    _surfaces.validate_surface_blocks(payload["blocks"], "modal")
    _assert_limits(payload["blocks"])
    urls = {each.url.replace("&", "&amp;") for each in kept if each.url}
    for each in objects(payload["blocks"]):
        if each.get("type") == "mrkdwn":
            assert set(LINK.findall(each["text"])) <= urls
            _assert_nothing_live(LINK.sub("", each["text"]))


@given(catalogues(), LOCALES, st.data())
@examples(30)
def test_slack_takes_every_modal_of_evidence(
    catalogue: Catalogue, locale: str, data: st.DataObject
) -> None:
    tr = TRANSLATORS.for_locale(locale)
    known = {key_of(each): each for each in catalogue.content.expectations[:50]}
    cells = (*known, CellKey("gone", "g" * 60, "<!channel> & *gone*"))
    kept = data.draw(st.lists(pieces(cells), max_size=2 * PAGE + 1))
    named: list[tuple[Evidence, tuple[Supported, ...]]] = [
        (each, tuple((cell, known.get(cell)) for cell in sorted(each.supports))) for each in kept
    ]
    for page in (0, 1, 99):
        assert_taken(evidence_list(named, page, tr), kept)
    assert_taken(deleted_view(tr), [])
    assert_taken(gone_view(tr), [])
    assert_taken(evidence_form(EvidenceDraft(cut=True, quoted=True), tr, metadata="evidence?"), [])
    for piece, supports in named[:3]:
        assert_taken(kept_view(piece, supports, len(kept), tr), kept)
        draft = EvidenceDraft(piece.note, piece.url or "", supports, piece)
        form = evidence_form(draft, tr, metadata=encode(EditEvidence(piece.id)))
        assert_taken(form, [])
        assert json.dumps(piece.note)[1:-1] in json.dumps(form)
    unplaced = [each for each in kept if not each.supports]
    home = HomePage(
        (),
        evidence=tuple(kept[:3]),
        pieces=len(kept),
        to_place=tuple(unplaced[:3]),
        unplaced=len(unplaced),
    )
    assert_taken({**deleted_view(tr), "blocks": home_evidence(home, tr)}, kept)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_slack_takes_the_fullest_page(number: int) -> None:
    text, tr = HOSTILE[number], TRANSLATORS.for_locale(TRANSLATORS.locales[number % 2])
    shape = Shape(
        skills=40,
        groups=5,
        domains=5,
        roles=10,
        ladders=1,
        levels=12,
        forked=False,
        depths=6,
        dense=True,
        long_keys=True,
        seed=5,
    )
    catalogue = catalogue_of(shape, ((text * 100)[:100],))
    expectations = catalogue.content.expectations[:20]
    supports = tuple((key_of(each), each) for each in expectations)
    note = (text * MAX_NOTE)[:MAX_NOTE]
    url = "https://example.com/" + "&" * 230
    kept = [
        Evidence(each + 1, EvidenceKind.LINK, note, url, NOW, frozenset(dict(supports)))
        for each in range(PAGE)
    ]
    assert_taken(evidence_list([(each, supports) for each in kept], 0, tr), kept)
    draft = EvidenceDraft(note, url, supports, kept[0])
    assert_taken(evidence_form(draft, tr, metadata="piece?i=1"), [])


def test_a_link_says_where_it_leads() -> None:
    def shown(url: str, kind: EvidenceKind = EvidenceKind.LINK) -> str:
        return evidence_text(Evidence(1, kind, "Note", url, NOW), ENGLISH)

    lines = shown("https://docs.example.com/plan/?a=1&b=2").splitlines()
    assert lines[0] == "Note"
    assert lines[1].startswith(
        "<https://docs.example.com/plan/?a=1&amp;b=2|docs.example.com/plan> · <!date^"
    )
    message = shown("https://x.slack.com/archives/C1/p1", EvidenceKind.SLACK_MESSAGE)
    assert "|Slack message>" in message
    assert "<https" not in shown("https://example.com/" + "x" * 1500)
    assert shown("https://example.com").count("\n") == 1


def test_what_an_option_carries_comes_back() -> None:
    short = CellKey("llm-engineer", "lead", "prompt-engineering")
    long = CellKey("r" * 60, "l" * 60, "s" * 60)
    values = [cell_value(short), cell_value(long)]
    assert all(len(each) <= limits.OPTION_VALUE for each in values)
    assert cells_chosen(values, lambda: [short, long]) == {short, long}

    def never() -> list[CellKey]:
        raise AssertionError("no digest was chosen")

    assert cells_chosen(values[:1], never) == {short}
    with pytest.raises(OutdatedCard):
        cells_chosen(values[1:], lambda: [short])


@given(catalogues(), LOCALES)
@examples(20)
def test_every_option_names_skill_role_and_level(catalogue: Catalogue, locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    for each in catalogue.content.expectations[:40]:
        option = cell_option(key_of(each), each, tr)
        assert len(option["text"]["text"]) <= limits.OPTION
        assert len(option["value"]) <= limits.OPTION_VALUE
        known = [key_of(each)]
        assert cells_chosen([option["value"]], known.copy) == set(known)


def test_an_option_of_the_built_in_catalogue_is_told_in_full() -> None:
    catalogue = built_in().catalogue
    for each in catalogue.content.expectations:
        name = cell_name(key_of(each), each, ENGLISH)
        if "…" not in name:
            continue
        # Only where the three names are longer than an option together.
        parts = (each.skill.name, each.role.name, each.level.name)
        assert sum(len(part.base) for part in parts) > limits.OPTION - 5


@given(catalogues(), LOCALES, st.integers(0, 2**32))
@examples(20)
def test_slack_takes_every_found_skill(catalogue: Catalogue, locale: str, seed: int) -> None:
    tr, rng = TRANSLATORS.for_locale(locale), random.Random(seed)  # noqa: S311 - repeatable samples
    assert_taken(finder_view(tr), [])
    for skill in rng.sample(catalogue.content.skills, min(5, len(catalogue.content.skills))):
        answer = show(catalogue, ShowSkill(skill.key), ANYONE)
        view = finder_view(tr, answer)
        assert_taken(view, [])
        assert not [each for each in view["blocks"] if each["type"] == "table"]


def test_the_forms_metadata_is_its_request() -> None:
    form = evidence_form(EvidenceDraft(), ENGLISH, metadata=encode(AddEvidence()))
    assert form["private_metadata"] == "evidence?"
