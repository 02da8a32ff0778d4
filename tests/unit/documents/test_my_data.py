"""Everything held about a member, as files that other programs read."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.my_data.as_csv import COLUMNS
from bot.documents.my_data.as_json import my_data
from bot.documents.my_data.files import my_data_documents
from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.growth.goal import Goal
from bot.domain.growth.packet import Saw
from bot.domain.growth.planned.action import DatedAction
from bot.domain.installs.audit import Act, ActKind, AuditEntry
from bot.domain.lookup.skill_offer import HelpSide, SkillOffer
from bot.domain.members.personal_data import (
    DraftPart,
    GrowthRecord,
    KeptDraft,
    KeptNudge,
    PassedOver,
)
from bot.domain.nudges.cadence import NudgeSettings
from bot.domain.nudges.choice import Reason
from bot.domain.nudges.decision import PlanStatus
from bot.domain.nudges.plan import NudgePlan
from bot.domain.teams.agreed import AgreedAct, AgreedStep, Side
from bot.domain.teams.confirmation import Confirmation, ConfirmationState
from bot.domain.teams.helping.helpers import HelperAccount
from bot.domain.teams.helping.pairs import KeptPair
from bot.domain.teams.letter import Letter, LetterKind, LetterState
from bot.domain.teams.manager_marks import ManagerMark, Reply
from bot.domain.teams.rhythm import HeldRhythm, Often, Rhythm, RhythmState
from bot.domain.teams.share import Look, Share, ShareState
from bot.domain.teams.talk import Point
from bot.domain.tenancy import Member, Tenant
from tests.strategies import HOSTILE
from tests.unit.documents.packets import NOW, growth, history, way

CELL = CellKey("llm-engineer", "lead", "mlops")
SENT = KeptNudge(
    id=1,
    kind="regular",
    slot_day=NOW.date(),
    state="sent",
    reason=None,
    form="one",
    cell=CELL,
    prompt="A prompt",
    reasons=(Reason.REQUIRED, Reason.LARGEST_STEP),
    sent_at=NOW,
    answer="working",
    answered_at=NOW,
)
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"])))


def record(note: str = "A note") -> GrowthRecord:
    gap = way()
    held = growth(gap, note)
    assert held.goal is not None
    return GrowthRecord(
        member=Member(Tenant("T0SAMPLE"), "U0SAMPLE", "zh-CN", "Asia/Shanghai", "llm-engineer"),
        assessments=history(gap, note),
        evidence=held.evidence,
        goals=(held.goal,),
        plan=PlanStatus(NudgePlan(NudgeSettings(), "Europe/Berlin", NOW.date(), NOW)),
        nudges=(SENT, replace(SENT, id=2, form="all_done", cell=None, prompt=None)),
        passed_over=(PassedOver(1, CELL, "Which one?", NOW),),
        put_off=((CELL, NOW),),
        actions=(DatedAction(1, CELL, note, NOW.date(), NOW.date(), NOW),),
        agreed=((1, AgreedStep(1, CELL, AgreedAct.PROPOSED, Side.OTHER, NOW.date(), NOW)),),
        rhythms=(
            HeldRhythm(
                1,
                Rhythm(Often.WEEKLY, 3, time(14), "Europe/Berlin", NOW.date()),
                RhythmState.ON,
                NOW,
                Side.OWNER,
                NOW,
            ),
        ),
        points=((1, Point(1, 1, Side.OTHER, note, True, NOW)),),
        acts=(AuditEntry(1, NOW, None, Act.by(None, ActKind.OWNER_GRANTED, about="U0SAMPLE")),),
        owns_catalogue=True,
        installed_at=NOW,
        upload=BegunUpload(1, "U0SAMPLE", "F1", "ours.csv", NOW, answers={"axis": "roles"}),
        offers=(
            SkillOffer("mlops", HelpSide.HELP, NOW),
            SkillOffer("rust", HelpSide.LEARN, NOW),
        ),
        pairs=(
            KeptPair("mlops", HelpSide.HELP, NOW, True, None),
            KeptPair("rust", HelpSide.LEARN, NOW, None, None),
        ),
        helper_account=HelperAccount(None, NOW),
        drafts=(
            KeptDraft(1, DraftPart.AUTHOR, "waiting", NOW, note=note, publish_at=NOW),
            KeptDraft(2, DraftPart.REVIEWER, "published", NOW, comment=note, approved_at=NOW),
        ),
        shares=(
            Share(
                1, 5, "U0SAMPLE", "U0OTHER", ShareState.ACCEPTED, NOW, evidence=frozenset({2, 1})
            ),
            Share(2, 6, "U0OTHER", "U0SAMPLE", ShareState.ASKED, NOW, evidence=frozenset({9})),
        ),
        looks=(Look(1, NOW),),
        letters=(
            Letter(1, "U0OTHER", "U0SAMPLE", LetterKind.SHARE_ASK, 1, LetterState.SENT, NOW),
            Letter(2, "U0SAMPLE", "U0OTHER", LetterKind.SHARE_ANSWER, 1, LetterState.SENT, NOW),
        ),
        manager_marks=(
            ManagerMark(
                *(1, 1, "U0OTHER", CELL, Status.WORKING, note, NOW, NOW),
                replies=(Reply(1, note, NOW),),
            ),
            ManagerMark(2, 2, "U0SAMPLE", CELL, None, "", NOW),
        ),
        confirmations=(
            Confirmation(
                *(1, "U0SAMPLE", "U0OTHER", CELL, note, ConfirmationState.ANSWERED, NOW),
                *(Saw.SAW_IT, note, NOW, NOW),
            ),
            Confirmation(2, "U0OTHER", "U0SAMPLE", CELL, note, ConfirmationState.ASKED, NOW),
        ),
        taken_at=NOW,
    )


def tables(archive: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        texts = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    return {
        name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()
    }


def test_everything_is_there_oldest_first() -> None:
    json_file, archive = my_data_documents(record())
    assert json_file.name == "nextrung-my-data-2026-11-24.json"
    data = json.loads(json_file.content)
    assert data == my_data(record())
    assert [each["at"] for each in data["assessments"]] == sorted(
        each["at"] for each in data["assessments"]
    )
    assert [each["id"] for each in data["evidence"]] == [1, 3, 2]
    assert data["member"]["role"] == "llm-engineer"
    assert data["goals"][0]["state"] == "active"
    found = tables(archive.content)
    assert {name: len(rows) for name, rows in found.items()} == {
        "member.csv": 1,
        "assessments.csv": 6,
        "evidence.csv": 3,
        "evidence_supports.csv": 2,
        "goals.csv": 1,
        "nudge_settings.csv": 1,
        "nudges.csv": 2,
        "passed_over.csv": 1,
        "put_off.csv": 1,
        "catalogue_uploads.csv": 1,
        "actions.csv": 1,
        "agreed.csv": 1,
        "talk_rhythms.csv": 1,
        "talk_points.csv": 1,
        "acts.csv": 1,
        "drafts.csv": 2,
        "offers.csv": 2,
        "pairs.csv": 2,
        "helper_account.csv": 1,
        "shares.csv": 2,
        "share_looks.csv": 1,
        "letters.csv": 2,
        "manager_marks.csv": 2,
        "mark_replies.csv": 1,
        "confirmations.csv": 2,
    }
    assert [row["your_answer"] for row in found["pairs.csv"]] == ["yes", ""]
    assert [row["introduced_to"] for row in found["pairs.csv"]] == ["", ""]
    assert found["nudge_settings.csv"][0]["weekdays"] == "tue"
    # Of what others share neither the goal nor the evidence is the member's.
    told = ("part", "person", "goal_id", "evidence")
    assert [tuple(row[name] for name in told) for row in found["shares.csv"]] == [
        ("owner", "U0OTHER", "5", "1 2"),
        ("other", "U0OTHER", "", ""),
    ]
    assert [row["part"] for row in found["letters.csv"]] == ["by", "to"]
    told = ("part", "person", "status", "sent_at")
    assert [tuple(row[name] for name in told) for row in found["manager_marks.csv"]] == [
        ("about", "U0OTHER", "working", NOW.isoformat()),
        ("by", "U0OTHER", "", ""),
    ]
    assert [row["skill"] for row in found["nudges.csv"]] == [CELL.skill, ""]
    assert found["nudges.csv"][0]["reasons"] == "required largest_step"
    assert found["member.csv"][0]["owns_catalogue"] == "True"
    assert found["member.csv"][0]["installed_at"] == NOW.isoformat()
    assert found["catalogue_uploads.csv"][0]["answers"] == "axis=roles"
    assert found["evidence_supports.csv"][0]["evidence_id"] == "1"


def test_moments_have_their_zone() -> None:
    data = my_data(record())
    assert datetime.fromisoformat(data["taken_at"]) == NOW
    assert datetime.fromisoformat(data["assessments"][0]["at"]).tzinfo == UTC


def test_tables_have_the_columns_of_the_json() -> None:
    data = my_data(record())
    assert tuple(data["member"]) == COLUMNS["member"]
    assert tuple(data["nudge_settings"]) == COLUMNS["nudge_settings"]
    tables = (
        "assessments",
        "goals",
        "nudges",
        "passed_over",
        "put_off",
        "catalogue_uploads",
        "actions",
        "agreed",
        "talk_rhythms",
        "talk_points",
        "acts",
        "manager_marks",
        "mark_replies",
    )
    for name in tables:
        assert tuple(data[name][0]) == COLUMNS[name]
    assert tuple(data["evidence"][0]) == (*COLUMNS["evidence"], "supports")
    assert ("evidence_id", *data["evidence"][0]["supports"][0]) == COLUMNS["evidence_supports"]


def test_a_member_who_holds_nothing_gets_empty_lists_and_tables_with_heads() -> None:
    nothing = GrowthRecord(Member(Tenant("T0SAMPLE"), "U0SAMPLE"), (), (), (), NOW)
    data, archive = my_data_documents(nothing)
    assert json.loads(data.content)["assessments"] == []
    with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
        heads = {name: packed.read(name).decode("utf-8-sig").splitlines()[0] for name in COLUMNS_OF}
    assert heads == {name: ",".join(columns) for name, columns in COLUMNS_OF.items()}


COLUMNS_OF = {f"{name}.csv": columns for name, columns in COLUMNS.items()}


def test_the_same_record_gives_the_same_bytes() -> None:
    assert my_data_documents(record()) == my_data_documents(record())


def test_a_goal_that_ended_says_when() -> None:
    ended = Goal(1, "llm-engineer", "lead", 1, NOW, ended_at=NOW)
    (goal,) = my_data(GrowthRecord(record().member, (), (), (ended,), NOW))["goals"]
    assert goal["ended_at"] == NOW.isoformat()


@given(TEXTS)
def test_json_gives_back_any_note_exactly_and_no_table_a_formula(note: str) -> None:
    json_file, archive = my_data_documents(record(note))
    assert json.loads(json_file.content)["assessments"][0]["note"] == note
    for rows in tables(archive.content).values():
        for row in rows:
            assert not [cell for cell in row.values() if cell.lstrip().startswith(("=", "+", "@"))]
