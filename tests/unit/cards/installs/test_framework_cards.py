"""The frameworks of an organisation: what Home tells, and the modal, whatever they are called."""

import json

import pytest

from bot.cards.installs.frameworks import (
    OWN,
    SHOWN,
    frameworks_view,
    home_frameworks,
    picked_card,
)
from bot.domain.installs.organisation import Choice, Frameworks, FrameworksSeen, Part
from bot.sandbox.judge import judge_view
from bot.text.translator import Translator, load_translators

HOSTILE = "<!channel> *Bakers* & Sons _" * 30
TRANSLATORS = load_translators()


@pytest.fixture(params=TRANSLATORS.locales)
def tr(request: pytest.FixtureRequest) -> Translator:
    return TRANSLATORS.for_locale(request.param)


def part(number: int | None, *, own: bool = True) -> Part:
    team = None if number is None else f"T{number}"
    owners = tuple(f"U{each}" for each in range(40))
    return Part(team, HOSTILE, f"c{number}" if own else None, HOSTILE, 9_999, 9_999, owners)


def seen(count: int, choice: Choice = Choice.OPEN, *, may_pick: bool = True) -> FrameworksSeen:
    parts = (part(None), *(part(each, own=each % 3 > 0) for each in range(count - 1)))
    return FrameworksSeen(Frameworks(choice, parts, parts[0]), may_pick)


@pytest.mark.parametrize("count", [1, 2, SHOWN, SHOWN + 1, 1_000])
@pytest.mark.parametrize("may_pick", [True, False])
def test_they_fit(tr: Translator, count: int, may_pick: bool) -> None:
    for start in (0, SHOWN, 10_000):
        view = json.loads(json.dumps(frameworks_view(seen(count, may_pick=may_pick), start, tr)))
        verdict = judge_view(view, surface="modal")
        assert not verdict.violations, verdict.violations
    for choice in Choice:
        told = home_frameworks(seen(count, choice, may_pick=may_pick), tr)
        view = json.loads(json.dumps({"type": "home", "blocks": told}))
        assert not told or not judge_view(view, surface="home").violations
    assert len(picked_card(part(1), tr).text) < 3_000


def test_only_who_may_picks(tr: Translator) -> None:
    assert "organisation_pick" in str(frameworks_view(seen(3), 0, tr))
    assert "organisation_pick" not in str(frameworks_view(seen(3, may_pick=False), 0, tr))
    assert "organisation_frameworks" not in str(home_frameworks(seen(3, may_pick=False), tr))
    assert home_frameworks(seen(3, Choice.MADE, may_pick=False), tr) == []
    assert home_frameworks(seen(1, Choice.MADE), tr) == [], "nothing else is kept"


def test_what_is_used_has_no_button_and_what_is_its_own_can_come_back(tr: Translator) -> None:
    found = seen(3)
    used = json.dumps(frameworks_view(found, 0, tr))
    assert used.count("organisation_pick") == 2
    other = FrameworksSeen(
        Frameworks(Choice.MADE, found.frameworks.parts, found.frameworks.parts[1]), may_pick=True
    )
    assert f'"value": "{OWN}"' in json.dumps(frameworks_view(other, 0, tr))
