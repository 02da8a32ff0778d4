"""Members who hold something: 300 marks each on the largest role, evidence, and a goal."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.domain.framework import CatalogueContent, CellKey, Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import EvidenceKind
from bot.domain.tenancy import Member, Tenant
from bot.store.database import Database
from tests.benchmarks.vocabulary import Asker

MARKS = 300
PIECES = 20
_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


async def hold(
    database: Database,
    tenant: Tenant,
    content: CatalogueContent,
    holders: tuple[Asker, ...],
    *,
    pinned: int | None,
    seed: int,
) -> None:
    """Save the holders with all that they hold; a goal only with a revision to pin it to."""
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    for holder in holders:
        member = Member(
            tenant=tenant,
            slack_id=holder.slack_id,
            locale=holder.locale,
            role_key=holder.role,
            level_key=holder.level,
        )
        marked = _marked(content, holder, rng)
        async with database.write(tenant) as work:
            await work.members.save(member, at=_AT)
            owner = await work.members.hold(holder.slack_id, at=_AT)
            assert owner is not None  # saved just before
            await work.assessments.append(owner, list(_marks(marked, rng)))
            for number in range(PIECES):
                cells = [key_of(each) for each in rng.sample(marked, 3)]
                await work.evidence.add(
                    owner,
                    kind=EvidenceKind.LINK,
                    note="What was tried, what it cost, and why it stayed",
                    url=f"https://example.com/notes/{number}",
                    supports=cells,
                    token=str(number),
                    at=_AT,
                )
            if pinned is not None:
                target = _target(content, holder)
                await work.goals.set(
                    owner,
                    role=target.role,
                    level=target.level,
                    origin=None,
                    revision_id=pinned,
                    at=_AT,
                )


def _marked(content: CatalogueContent, holder: Asker, rng: random.Random) -> list[Expectation]:
    """Return 300 cells: those of the holder's role, and others where the role has fewer."""
    own = [each for each in content.expectations if each.role.key == holder.role]
    others = [each for each in content.expectations if each.role.key != holder.role]
    chosen = rng.sample(own, min(MARKS, len(own)))
    return chosen + rng.sample(others, min(MARKS - len(chosen), len(others)))


def _marks(cells: list[Expectation], rng: random.Random) -> Iterator[Assessment]:
    for number, each in enumerate(cells):
        yield Assessment(
            key_of(each),
            rng.choice(list(Status)),
            _AT + timedelta(minutes=number),
            each.proficiency.key if each.proficiency else None,
            "Shown in the review of the last release" if number % 10 == 0 else "",
        )


def _target(content: CatalogueContent, holder: Asker) -> CellKey:
    """Return a cell at the holder's target: its role and level are the goal."""
    level = next(role.ladder.levels[-2].key for role in content.roles if role.key == holder.role)
    return next(
        key_of(each)
        for each in content.expectations
        if (each.role.key, each.level.key) == (holder.role, level)
    )
