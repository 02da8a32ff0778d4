"""The steps of nudges in the outbox, many in one transaction each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.nudges.choice import Reason
from bot.domain.nudges.message import Form
from bot.store.dialect import way_for
from bot.store.models import member
from bot.store.nudges.answers import NudgeOffer, offer_values, reasons_of
from bot.store.nudges.models import nudge, nudge_later, nudge_plan
from bot.store.nudges.senders import held_by
from bot.values import dataclass

# PostgreSQL takes all rows of a step as arrays, in one statement.
_MARK = text(
    """
    UPDATE nudge SET state = 'sending', holder = :holder, sent_at = CAST(:now AS timestamptz),
        reason = NULL, form = v.form, role_key = v.role_key, level_key = v.level_key,
        skill_key = v.skill_key, prompt = v.prompt, reasons = v.reasons,
        quoted_at = v.quoted_at
    FROM unnest(CAST(:id AS bigint[]), CAST(:version AS bigint[]), CAST(:form AS text[]),
        CAST(:role_key AS text[]), CAST(:level_key AS text[]), CAST(:skill_key AS text[]),
        CAST(:prompt AS text[]), CAST(:reasons AS text[]), CAST(:quoted_at AS timestamptz[]))
        AS v(id, version, form, role_key, level_key, skill_key, prompt, reasons, quoted_at), member
    WHERE nudge.id = v.id AND nudge.state = 'planned' AND member.id = nudge.member_id
        AND member.growth_version = v.version
    RETURNING nudge.id
    """
)
_SENT = text(
    """
    UPDATE nudge SET state = 'sent', reason = NULL, channel = v.channel, ts = v.ts
    FROM unnest(CAST(:ids AS bigint[]), CAST(:channels AS text[]), CAST(:times AS text[]))
        AS v(id, channel, ts)
    WHERE nudge.id = v.id AND nudge.holder = :holder AND nudge.state IN ('sending', 'unknown')
    RETURNING nudge.id, nudge.member_id, nudge.form, nudge.answer, nudge.role_key,
        nudge.level_key, nudge.skill_key, nudge.reasons
    """
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is about to be sent. `version` is the member's own when that was decided."""

    nudge_id: int
    workspace_id: int
    version: int
    form: Form
    offer: NudgeOffer | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack took it, and named it (channel, ts)."""

    nudge_id: int
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Ended:
    """It was not sent, or nobody knows: `state` is "planned" (again), "failed" or "unknown".

    `bars` tells that Slack will take nothing for this member any more.
    """

    nudge_id: int
    state: str
    reason: str
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A planned nudge is cancelled for a reason, or put back until later."""

    nudge_id: int
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Slack was asked about a member, and told nothing new."""

    member_id: int
    at: datetime


async def mark_all(
    connection: AsyncConnection, holder: str, marks: Sequence[Mark], now: datetime
) -> frozenset[int]:
    """Mark as *sending* what may still be sent as decided; return the ids of these."""
    held = await held_by(connection, holder, {each.workspace_id for each in marks}, now)
    mine = sorted(
        (each for each in marks if each.workspace_id in held), key=lambda each: each.nudge_id
    )
    if not mine:
        return frozenset()
    mark = way_for(connection, sqlite=_mark_rows, postgresql=_mark_arrays)
    return await mark(connection, holder, [_mark_values(each) for each in mine], now)


async def _mark_arrays(
    connection: AsyncConnection, holder: str, rows: Sequence[dict[str, Any]], now: datetime
) -> frozenset[int]:
    values: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    found = await connection.execute(_MARK, values | {"holder": holder, "now": now})
    return frozenset(found.scalars().all())


async def _mark_rows(
    connection: AsyncConnection, holder: str, rows: Sequence[dict[str, Any]], now: datetime
) -> frozenset[int]:
    marked = set()
    for row in rows:
        taken = {name: value for name, value in row.items() if name not in {"id", "version"}}
        as_decided = (
            select(member.c.id)
            .where(member.c.id == nudge.c.member_id, member.c.growth_version == row["version"])
            .exists()
        )
        done = await connection.execute(
            update(nudge)
            .where(nudge.c.id == row["id"], nudge.c.state == "planned", as_decided)
            .values(state="sending", holder=holder, sent_at=now, reason=None, **taken)
        )
        if done.rowcount:
            marked.add(row["id"])
    return frozenset(marked)


def _mark_values(each: Mark) -> dict[str, Any]:
    return {
        "id": each.nudge_id,
        "version": each.version,
        "form": each.form.value,
        **offer_values(each.offer),
    }


async def end_all(
    connection: AsyncConnection, holder: str, endings: Sequence[Sent | Ended]
) -> frozenset[int]:
    """Keep how sending ended; return the ids of those that were under way."""
    sent = sorted((each for each in endings if isinstance(each, Sent)), key=_nudge_id)
    keep = way_for(connection, sqlite=_sent_rows, postgresql=_sent_arrays)
    rows = await keep(connection, holder, sent) if sent else []
    await _follow(connection, rows)
    ended = {row.id for row in rows}
    for each in sorted((one for one in endings if isinstance(one, Ended)), key=_nudge_id):
        if await _end(connection, holder, each):
            ended.add(each.nudge_id)
    return frozenset(ended)


def _nudge_id(each: Sent | Ended) -> int:
    return each.nudge_id


async def _sent_arrays(
    connection: AsyncConnection, holder: str, sent: Sequence[Sent]
) -> Sequence[Row[Any]]:
    values: dict[str, Any] = {
        "ids": [each.nudge_id for each in sent],
        "channels": [each.channel for each in sent],
        "times": [each.ts for each in sent],
        "holder": holder,
    }
    return (await connection.execute(_SENT, values)).all()


async def _sent_rows(
    connection: AsyncConnection, holder: str, sent: Sequence[Sent]
) -> Sequence[Row[Any]]:
    rows: list[Row[Any]] = []
    for each in sent:
        statement = (
            update(nudge)
            .where(
                nudge.c.id == each.nudge_id,
                nudge.c.holder == holder,
                nudge.c.state.in_(("sending", "unknown")),
            )
            .values(state="sent", reason=None, channel=each.channel, ts=each.ts)
            .returning(*nudge.c)
        )
        rows += (await connection.execute(statement)).all()
    return rows


async def _follow(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> None:
    """Note in the plans what was sent, where it was not answered already."""

    async def note(form: Iterable[Form], **values: Any) -> None:
        forms = {each.value for each in form}
        ids = sorted({row.member_id for row in rows if row.form in forms and row.answer is None})
        if ids:
            await connection.execute(
                update(nudge_plan).where(nudge_plan.c.member_id.in_(ids)).values(**values)
            )

    await note((Form.ONE, Form.DIGEST), ignored=nudge_plan.c.ignored + 1, told_done=False)
    await note((Form.LESS_OFTEN,), asked_less=True)
    await note((Form.ALL_DONE,), told_done=True)
    for row in rows:
        if Reason.LATER_IS_NOW in reasons_of(row.reasons):
            await connection.execute(
                delete(nudge_later).where(
                    nudge_later.c.member_id == row.member_id,
                    nudge_later.c.role_key == row.role_key,
                    nudge_later.c.level_key == row.level_key,
                    nudge_later.c.skill_key == row.skill_key,
                )
            )


async def _end(connection: AsyncConnection, holder: str, each: Ended) -> bool:
    values: dict[str, Any] = {"state": each.state, "reason": each.reason}
    if each.state == "planned":
        values |= {"holder": None, "sent_at": None, "form": None, **offer_values(None)}
    done = await connection.execute(
        update(nudge)
        .where(
            nudge.c.id == each.nudge_id,
            nudge.c.holder == holder,
            nudge.c.state.in_(("sending", "unknown")),
        )
        .values(**values)
        .returning(nudge.c.member_id)
    )
    member_id = done.scalar_one_or_none()
    if member_id is not None and each.bars:
        await _bar(connection, member_id, each.reason)
    return member_id is not None


async def step_all(connection: AsyncConnection, steps: Sequence[Step | Checked]) -> None:
    """Cancel or put back planned nudges; keep of whom Slack was asked."""
    for each in steps:
        if isinstance(each, Checked):
            await _check(connection, each)
            continue
        values: dict[str, Any] = {"reason": each.reason}
        values |= {"due_at": each.until} if each.until else {"state": "cancelled"}
        await connection.execute(
            update(nudge)
            .where(nudge.c.id == each.nudge_id, nudge.c.state == "planned")
            .values(**values)
        )


async def _check(connection: AsyncConnection, each: Checked) -> None:
    await connection.execute(
        update(nudge_plan)
        .where(nudge_plan.c.member_id == each.member_id)
        .values(checked_at=each.at)
    )


async def _bar(connection: AsyncConnection, member_id: int, reason: str) -> None:
    await connection.execute(
        update(nudge_plan)
        .where(nudge_plan.c.member_id == member_id)
        .values(barred=reason, next_due_at=None)
    )
