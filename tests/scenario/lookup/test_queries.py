"""How often the database is asked: never for the catalogue, once for a member not at hand."""

from bot.sandbox.samples import GUEST
from tests.scenario.desk import Desk
from tests.scenario.queries import recorded_queries

COMMANDS = (
    "/skill mlops senior",
    "/skill ml-experiment-tracking",
    "/skill llm-engineer",
    "/skill",
    "/skill help",
    "/skill mlosp",
    "/skill model",
    "/skill zzzz",
    "/promote-gap llm-engineer lead",
    "/promote-gap llm-engineer lead from data-scientist senior",
    "/promote-gap",
)


async def warm(desk: Desk) -> None:
    """Read who offers help in the workspace: once for all its members, then that is at hand."""
    with recorded_queries(desk.nextrung.database) as sent:
        await desk.admin.command("/skill ml-experiment-tracking")
    assert len([each for each in sent if each.startswith("SELECT skill_offer.")]) == 1


async def test_known_member_costs_no_query(stored_desk: Desk) -> None:
    desk = stored_desk
    await warm(desk)
    await desk.engineer.command("/skill help")

    with recorded_queries(desk.nextrung.database) as sent:
        for command in COMMANDS:
            await desk.engineer.command(command)

    assert sent == []


async def test_presses_and_typing_cost_no_query(stored_desk: Desk) -> None:
    desk = stored_desk
    await warm(desk)
    card = await desk.engineer.command("/skill")
    # What a member asked colleagues is read for their first Details, then it is at hand.
    first = await desk.engineer.command("/skill ml-experiment-tracking lead llm-engineer")
    with recorded_queries(desk.nextrung.database) as sent:
        await first.press("Details")
    assert len(sent) == 1
    assert "FROM confirmation" in sent[0]

    with recorded_queries(desk.nextrung.database) as sent:
        await card.suggest("find", "experiment")
        group = await (await card.press("Browse")).press("Open")
        skill = await (await group.choose("Choose a level", "lead")).press("Open")
        modal = await skill.press("Details")
        await modal.choose("Choose a level", "junior")
        await skill.press("Share in Channel")

    assert sent == []


async def test_what_a_member_holds_costs_one_query(stored_desk: Desk) -> None:
    desk = stored_desk
    await warm(desk)
    await desk.engineer.command("/skill")

    for command in COMMANDS:
        desk.nextrung.services.growth.clear()
        with recorded_queries(desk.nextrung.database) as sent:
            await desk.engineer.command(command)
        assert len(sent) == 1, command
        assert "goal" in sent[0]
        assert "expectation" not in sent[0]


async def test_member_not_at_hand_costs_one_query(stored_desk: Desk) -> None:
    desk = stored_desk
    await warm(desk)
    members = desk.nextrung.services.members
    await desk.engineer.command("/skill")

    for command in COMMANDS:
        members._known.clear()
        with recorded_queries(desk.nextrung.database) as sent:
            await desk.engineer.command(command)
        assert len(sent) == 1, command
        assert "member" in sent[0]
        assert "expectation" not in sent[0]


async def test_someone_new_is_written_once(stored_desk: Desk) -> None:
    desk = stored_desk

    with recorded_queries(desk.nextrung.database) as sent:
        await desk.slack.member(GUEST).command("/skill mlops")
    written = [each for each in sent if each.startswith(("INSERT", "UPDATE"))]
    assert sorted(each.split()[2] for each in written) == ["member", "workspace"]
    assert not any("FROM expectation" in each or "FROM revision" in each for each in sent)

    with recorded_queries(desk.nextrung.database) as sent:
        await desk.slack.member(GUEST).command("/skill mlops")
    assert len(sent) <= 1  # read back at most once, then at hand


async def test_looking_for_news_is_a_query_each_for_what_can_change(stored_desk: Desk) -> None:
    desk = stored_desk

    with recorded_queries(desk.nextrung.database) as sent:
        await desk.nextrung.services.catalogues.refresh()
        await desk.nextrung.services.members.refresh()

    # Newer revisions, and what changed of members: that one was forgotten is a change as well.
    assert len(sent) == 2
    assert not any("expectation" in each for each in sent)
