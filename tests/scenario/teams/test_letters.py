"""A letter is sent once, by whichever process, drawn as things stand; and can be taken back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.domain.document import Document
from bot.domain.members.effects import LEASE, MOST_ATTEMPTS
from bot.domain.teams.letter import GIVEN_UP_AFTER, Letter, LetterKind, LetterState
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MessageHandle
from bot.sandbox.samples import DEACTIVATED, ENGINEER, GUEST, MANAGER, WORKSPACE
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.unit_of_work import UnitOfWork
from tests.scenario.desk import Desk

HERE = Tenant(WORKSPACE)
WORDS = "a letter of subject"


async def draw(here: Here, letter: Letter) -> DrawnLetter | None:
    del here
    if letter.subject == 0:
        return None
    text = f"{WORDS} {letter.subject}"
    files = (lambda: (Document("brief.txt", b"words"),)) if letter.subject == 9 else None
    return DrawnLetter(Card(text, [section(text)]), files)


@pytest.fixture
async def office(stored_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A bot that knows how to draw two kinds of letters, and sends them when it is told to."""
    drawers = {LetterKind.SHARE_ASK: draw, LetterKind.BRIEF: draw}
    monkeypatch.setattr("bot.slack.installs.errands.DRAWERS", drawers)
    return stored_desk


async def write(
    desk: Desk,
    *,
    to: str = MANAGER,
    kind: LetterKind = LetterKind.SHARE_ASK,
    subject: int = 1,
) -> int:
    services = desk.nextrung.services
    for who in {to, ENGINEER}:
        await services.members.find(HERE, who)
    async with desk.nextrung.database.write(HERE) as work:
        return await services.letters.write(
            work, to=to, author=ENGINEER, kind=kind, subject=subject
        )


async def recall(desk: Desk, subject: int = 1) -> None:
    async with desk.nextrung.database.write(HERE) as work:
        await desk.nextrung.services.letters.recall(work, subject=subject)


async def turn(desk: Desk, after: timedelta = timedelta()) -> None:
    desk.slack.advance(after.total_seconds())
    await desk.nextrung.services.effects.turn(desk.nextrung.errands)


async def letter(desk: Desk, letter_id: int) -> Letter:
    async with desk.nextrung.database.read(HERE) as work:
        found = await work.letters.get(letter_id)
    assert found is not None
    return found


def received(desk: Desk, who: str = MANAGER) -> list[MessageHandle]:
    return [each for each in desk.slack.member(who).messages() if WORDS in each.plain]


async def test_a_letter_is_sent_once_and_deleted_when_it_is_taken_back(office: Desk) -> None:
    letter_id = await write(office)
    await turn(office)
    await turn(office, LEASE * 2)
    assert len(received(office)) == 1
    assert (await letter(office, letter_id)).state is LetterState.SENT

    await recall(office)
    await turn(office)
    assert received(office) == []
    assert (await letter(office, letter_id)).state is LetterState.RECALLED


async def test_what_is_taken_back_before_is_never_sent(office: Desk) -> None:
    await write(office)
    await recall(office)
    await turn(office)
    assert received(office) == []


async def test_what_is_taken_back_on_its_way_is_deleted_as_it_arrives(office: Desk) -> None:
    gate = office.slack.faults.hold("chat.postMessage")
    await write(office)
    sending = office.nextrung.app.later(turn(office))
    assert sending
    await gate.arrived.wait()
    await recall(office)
    gate.release()
    assert await office.nextrung.app.drained(5)
    assert len(received(office)) == 1
    await turn(office)
    assert received(office) == []


async def test_files_go_with_their_letter(office: Desk) -> None:
    letter_id = await write(office, subject=9)
    await turn(office)
    found = await letter(office, letter_id)
    assert len(found.files) == 1
    assert found.files[0] in office.slack.world.files
    await recall(office, subject=9)
    await turn(office)
    assert received(office) == []
    assert office.slack.world.files == {}
    await turn(office, LEASE * 2)


async def test_files_of_a_letter_that_slack_refused_go_however_often_that_is_tried(
    office: Desk,
) -> None:
    office.slack.faults.error("chat.postMessage", error="service_unavailable", times=1)
    office.slack.faults.error("files.delete", error="service_unavailable", times=1)
    letter_id = await write(office, subject=9)
    for _ in range(3):
        await turn(office, timedelta(minutes=11))
    assert len(received(office)) == 1
    assert set(office.slack.world.files) == set((await letter(office, letter_id)).files)


async def test_files_that_a_process_sent_before_it_ended_are_taken_back_with_their_letter(
    office: Desk,
) -> None:
    office.faults_expected = True
    gate = office.slack.faults.hold("chat.postMessage")
    await write(office, subject=9)
    sending = asyncio.ensure_future(turn(office))
    await gate.arrived.wait()
    sending.cancel()
    await asyncio.wait({sending})
    gate.release()
    assert len(office.slack.world.files) == 1
    await turn(office, LEASE * 2)
    await recall(office, subject=9)
    await turn(office)
    assert office.slack.world.files == {}


async def test_a_letter_that_may_have_arrived_is_never_sent_again(office: Desk) -> None:
    office.faults_expected = True
    office.slack.faults.drop_after("chat.postMessage")
    letter_id = await write(office)
    for _ in range(3):
        await turn(office, LEASE * 2)
    assert len(received(office)) == 1
    assert (await letter(office, letter_id)).state is LetterState.UNKNOWN
    assert len(office.logged("letter_unknown")) == 1


async def test_a_process_that_ends_while_it_sends_leaves_an_unknown_letter(office: Desk) -> None:
    office.faults_expected = True
    letter_id = await write(office)
    async with office.nextrung.database.write(HERE) as work:
        assert await work.letters.begin(letter_id, at=office.slack.clock.now())
    await turn(office, LEASE * 2)
    assert received(office) == []
    assert (await letter(office, letter_id)).state is LetterState.UNKNOWN


async def test_slack_that_wants_to_wait_is_asked_again(office: Desk) -> None:
    office.slack.faults.error("chat.postMessage", error="service_unavailable", times=1)
    await write(office)
    await turn(office)
    assert received(office) == []
    await turn(office, timedelta(minutes=2))
    assert len(received(office)) == 1
    assert len(office.logged("letter_refused")) == 1


async def test_a_letter_waits_until_the_workspace_is_connected_again(office: Desk) -> None:
    await write(office)
    office.slack.revoke()
    office.nextrung.errands._workspaces.drop(HERE)
    for _ in range(MOST_ATTEMPTS + 1):
        await turn(office, timedelta(hours=2))
    assert received(office) == []
    office.slack.revoke(on=False)
    await turn(office, timedelta(hours=2))
    assert len(received(office)) == 1


async def test_a_letter_is_tried_soon_again_where_the_database_was_away_and_never_given_up(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(office)
    real = Database.read

    def away(_database: Database, _tenant: Tenant) -> None:
        raise StoreUnavailable(reason="away")

    monkeypatch.setattr(Database, "read", away)
    for _ in range(MOST_ATTEMPTS + 1):
        await turn(office, timedelta(minutes=2 ** (MOST_ATTEMPTS + 1)))
    monkeypatch.setattr(Database, "read", real)
    await turn(office, timedelta(minutes=2 ** (MOST_ATTEMPTS + 1)))
    assert len(received(office)) == 1

    await write(office, subject=2)
    monkeypatch.setattr(Database, "read", away)
    await turn(office)
    monkeypatch.setattr(Database, "read", real)
    await turn(office, timedelta(minutes=3))
    assert len(received(office)) == 2


@pytest.mark.parametrize("who", [GUEST, DEACTIVATED])
async def test_guests_and_those_who_left_get_nothing(office: Desk, who: str) -> None:
    letter_id = await write(office, to=who)
    await turn(office)
    assert (await letter(office, letter_id)).state is LetterState.WITHHELD
    assert [each.name for each in office.slack.inspector if each.name == "chat.postMessage"] == []


async def test_whose_author_left_meanwhile_is_not_sent(office: Desk) -> None:
    letter_id = await write(office)
    office.slack.disable(ENGINEER)
    await turn(office)
    assert (await letter(office, letter_id)).state is LetterState.WITHHELD
    assert received(office) == []


async def test_nothing_to_say_is_not_said_and_old_letters_are_none(office: Desk) -> None:
    silent, old = await write(office, subject=0), await write(office, kind=LetterKind.PACKET)
    late = await write(office)
    for each in (silent, old):
        await turn(office)
        assert (await letter(office, each)).state is LetterState.WITHHELD
    assert (await letter(office, late)).state is LetterState.SENT
    late = await write(office)
    office.slack.advance(GIVEN_UP_AFTER.total_seconds() + 1)
    await turn(office)
    assert (await letter(office, late)).state is LetterState.WITHHELD


async def test_what_comes_by_itself_waits_for_working_hours_and_the_end_of_a_pause(
    office: Desk,
) -> None:
    """The manager is in New York, and works from nine to six."""
    clock = office.slack.clock
    night = clock.now().replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=2)
    while night.weekday() != 1:
        night += timedelta(days=1)
    office.slack.advance((night - clock.now()).total_seconds())
    await write(office, kind=LetterKind.BRIEF)
    await turn(office)
    assert received(office) == []
    await turn(office, timedelta(hours=8))  # 10 or 11 in New York
    assert len(received(office)) == 1

    await office.manager.command("/growth goal mlops-engineer principal")
    await office.manager.command("/growth pause 3d")
    await office.nextrung.app.drained(5)
    await write(office, kind=LetterKind.BRIEF, subject=2)
    await turn(office)
    assert len(received(office)) == 1
    for _ in range(2):
        await turn(office, timedelta(days=3))
    assert len(received(office)) == 2


async def sent_while_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, lost: bool = False, refused: bool = False
) -> int:
    """Let the database be away for two tries as soon as a letter was posted; return its id.

    Where the answer is `lost`, it has kept what it was asked to.
    """
    desk.faults_expected = True
    letter_id, tries, real = await write(desk), 0, Database.write

    @asynccontextmanager
    async def away(database: Database, tenant: Tenant) -> AsyncIterator[UnitOfWork]:
        nonlocal tries
        tries += 1
        # The first says that it is being sent.
        fails = tries in {2, 3}
        if fails and not lost:
            raise StoreUnavailable(reason="away")
        async with real(database, tenant) as work:
            yield work
        if fails:
            raise StoreUnavailable(reason="its answer was lost")

    if refused:
        desk.slack.faults.error("chat.postMessage", error="service_unavailable", times=1)
    monkeypatch.setattr("bot.services.teams.letters.AGAIN_S", 0.0)
    monkeypatch.setattr(Database, "write", away)
    await turn(desk)
    monkeypatch.setattr(Database, "write", real)
    return letter_id


@pytest.mark.parametrize("lost", [False, True])
async def test_where_a_letter_is_gets_kept_although_the_database_was_away(
    office: Desk, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    """Nobody could take it back otherwise."""
    letter_id = await sent_while_away(office, monkeypatch, lost=lost)
    assert len(received(office)) == 1
    assert (await letter(office, letter_id)).state is LetterState.SENT
    assert len(office.logged("letter_ending_not_kept")) == 2

    await recall(office)
    await turn(office)
    assert received(office) == []


async def test_what_slack_refused_while_the_database_was_away_is_sent_later(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sent_while_away(office, monkeypatch, refused=True)
    assert received(office) == []
    await turn(office, LEASE * 2)
    assert len(received(office)) == 1
