"""What becomes of a question once a person has answered it."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from bot.sandbox.oauth.asked import Asked, WrongAsk, read_ask
from bot.sandbox.site import Site


class Decisions:
    """Allows an app, or refuses it, in a member's name."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def decide(
        self, asked: Asked, *, allow: bool, member_id: str, place_id: str, kept: Iterable[str]
    ) -> str:
        """Return where the browser goes once a person allowed or refused.

        `kept` are the optional scopes that stay ticked. Raises WrongAsk where they may not install
        the app in that place, or not before an admin approved it: then it is asked for.
        """
        if not allow:
            return asked.answered(error="access_denied")
        kept, optional = set(kept), set(self._site.manifest.optional_scopes)
        scopes = [each for each in asked.scopes if each not in optional or each in kept]
        installs = self._site.installs
        try:
            if installs.must_ask(member_id, place_id):
                installs.request(place_id, member_id)
                raise WrongAsk("approval_needed", place_id)
            code = installs.allow(place_id, member_id, scopes=scopes, redirect_uri=asked.sent_uri)
        except (KeyError, ValueError):
            raise WrongAsk("access_denied", place_id) from None
        return asked.answered(code=code)

    def by_hand(
        self,
        address: str,
        *,
        member_id: str,
        place_id: str | None = None,
        leave_out: Iterable[str] = (),
        allow: bool = True,
    ) -> str:
        """Answer an authorize address without a browser; see `LocalSlack.consent`."""
        given = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        asked = read_ask(given, self._site.manifest)
        own = self._site.world.members[member_id].workspace_id
        kept = set(self._site.manifest.optional_scopes) - set(leave_out)
        return self.decide(
            asked, allow=allow, member_id=member_id, place_id=place_id or own, kept=kept
        )
