"""Everything held about a member, as they take it along: JSON, and CSV in one archive.

The format is described in docs/reference/my-data.md. Names are stable and English: programs read
them.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.documents.names import file_name
from bot.documents.safe_csv import csv_file
from bot.documents.sharing_data import sharing_data
from bot.documents.talk_rows import agreed_row, point_row, rhythm_row
from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.document import Document
from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal
from bot.domain.growth.planned.action import DatedAction
from bot.domain.installs.audit import AuditEntry
from bot.domain.local_time import local_day
from bot.domain.lookup.skill_offer import SkillOffer
from bot.domain.members.personal_data import GrowthRecord, KeptDraft, KeptNudge, PassedOver
from bot.domain.nudges.decision import PlanStatus
from bot.domain.teams.confirmation import Confirmation, ConfirmationState
from bot.domain.teams.helping.helpers import HelperAccount
from bot.domain.teams.helping.pairs import KeptPair
from bot.domain.tenancy import Member

FORMAT = "nextrung-my-data"
VERSION = 1

Row = Mapping[str, Any]

_CELL = ("role", "level", "skill")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHARING = ("shares", "share_looks", "letters", "manager_marks", "mark_replies")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "member": (
            *("slack_id", "team_id", "enterprise_id", "locale", "time_zone", "language"),
            *("role", "level", "owns_catalogue", "installed_at"),
        ),
        "assessments": (*_CELL, "proficiency", "status", "note", "at", "revision_id", "withdraws"),
        "evidence": ("id", "kind", "note", "url", "added_at"),
        "evidence_supports": ("evidence_id", *_CELL),
        "goals": (
            *("id", "role", "level", "origin_role", "origin_level", "revision_id", "state"),
            *("set_at", "ended_at", "recounted_at", "recount_told_at"),
            *("kept_revision_id", "news_revision_id", "news_at", "by"),
        ),
        "nudge_settings": (
            *("cadence", "weekdays", "at", "own_zone", "zone", "paused_until", "stopped"),
            *("next_at", "unanswered", "barred", "account_checked_at"),
        ),
        "nudges": (
            *("id", "kind", "day", "state", "reason", "form", *_CELL, "prompt", "reasons"),
            *("quoted_at", "sent_at", "answer", "answered_at"),
        ),
        "passed_over": ("nudge_id", *_CELL, "prompt", "quoted_at"),
        "put_off": (*_CELL, "until"),
        "catalogue_uploads": ("file", "name", "note", "answers", "step", "changed_at"),
        "actions": (
            *("id", *_CELL, "text", "due", "first_due", "made_at", "state", "ended_at"),
            *("evidence_id", "reminded_on"),
        ),
        "agreed": ("id", "share_id", *_CELL, "act", "side", "until", "at"),
        "talk_rhythms": (
            *("share_id", "often", "weekday", "at", "zone", "first", "state", "next_at"),
            *("side", "set_at"),
        ),
        "talk_points": (
            *("id", "share_id", "talk_id", "side", "text", "both", "made_at", "done_at"),
        ),
        "acts": ("at", "act", "detail", "by_you"),
        "drafts": (
            *("id", "part", "state", "made_at", "note", "publish_at", "comment", "approved_at"),
        ),
        "offers": ("side", "skill", "at"),
        "pairs": ("side", "skill", "at", "your_answer", "introduced_to"),
        "helper_account": ("barred", "checked_at"),
        "shares": (
            *("id", "part", "person", "goal_id", "state", "asked_at", "accepted_at", "shows_from"),
            *("evidence", "renew_at", "ended_at", "end"),
        ),
        "share_looks": ("share_id", "at", "what"),
        "letters": ("id", "part", "person", "about", "state", "at"),
        "manager_marks": (
            *("id", "share_id", "part", "person", *_CELL, "status", "note", "at", "sent_at"),
        ),
        "mark_replies": ("mark_id", "note", "at"),
        "confirmations": (
            *("id", "part", "with", *_CELL, "state", "sentence", "asked_at"),
            *("answer", "words", "answered_at", "included_at"),
        ),
    }
)


def my_data_documents(record: GrowthRecord) -> tuple[Document, ...]:
    """Return the record as one JSON file and as a ZIP archive of CSV tables."""
    data = my_data(record)
    day = local_day(record.taken_at, record.member.time_zone)
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return (
        Document(file_name("nextrung-my-data", on=day, ending="json"), text.encode()),
        Document(file_name("nextrung-my-data", on=day, ending="zip"), _archive(data, record)),
    )


def my_data(record: GrowthRecord) -> dict[str, Any]:
    """Return the record as JSON values. Moments are ISO 8601 in UTC; lists are oldest first."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "taken_at": record.taken_at.isoformat(),
        "member": {
            **_member(record.member),
            "owns_catalogue": record.owns_catalogue,
            "installed_at": record.installed_at.isoformat() if record.installed_at else None,
        },
        "assessments": [_assessment(each) for each in record.assessments],
        "evidence": [_evidence(each) for each in reversed(record.evidence)],
        "goals": [_goal(each) for each in record.goals],
        "nudge_settings": _nudge_settings(record.plan) if record.plan else None,
        "nudges": [_nudge(each) for each in record.nudges],
        "passed_over": [_passed_over(each) for each in record.passed_over],
        "put_off": [{**_cell(cell), "until": until.isoformat()} for cell, until in record.put_off],
        "catalogue_uploads": [_upload(record.upload)] if record.upload else [],
        "actions": [_action(each) for each in record.actions],
        "agreed": [agreed_row(*each) for each in record.agreed],
        "talk_rhythms": [rhythm_row(each) for each in record.rhythms],
        "talk_points": [point_row(*each) for each in record.points],
        "acts": [_act(each, record.member) for each in record.acts],
        "drafts": [_draft(each) for each in record.drafts],
        "offers": [_offer(each) for each in record.offers],
        "pairs": [_pair(each) for each in record.pairs],
        "helper_account": _account(record.helper_account) if record.helper_account else None,
        **sharing_data(record),
        "confirmations": [_confirmation(each, record.member) for each in record.confirmations],
    }


def _upload(upload: BegunUpload) -> dict[str, Any]:
    return {
        "file": upload.file_name,
        "name": upload.name,
        "note": upload.note,
        "answers": " ".join(f"{key}={answer}" for key, answer in upload.answers.items()),
        "step": upload.step.value,
        "changed_at": upload.changed_at.isoformat(),
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        "slack_id": member.slack_id,
        "team_id": member.tenant.team_id,
        "enterprise_id": member.tenant.enterprise_id,
        "locale": member.locale,
        "time_zone": member.time_zone,
        "language": member.language,
        "role": member.role_key,
        "level": member.level_key,
    }


def _cell(cell: CellKey) -> dict[str, Any]:
    return {"role": cell.role, "level": cell.level, "skill": cell.skill}


def _assessment(mark: Assessment) -> dict[str, Any]:
    return {
        **_cell(mark.cell),
        "proficiency": mark.proficiency,
        "status": mark.status.value,
        "note": mark.note,
        "at": mark.at.isoformat(),
        "revision_id": mark.revision_id,
        "withdraws": mark.withdraws,
    }


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        "id": piece.id,
        "kind": piece.kind.value,
        "note": piece.note,
        "url": piece.url,
        "added_at": piece.added_at.isoformat(),
        "supports": [_cell(each) for each in sorted(piece.supports)],
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "id": goal.id,
        "role": goal.role,
        "level": goal.level,
        "origin_role": goal.origin_role,
        "origin_level": goal.origin_level,
        "revision_id": goal.revision_id,
        "state": goal.state.value,
        "set_at": goal.set_at.isoformat(),
        "ended_at": _moment(goal.ended_at),
        "recounted_at": _moment(goal.recounted_at),
        "recount_told_at": _moment(goal.recount_told_at),
        "kept_revision_id": goal.kept_revision_id,
        "news_revision_id": goal.news_revision_id,
        "news_at": _moment(goal.news_at),
        "by": goal.by.isoformat() if goal.by else None,
    }


def _action(action: DatedAction) -> dict[str, Any]:
    return {
        "id": action.id,
        **_cell(action.cell),
        "text": action.text,
        "due": action.due.isoformat(),
        "first_due": action.first_due.isoformat(),
        "made_at": action.made_at.isoformat(),
        "state": action.state.value,
        "ended_at": _moment(action.ended_at),
        "evidence_id": action.evidence_id,
        "reminded_on": action.reminded_on.isoformat() if action.reminded_on else None,
    }


def _nudge_settings(status: PlanStatus) -> dict[str, Any]:
    settings = status.plan.settings
    return {
        "cadence": settings.cadence.value,
        "weekdays": " ".join(_WEEKDAYS[day] for day in sorted(settings.weekdays)),
        "at": settings.at.isoformat(timespec="minutes"),
        "own_zone": settings.zone,
        "zone": status.plan.zone,
        "paused_until": _moment(settings.paused_until),
        "stopped": settings.stopped,
        "next_at": None if status.barred else _moment(status.plan.next_due_at),
        "unanswered": status.ignored,
        "barred": status.barred,
        "account_checked_at": _moment(status.checked_at),
    }


def _nudge(kept: KeptNudge) -> dict[str, Any]:
    return {
        "id": kept.id,
        "kind": kept.kind,
        "day": kept.slot_day.isoformat(),
        "state": kept.state,
        "reason": kept.reason,
        "form": kept.form,
        **(_cell(kept.cell) if kept.cell else dict.fromkeys(_CELL)),
        "prompt": kept.prompt,
        "reasons": " ".join(each.value for each in kept.reasons),
        "quoted_at": _moment(kept.quoted_at),
        "sent_at": _moment(kept.sent_at),
        "answer": kept.answer,
        "answered_at": _moment(kept.answered_at),
    }


def _passed_over(passed: PassedOver) -> dict[str, Any]:
    return {
        "nudge_id": passed.nudge_id,
        **_cell(passed.cell),
        "prompt": passed.prompt,
        "quoted_at": _moment(passed.quoted_at),
    }


def _act(entry: AuditEntry, member: Member) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "act": entry.act.kind.value,
        "detail": entry.act.detail,
        "by_you": entry.act.slack_id == member.slack_id,
    }


def _draft(kept: KeptDraft) -> dict[str, Any]:
    return {
        "id": kept.id,
        "part": kept.part.value,
        "state": kept.state,
        "made_at": kept.made_at.isoformat(),
        "note": kept.note,
        "publish_at": _moment(kept.publish_at),
        "comment": kept.comment,
        "approved_at": _moment(kept.approved_at),
    }


def _offer(offer: SkillOffer) -> dict[str, Any]:
    return {"side": offer.side.value, "skill": offer.skill, "at": offer.at.isoformat()}


def _pair(kept: KeptPair) -> dict[str, Any]:
    """Return a pair without what the other said: nobody learns of that by taking their data."""
    return {
        "side": kept.side.value,
        "skill": kept.skill,
        "at": kept.at.isoformat(),
        "your_answer": None if kept.said is None else "yes" if kept.said else "no",
        "introduced_to": kept.other,
    }


def _account(account: HelperAccount) -> dict[str, Any]:
    return {"barred": account.barred, "checked_at": account.checked_at.isoformat()}


def _confirmation(kept: Confirmation, member: Member) -> dict[str, Any]:
    asker = kept.owner == member.slack_id
    return {
        "id": kept.id,
        "part": "asker" if asker else "colleague",
        "with": kept.other if asker else kept.owner,
        **_cell(kept.cell),
        # Whether it was declined is the colleague's own affair.
        "state": (ConfirmationState.ASKED if kept.declined else kept.state).value,
        "sentence": kept.sentence,
        "asked_at": kept.asked_at.isoformat(),
        "answer": kept.saw.value if kept.saw else None,
        "words": kept.words,
        "answered_at": _moment(kept.answered_at),
        # Whether the answer is taken along is the asker's own affair.
        "included_at": _moment(kept.included_at) if asker else None,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _archive(data: Row, record: GrowthRecord) -> bytes:
    packed = io.BytesIO()
    # The moment is written as it is in UTC, so that the same record gives the same bytes.
    moment = record.taken_at.timetuple()[:6]
    with zipfile.ZipFile(packed, "w") as archive:
        for name, rows in _tables(data).items():
            entry = zipfile.ZipInfo(f"{name}.csv", moment)
            table = csv_file(COLUMNS[name], (_cells(row, COLUMNS[name]) for row in rows))
            archive.writestr(entry, table, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tables(data: Row) -> dict[str, Sequence[Row]]:
    """Return the tables; what a piece of evidence supports is a table of its own."""
    supports = [
        {"evidence_id": each["id"], **cell}
        for each in data["evidence"]
        for cell in each["supports"]
    ]
    return {
        "member": [data["member"]],
        "assessments": data["assessments"],
        "evidence": data["evidence"],
        "evidence_supports": supports,
        "goals": data["goals"],
        "nudge_settings": [data["nudge_settings"]] if data["nudge_settings"] else [],
        "nudges": data["nudges"],
        "passed_over": data["passed_over"],
        "put_off": data["put_off"],
        "catalogue_uploads": data["catalogue_uploads"],
        "actions": data["actions"],
        "agreed": data["agreed"],
        "talk_rhythms": data["talk_rhythms"],
        "talk_points": data["talk_points"],
        "acts": data["acts"],
        "drafts": data["drafts"],
        "offers": data["offers"],
        "pairs": data["pairs"],
        "helper_account": [data["helper_account"]] if data["helper_account"] else [],
        **{name: data[name] for name in _SHARING},
        "confirmations": data["confirmations"],
    }


def _cells(row: Row, columns: Sequence[str]) -> list[str]:
    return ["" if row[name] is None else str(row[name]) for name in columns]
