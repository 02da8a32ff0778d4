"""Two hundred people share with one: what is asked of the database does not grow with them."""

from sqlalchemy import insert

from bot.domain.teams.home import THEIRS
from bot.store.database import Database
from bot.store.growth.models import goal
from bot.store.models import member
from bot.store.teams.models import share
from tests.fakes.all_rows import filling
from tests.integration.store.holders import NOW, ONE, join, publish
from tests.integration.store.teams.sharing_people import OTHER

PEOPLE = 200


async def many_share(database: Database) -> None:
    """Write as many members with a goal each, which they share with one."""
    revision = await publish(database)
    await join(database, OTHER)
    async with filling(database) as connection:
        (known,) = (await connection.execute(member.select())).all()
        others = {**known._mapping}
        del others["id"]
        await connection.execute(
            insert(member), [others | {"slack_id": f"U0SHARES{each}"} for each in range(PEOPLE)]
        )
        rows = (await connection.execute(member.select())).all()
        ids = {row.slack_id: row.id for row in rows}
        owners = [id_ for slack_id, id_ in ids.items() if slack_id != OTHER]
        goals = [
            {"id": id_, "member_id": id_, "role_key": "a", "level_key": "b", "state": "active"}
            | {"revision_id": revision, "set_at": NOW}
            for id_ in owners
        ]
        await connection.execute(insert(goal), goals)
        shares = [
            {"member_id": id_, "other_member_id": ids[OTHER], "goal_id": id_, "state": "accepted"}
            | {"asked_at": NOW, "accepted_at": NOW}
            for id_ in owners
        ]
        await connection.execute(insert(share), shares)


async def test_home_and_a_page_ask_as_little_for_many(
    database: Database, queries: list[str]
) -> None:
    await many_share(database)
    queries.clear()
    async with database.read(ONE) as work:
        found = (await work.states.home(OTHER)).sharing
    assert (found.people, len(found.theirs)) == (PEOPLE, THEIRS)
    assert len(queries) == 1
    queries.clear()
    async with database.read(ONE) as work:
        assert await work.shares.count_with(OTHER) == PEOPLE
        pages = [
            await work.shares.with_whom(OTHER, skip=skip, most=50) for skip in range(0, 210, 50)
        ]
    assert len({each.id for page in pages for each in page}) == PEOPLE
    assert [len(page) for page in pages] == [50, 50, 50, 50, 0]
    assert len(queries) == 1 + 4 * 2 + 1
