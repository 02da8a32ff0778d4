"""What one member holds, no other member, workspace or organisation sees or changes.

Every listener that the app has is sent payloads in which a stranger names the engineer's rows.
"""

import io
import logging
import re
import zipfile
from collections.abc import Iterator

import pytest

from bot.cards.ids import Action, numbered
from bot.sandbox.samples import ENGINEER, WORKSPACE
from bot.slack.press import Kind
from tests.properties import sampled, tries_all
from tests.scenario.desk import Desk, Json
from tests.scenario.members.holdings import SECRETS, held_by_the_engineer
from tests.scenario.members.sweeping import (
    Watch,
    route_to,
    shortcuts_and_events,
    sweep,
    worth_sending,
)
from tests.scenario.strangers import (
    STRANGERS,
    Mouth,
    Stranger,
    control,
    install_for,
    rows_of,
    watched,
)


def files_of(desk: Desk) -> Iterator[str]:
    """Yield what is in every file that anybody was sent."""
    for file in desk.slack.world.files.values():
        content = file.content or b""
        if file.name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (archive.read(name).decode() for name in archive.namelist())
        else:
            yield content.decode(errors="replace")


@sampled("name", [*STRANGERS])
async def test_no_stranger_sees_or_changes_what_a_member_holds(
    desk: Desk, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    who = STRANGERS[name]
    caplog.set_level(logging.INFO)
    desk.faults_expected = True
    values = await held_by_the_engineer(desk)
    install_for(who, desk)
    database = desk.nextrung.database
    rows = await rows_of(database, ENGINEER, WORKSPACE)
    assert all(rows[table] for table in ("assessment", "evidence", "evidence_support", "goal"))
    home = desk.engineer.home.plain
    assert any(secret in home for secret in SECRETS)

    with watched(desk.nextrung.app) as (every, called):
        mouth, watch = Mouth(desk, who), Watch(desk, who, called, caplog)
        if who.apart:
            answer = await mouth.command("/growth", "")
            assert "Which role is yours?" in answer, "they are another person"
        await sweep(mouth, watch, values)
        await shortcuts_and_events(mouth, watch)

    assert await rows_of(database, ENGINEER, WORKSPACE) == rows
    files = list(files_of(desk))
    assert files or who.apart
    assert not any(secret in each for secret in SECRETS for each in files)
    # What Slack tells of a workspace, no member of it sends.
    told = (" events.", " grid.")
    workspaces = {each for each in every if any(one in each for one in told) and not who.apart}
    # What they carry names a file and a revision, and no row of any member; or an upload, which is
    # looked for among one's own.
    rooms = (" publishing.", " drafts.", " wizard.", ".compare", ".go_back")
    drafts = {each for each in every if any(room in each for room in rooms)}
    assert every - watch.all_called - workspaces - drafts == set()
    if not who.org:
        assert desk.engineer.home.plain == home
        assert desk.engineer.modal is None


def tells_own(text: str) -> bool:
    """Tell whether a text says what only one member may read."""
    return any(each in text for each in SECRETS) or bool(
        re.search(r"\d+ of \d+ required met|\d+ met · ", text)
    )


@pytest.mark.sampled
async def test_no_press_on_a_message_of_a_channel_shows_what_its_presser_holds(desk: Desk) -> None:
    """Whatever stands under a shared card, the channel reads nothing of the one who presses it."""
    desk.faults_expected = True
    values = await held_by_the_engineer(desk)
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    await card.choose("more.0", "Share in Channel")
    (shared,) = [each.message for each in desk.manager.messages("general")]
    mouth = Mouth(desk, Stranger(ENGINEER, WORKSPACE, ENGINEER), shared)
    place: Json = {"container": {"type": "message", "is_ephemeral": False}}
    # Nudges stand in direct messages alone.
    actions = [each for each in Action if not each.startswith("nudge_")]
    for turn, action in enumerate(actions):
        for action_id in (str(action), numbered(action, 0)):
            # What nobody waits for is answered alike, whatever it carries.
            route = route_to(mouth, Kind.PRESS, action_id)
            few = not route.name or (action_id != action and not tries_all())
            worth = [*worth_sending(route, values, turn).values()]
            for value in worth[: 1 if few else None]:
                await mouth.press(control(action_id, value), place)
                await desk.drained()
                assert not tells_own(f"{shared.text} {shared.blocks}"), (action_id, value)

    posted = [f"{each.text} {each.blocks}" for each in desk.manager.messages("general")]
    assert len(posted) > 1
    assert not any(map(tells_own, posted))
