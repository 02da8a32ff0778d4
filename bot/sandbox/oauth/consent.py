"""The page that asks a person whether the app may be installed: /oauth/v2/authorize."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.model import SLACKBOT, Json, Member, Organisation
from bot.sandbox.oauth.asked import FIELDS, PATH, Asked, WrongAsk, read_ask
from bot.sandbox.oauth.decision import Decisions
from bot.sandbox.page.requests import HEADERS
from bot.sandbox.page.templating import render
from bot.sandbox.page.words import language_of
from bot.sandbox.site import Site
from bot.sandbox.state.installs import Place

_MAX_FORM = 100_000


class Consent:
    """Shows what is asked for, and leads the browser back with a code, or with a refusal.

    Who sits at the browser is chosen on the page itself, for nobody signs in here.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._decisions = Decisions(site)

    async def show(self, request: Request) -> Response:
        """Ask."""
        given = dict(request.query_params)
        member = self._person(given)
        try:
            asked = read_ask(given, self._site.manifest)
        except WrongAsk as wrong:
            return self._refusal(wrong, member)
        return _html(self._page(given, asked, member), also=asked.origin)

    async def answer(self, request: Request) -> Response:
        """Take what was pressed on the page."""
        raw = await request.body()
        pairs = parse_qsl(raw[:_MAX_FORM].decode(errors="replace"), keep_blank_values=True)
        given = dict(pairs)
        member = self._person(given)
        try:
            asked = read_ask(given, self._site.manifest)
            kept = [value for name, value in pairs if name == "keep"]
            target = self._decisions.decide(
                asked,
                allow=given.get("do") == "allow",
                member_id=member.id,
                place_id=given.get("place", ""),
                kept=kept,
            )
        except WrongAsk as wrong:
            return self._refusal(wrong, member)
        return RedirectResponse(target, status_code=302, headers={"Cache-Control": "no-store"})

    def _page(self, given: Mapping[str, str], asked: Asked, member: Member) -> str:
        places = self._site.installs.places_for(member.id)
        wanted = given.get("place") or asked.team
        first = places[0].id if places else ""
        chosen = next((each.id for each in places if each.id == wanted), first)
        optional = self._site.manifest.optional_scopes
        return render(
            "oauth/consent",
            language=language_of(member),
            app_name=self._site.manifest.app_name,
            locale=member.locale,
            member=member,
            people=self._people(given),
            places=[self._place(each) for each in places],
            chosen=chosen,
            required=[each for each in asked.scopes if each not in optional],
            optional=[each for each in asked.scopes if each in optional],
            asks=bool(chosen) and self._site.installs.must_ask(member.id, chosen),
            hidden={name: given[name] for name in FIELDS if name in given},
            path=PATH,
            host=urlsplit(asked.redirect_uri).netloc,
        )

    def _place(self, place: Place) -> Json:
        """Return how the page names a place; `again` tells that it has the app."""
        in_org = isinstance(place, Organisation)
        return {"id": place.id, "name": place.name, "org": in_org, "again": place.has_app}

    def _people(self, given: Mapping[str, str]) -> list[Json]:
        """Return who can sit at the browser, by workspace, each with the address of the page."""
        world = self._site.world
        kept = {name: given[name] for name in FIELDS if name in given}
        return [
            {
                "workspace": workspace.name,
                "members": [
                    {"member": each, "href": f"{PATH}?{urlencode(kept | {'as': each.id})}"}
                    for each in world.people(workspace.id)
                    if each.workspace_id == workspace.id
                ],
            }
            for workspace in world.workspaces.values()
        ]

    def _person(self, given: Mapping[str, str]) -> Member:
        """Return who sits at the browser: as asked for, else the first administrator there."""
        world = self._site.world
        member = world.members.get(given.get("as", ""))
        if member is not None and not member.is_bot and member.id != SLACKBOT:
            return member
        team = given.get("team", "")
        place_id = team if team in world.workspaces else next(iter(world.workspaces))
        people = world.people(place_id)
        return next((each for each in people if each.is_admin), people[0])

    def _refusal(self, wrong: WrongAsk, member: Member) -> Response:
        if wrong.code == "approval_needed":
            asked = render("oauth/asked", language=language_of(member), locale=member.locale)
            return _html(asked)
        page = render(
            "oauth/wrong", language=language_of(member), locale=member.locale, wrong=wrong
        )
        return _html(page, status=400)


def _html(page: str, *, also: str = "", status: int = 200) -> Response:
    """Answer with a page whose form may lead to `also`: browsers hold redirects to that as well.

    Without a referrer at all a form's request would have no origin either, and be refused.
    """
    policy = HEADERS["Content-Security-Policy"].replace(
        "form-action 'self'", f"form-action 'self' {also}".rstrip()
    )
    # Under "no-referrer" a browser sends the form with no origin, as a stranger's page would.
    headers = HEADERS | {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin"}
    return HTMLResponse(str(page), status_code=status, headers=headers)
