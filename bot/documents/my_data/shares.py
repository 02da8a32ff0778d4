"""What is held of a member's shares, from either side, as JSON values."""

from collections.abc import Mapping
from typing import Any

from bot.documents.my_data.values import cell_values, moment
from bot.domain.members.personal_data import GrowthRecord
from bot.domain.teams.letter import Letter, LetterKind
from bot.domain.teams.manager_marks import ManagerMark, Reply
from bot.domain.teams.share import Look, Share


def sharing_data(record: GrowthRecord) -> dict[str, Any]:
    """Return the lists, each oldest first. What is the other's own is left out."""
    me = record.member.slack_id
    owners = {each.id: each.owner for each in record.shares}
    return {
        "shares": [_share(each, me) for each in record.shares],
        "share_looks": [_look(each) for each in record.looks],
        "letters": [_letter(each, me) for each in record.letters],
        "manager_marks": [_mark(each, me, owners) for each in record.manager_marks],
        "mark_replies": [_reply(one) for each in record.manager_marks for one in each.replies],
    }


def _share(share: Share, me: str) -> dict[str, Any]:
    own = share.owner == me
    return {
        "id": share.id,
        "part": "owner" if own else "other",
        "person": share.other if own else share.owner,
        "goal_id": share.goal_id if own else None,
        "state": share.state.value,
        "asked_at": share.asked_at.isoformat(),
        "accepted_at": moment(share.accepted_at),
        "shows_from": moment(share.shows_from),
        "evidence": " ".join(map(str, sorted(share.evidence))) if own else None,
        "renew_at": moment(share.renew_at),
        "ended_at": moment(share.ended_at),
        "end": share.end.value if share.end else None,
    }


def _look(look: Look) -> dict[str, Any]:
    return {"share_id": look.share_id, "at": look.at.isoformat(), "what": look.kind.value}


def _letter(letter: Letter, me: str) -> dict[str, Any]:
    to_me = letter.to == me
    person = letter.author if to_me else letter.to
    return {
        "id": letter.id,
        "part": "to" if to_me else "by",
        # Of a pair neither is named before both have said yes; once they have, "pairs" names them.
        "person": None if letter.kind is LetterKind.PAIR else person,
        "about": letter.kind.value,
        "state": letter.state.value,
        "at": letter.at.isoformat(),
    }


def _mark(mark: ManagerMark, me: str, owners: Mapping[int, str]) -> dict[str, Any]:
    mine = mark.author == me
    return {
        "id": mark.id,
        "share_id": mark.share_id,
        "part": "by" if mine else "about",
        "person": owners.get(mark.share_id) if mine else mark.author,
        **cell_values(mark.cell),
        "status": mark.status.value if mark.status else None,
        "note": mark.note,
        "at": mark.at.isoformat(),
        "sent_at": moment(mark.sent_at),
    }


def _reply(reply: Reply) -> dict[str, Any]:
    return {"mark_id": reply.mark_id, "note": reply.note, "at": reply.at.isoformat()}
