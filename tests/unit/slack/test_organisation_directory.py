"""What Slack says of organisations: new ids, workspaces, who belongs where and who owns what."""

from typing import Any, cast

import pytest
from slack_sdk.errors import SlackApiError

from bot.domain.tenancy import Tenant
from bot.services.installs.directory import NoAnswer, NotInOrganisation
from bot.slack.auth import Connected, Workspaces
from bot.slack.installs.directory import SlackDirectory
from bot.slack.members.profiles import _is_admin, barrier_of

TEAM, ORG = Tenant("T1"), Tenant(None, "E1")


class Answer(dict[str, Any]):
    """What Slack answers, or refuses with."""

    def __init__(self, headers: dict[str, str] | None = None, **values: Any) -> None:
        super().__init__(values)
        self.data, self.headers, self.status_code = self, headers or {}, 200


class Client:
    """A client whose answers are given, in order."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.asked = list(answers), list[dict[str, Any]]()

    async def _next(self, **asked: Any) -> Answer:
        self.asked.append(asked)
        answer = self.answers.pop(0)
        if "error" in answer:
            raise SlackApiError("refused", answer)  # type: ignore[no-untyped-call] # slack_sdk has no annotation
        return answer

    migration_exchange = auth_teams_list = _next


def directory(client: Client, monkeypatch: pytest.MonkeyPatch) -> SlackDirectory:
    monkeypatch.setattr("bot.slack.installs.directory.unrepeating_client", lambda one, **_: one)

    class Known:
        async def find(self, tenant: Tenant) -> Connected | None:
            return cast("Connected", type("C", (), {"client": client})) if tenant == TEAM else None

    return SlackDirectory(cast("Workspaces", Known()))


async def test_new_ids_are_those_of_who_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(
        Answer(user_id_map={"U1": "W1", "U2": "U2", "U9": "W9", "U3": ""}, invalid_user_ids=["U4"])
    )
    found = await directory(client, monkeypatch).new_ids(TEAM, "T1", ["U1", "U2", "U3", "U4"])
    assert found == {"U1": "W1", "U2": "U2"}
    assert client.asked == [{"users": "U1,U2,U3,U4", "team_id": "T1"}]


async def test_what_slack_refuses_is_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(
        Answer(error="not_enterprise_team"),
        Answer(error="ratelimited", headers={"Retry-After": "17"}),
        Answer(error="internal_error"),
    )
    asked = directory(client, monkeypatch)
    with pytest.raises(NotInOrganisation):
        await asked.new_ids(TEAM, "T1", ["U1"])
    for code, seconds in (("ratelimited", 17.0), ("internal_error", None)):
        with pytest.raises(NoAnswer) as caught:
            await asked.new_ids(TEAM, "T1", ["U1"])
        assert (caught.value.code, caught.value.seconds) == (code, seconds)
    with pytest.raises(NoAnswer, match="not_connected"):
        await asked.new_ids(ORG, "T1", ["U1"])


async def test_workspaces_come_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {"next_cursor": "abc"}
    client = Client(
        Answer(teams=[{"id": "T1", "name": "One"}], response_metadata=more),
        Answer(teams=[{"id": "T2"}, {"name": "without an id"}]),
    )
    assert await directory(client, monkeypatch).teams(TEAM) == {"T1": "One", "T2": ""}
    assert [each["cursor"] for each in client.asked] == ["", "abc"]


def of(org: str | None = "E1", **more: Any) -> dict[str, Any]:
    """Return a person as users.info tells of one in an organisation."""
    found = {"enterprise_id": org, **more}
    return {"team_id": "T1", "enterprise_user": found} if org else {"team_id": "T1"}


@pytest.mark.parametrize(
    ("person", "tenant", "admin"),
    [
        ({"is_admin": True}, TEAM, True),
        ({"is_owner": True}, TEAM, True),
        ({"is_admin": True, "deleted": True}, TEAM, False),
        (of(is_owner=True), TEAM, False),
        (of(is_owner=True), ORG, True),
        (of(is_admin=True), ORG, True),
        (of() | {"is_admin": True, "is_owner": True}, ORG, False),
        (of("E2", is_owner=True), ORG, False),
        (of(is_owner=True) | {"deleted": True}, ORG, False),
        (of(is_owner="yes"), ORG, False),
        ({"is_admin": True}, ORG, False),
    ],
)
def test_an_organisation_is_not_administered_by_admins_of_its_workspaces(
    person: dict[str, Any], tenant: Tenant, admin: bool
) -> None:
    assert _is_admin(person, tenant) is admin


REFUSED = frozenset({"T1", "T2"})


@pytest.mark.parametrize(
    ("person", "tenant", "barred"),
    [
        ({"team_id": "T1"}, TEAM, None),
        ({}, TEAM, None),
        ({"team_id": "T2"}, TEAM, "external"),
        ({"team_id": "T1", "is_stranger": True}, TEAM, "external"),
        ({"team_id": "T2", "is_restricted": True}, TEAM, "guest"),
        (of(teams=["T2", "T1"]) | {"team_id": "T2"}, TEAM, None),
        (of(teams=["T2"]) | {"team_id": "T2"}, TEAM, "external"),
        (of(teams=["T3"]) | {"team_id": "E1"}, TEAM, "external"),
        (of("E2"), ORG, "external"),
        (of(None), ORG, None),
        (of(teams=["T1"]), ORG, "refused"),
        (of(teams=["T1", "T3"]), ORG, None),
        (of(teams=[]), ORG, None),
        (of(teams="T1"), ORG, None),
    ],
)
def test_who_gets_nothing_by_itself(
    person: dict[str, Any], tenant: Tenant, barred: str | None
) -> None:
    refused = REFUSED if tenant == ORG else frozenset[str]()
    assert barrier_of(person, tenant, refused) == barred
