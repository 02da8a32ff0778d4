"""Everything held about a member as JSON values, with stable English names."""

from typing import Any

from bot.documents.my_data.shares import sharing_data
from bot.documents.my_data.talks import agreed_row, point_row, rhythm_row
from bot.documents.my_data.values import CELL, WEEKDAYS, cell_values, moment
from bot.domain.catalogue.uploading import BegunUpload
from bot.domain.growth.assessment import Assessment
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal
from bot.domain.growth.planned.action import DatedAction
from bot.domain.installs.audit import AuditEntry
from bot.domain.lookup.skill_offer import SkillOffer
from bot.domain.members.personal_data import GrowthRecord, KeptDraft, KeptNudge, PassedOver
from bot.domain.nudges.decision import PlanStatus
from bot.domain.teams.confirmation import Confirmation, ConfirmationState
from bot.domain.teams.helping.helpers import HelperAccount
from bot.domain.teams.helping.pairs import KeptPair
from bot.domain.tenancy import Member

FORMAT = "nextrung-my-data"
VERSION = 1


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
        "put_off": [
            {**cell_values(cell), "until": until.isoformat()} for cell, until in record.put_off
        ],
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


def _assessment(mark: Assessment) -> dict[str, Any]:
    return {
        **cell_values(mark.cell),
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
        "supports": [cell_values(each) for each in sorted(piece.supports)],
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
        "ended_at": moment(goal.ended_at),
        "recounted_at": moment(goal.recounted_at),
        "recount_told_at": moment(goal.recount_told_at),
        "kept_revision_id": goal.kept_revision_id,
        "news_revision_id": goal.news_revision_id,
        "news_at": moment(goal.news_at),
        "by": goal.by.isoformat() if goal.by else None,
    }


def _action(action: DatedAction) -> dict[str, Any]:
    return {
        "id": action.id,
        **cell_values(action.cell),
        "text": action.text,
        "due": action.due.isoformat(),
        "first_due": action.first_due.isoformat(),
        "made_at": action.made_at.isoformat(),
        "state": action.state.value,
        "ended_at": moment(action.ended_at),
        "evidence_id": action.evidence_id,
        "reminded_on": action.reminded_on.isoformat() if action.reminded_on else None,
    }


def _nudge_settings(status: PlanStatus) -> dict[str, Any]:
    settings = status.plan.settings
    return {
        "cadence": settings.cadence.value,
        "weekdays": " ".join(WEEKDAYS[day] for day in sorted(settings.weekdays)),
        "at": settings.at.isoformat(timespec="minutes"),
        "own_zone": settings.zone,
        "zone": status.plan.zone,
        "paused_until": moment(settings.paused_until),
        "stopped": settings.stopped,
        "next_at": None if status.barred else moment(status.plan.next_due_at),
        "unanswered": status.ignored,
        "barred": status.barred,
        "account_checked_at": moment(status.checked_at),
    }


def _nudge(kept: KeptNudge) -> dict[str, Any]:
    return {
        "id": kept.id,
        "kind": kept.kind,
        "day": kept.slot_day.isoformat(),
        "state": kept.state,
        "reason": kept.reason,
        "form": kept.form,
        **(cell_values(kept.cell) if kept.cell else dict.fromkeys(CELL)),
        "prompt": kept.prompt,
        "reasons": " ".join(each.value for each in kept.reasons),
        "quoted_at": moment(kept.quoted_at),
        "sent_at": moment(kept.sent_at),
        "answer": kept.answer,
        "answered_at": moment(kept.answered_at),
    }


def _passed_over(passed: PassedOver) -> dict[str, Any]:
    return {
        "nudge_id": passed.nudge_id,
        **cell_values(passed.cell),
        "prompt": passed.prompt,
        "quoted_at": moment(passed.quoted_at),
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
        "publish_at": moment(kept.publish_at),
        "comment": kept.comment,
        "approved_at": moment(kept.approved_at),
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
        **cell_values(kept.cell),
        # Whether it was declined is the colleague's own affair.
        "state": (ConfirmationState.ASKED if kept.declined else kept.state).value,
        "sentence": kept.sentence,
        "asked_at": kept.asked_at.isoformat(),
        "answer": kept.saw.value if kept.saw else None,
        "words": kept.words,
        "answered_at": moment(kept.answered_at),
        # Whether the answer is taken along is the asker's own affair.
        "included_at": moment(kept.included_at) if asker else None,
    }
