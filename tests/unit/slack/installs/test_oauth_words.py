"""What the pages say of permissions: each has its words, in each language."""

from typing import Any

import pytest

from bot.domain.installs.installation import Installation, Installed
from bot.domain.tenancy import Tenant
from bot.slack.installs.manifest import BOT_SCOPES, OPTIONAL_SCOPES
from bot.slack.installs.oauth.page import Page
from bot.slack.installs.oauth.words import install_page, installed_page
from bot.text.translator import Translator, load_translators

LANGUAGES = pytest.mark.parametrize(
    "tr", [load_translators().for_locale(tag) for tag in ("en", "zh")]
)


def installed(tr: Translator, *scopes: str, **about: object) -> Page:
    given: dict[str, Any] = {"tenant": Tenant("T1"), "team_id": "T1", "scopes": scopes}
    made = Installation(token="xoxb-sample", **given | about)
    return installed_page(made, Installed(new=True), tr, open_at="/open", add_at="/add")


@LANGUAGES
def test_each_permission_is_asked_for_in_words(tr: Translator) -> None:
    (asked,) = install_page(tr, start="/start").parts
    assert len(set(asked.lines)) == len(BOT_SCOPES)
    marked = [scope for scope, note in zip(BOT_SCOPES, asked.notes, strict=True) if note]
    assert marked == list(OPTIONAL_SCOPES)


@LANGUAGES
@pytest.mark.parametrize("scope", BOT_SCOPES)
def test_each_that_is_missing_is_told_with_what_goes_without_it(tr: Translator, scope: str) -> None:
    whole = installed(tr, *BOT_SCOPES)
    lacking = installed(tr, *(each for each in BOT_SCOPES if each != scope))
    assert len(lacking.parts) == len(whole.parts) + 1
    assert len(lacking.parts[-1].lines) == 1
    assert lacking.parts[-1].after


@LANGUAGES
def test_without_a_name_a_page_still_says_what_it_is_about(tr: Translator) -> None:
    workspace = installed(tr)
    organisation = installed(
        tr, tenant=Tenant(None, "E1"), team_id=None, enterprise_id="E1", org_wide=True
    )
    assert "None" not in f"{workspace}{organisation}".replace("good=None", "")
    assert [each.href for each in organisation.links] == ["/add", "/open"]
    assert [each.href for each in workspace.links] == ["/open"]
