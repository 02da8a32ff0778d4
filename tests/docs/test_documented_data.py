"""What a member's export holds is documented, field by field."""

from datetime import UTC, datetime
from enum import StrEnum

import pytest

from bot.documents.my_data.as_csv import COLUMNS
from bot.documents.my_data.as_json import FORMAT, VERSION, my_data
from bot.domain.catalogue.draft import DraftState
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import EvidenceKind
from bot.domain.growth.goal import GoalState
from bot.domain.growth.packet import Saw
from bot.domain.members.personal_data import DraftPart, GrowthRecord
from bot.domain.teams.confirmation import ConfirmationState
from bot.domain.teams.letter import LetterState
from bot.domain.teams.share import LookKind, ShareEnd, ShareState
from bot.domain.tenancy import Member, Tenant
from tests.docs.pages import Page, unquoted

DATA = Page("docs/reference/my-data.md")


def _fields(heading: str) -> list[str]:
    return [unquoted(row[0]) for row in DATA.rows(heading)]


def _meaning(heading: str, field: str) -> str:
    return next(row[1] for row in DATA.rows(heading) if unquoted(row[0]) == field)


def test_the_file_is_documented() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    data = my_data(GrowthRecord(Member(Tenant("T0SAMPLE"), "U0SAMPLE"), (), (), (), now))
    assert _fields("The file") == list(data)
    assert FORMAT in _meaning("The file", "format")
    assert f"`{VERSION}`" in _meaning("The file", "version")


@pytest.mark.parametrize(
    "name",
    [
        "member",
        "assessments",
        "goals",
        "nudge_settings",
        "nudges",
        "passed_over",
        "put_off",
        "catalogue_uploads",
        "acts",
        "drafts",
        "shares",
        "share_looks",
        "letters",
        "manager_marks",
        "mark_replies",
        "confirmations",
    ],
)
def test_each_table_is_documented(name: str) -> None:
    assert tuple(_fields(name)) == COLUMNS[name]


def test_evidence_is_documented_with_its_own_table() -> None:
    assert tuple(_fields("evidence")) == (*COLUMNS["evidence"], "supports")
    assert [each.removesuffix(".csv") for each in _fields("Tables")] == list(COLUMNS)
    for column in COLUMNS["evidence_supports"]:
        assert f"`{column}`" in _meaning("Tables", "evidence_supports.csv")


@pytest.mark.parametrize(
    ("heading", "field", "values"),
    [
        ("assessments", "status", Status),
        ("evidence", "kind", EvidenceKind),
        ("goals", "state", GoalState),
        ("drafts", "part", DraftPart),
        ("drafts", "state", DraftState),
        ("shares", "state", ShareState),
        ("shares", "end", ShareEnd),
        ("share_looks", "what", LookKind),
        ("letters", "state", LetterState),
        ("confirmations", "state", ConfirmationState),
        ("confirmations", "answer", Saw),
    ],
)
def test_closed_sets_are_documented(heading: str, field: str, values: type[StrEnum]) -> None:
    meaning = _meaning(heading, field)
    assert [value for value in values if f"`{value}`" not in meaning] == []
