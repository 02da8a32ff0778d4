"""Everything held about a member as tables: CSV files in one archive."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.documents.my_data.values import CELL
from bot.documents.safe_csv import csv_file

Row = Mapping[str, Any]

_SHARING = ("shares", "share_looks", "letters", "manager_marks", "mark_replies")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "member": (
            *("slack_id", "team_id", "enterprise_id", "locale", "time_zone", "language"),
            *("role", "level", "owns_catalogue", "installed_at"),
        ),
        "assessments": (*CELL, "proficiency", "status", "note", "at", "revision_id", "withdraws"),
        "evidence": ("id", "kind", "note", "url", "added_at"),
        "evidence_supports": ("evidence_id", *CELL),
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
            *("id", "kind", "day", "state", "reason", "form", *CELL, "prompt", "reasons"),
            *("quoted_at", "sent_at", "answer", "answered_at"),
        ),
        "passed_over": ("nudge_id", *CELL, "prompt", "quoted_at"),
        "put_off": (*CELL, "until"),
        "catalogue_uploads": ("file", "name", "note", "answers", "step", "changed_at"),
        "actions": (
            *("id", *CELL, "text", "due", "first_due", "made_at", "state", "ended_at"),
            *("evidence_id", "reminded_on"),
        ),
        "agreed": ("id", "share_id", *CELL, "act", "side", "until", "at"),
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
            *("id", "share_id", "part", "person", *CELL, "status", "note", "at", "sent_at"),
        ),
        "mark_replies": ("mark_id", "note", "at"),
        "confirmations": (
            *("id", "part", "with", *CELL, "state", "sentence", "asked_at"),
            *("answer", "words", "answered_at", "included_at"),
        ),
    }
)


def my_data_archive(data: Row, taken_at: datetime) -> bytes:
    """Return a ZIP archive of CSV tables of what `my_data` returned."""
    packed = io.BytesIO()
    # The moment is written as it is in UTC, so that the same record gives the same bytes.
    moment = taken_at.timetuple()[:6]
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
