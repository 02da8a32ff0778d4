"""Cards of what two agree on: bold where the language has spaces round it, and nowhere else."""

import re
from datetime import date

import pytest

from bot.cards.blocks import Block
from bot.cards.teams.agreed_lines import agreed_blocks, history_blocks
from bot.cards.teams.confirming.letters import answer_card
from bot.cards.teams.share_form import share_view
from bot.cards.teams.share_letters import renew_card
from bot.cards.teams.talk_cards import agreed_card
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.packet import Saw
from bot.domain.lookup.requests import Viewer
from bot.domain.teams.agreed import AgreedAct, AgreedStep, SharedDelta, Side, folded
from bot.domain.teams.confirmation import Confirmation, ConfirmationState
from bot.domain.teams.home import ShareForm
from bot.domain.teams.share import Share, ShareState
from bot.services.lookup.promotions import gap_command
from bot.text.translator import load_translators
from tests.fakes.clock import FrozenClock
from tests.unit.cards.surfaces import objects
from tests.unit.samples import built_in

NOW = FrozenClock().now()
TRANSLATORS = load_translators()
SHARE = Share(7, 1, "U0OWNER", "U0OTHER", ShareState.ACCEPTED, NOW, accepted_at=NOW)
DAY = date(2027, 3, 12)
# Slack shows the asterisks of what stands so, rather than bold.
STRAY = re.compile(r"[\u4e00-\u9fff，。：；]\*[^*\n]+\*|\*[^*\n]+\*[\u4e00-\u9fff]")


def seen(side: Side) -> SharedDelta:
    body = gap_command(built_in(), "", Viewer("llm-engineer", "senior")).body
    gaps = body.gap.gaps[:4]  # type: ignore[union-attr] # there is a way
    asked = {key_of(each.target): each.target for each in gaps}
    acts = [
        (AgreedAct.PROPOSED, Side.OTHER),
        (AgreedAct.ACCEPTED, Side.OWNER),
        (AgreedAct.DECLINED, Side.OWNER),
        (AgreedAct.WITHDRAWN, Side.OTHER),
    ]
    steps, cells = list[AgreedStep](), list[CellKey](asked)
    for place, (act, by) in enumerate(acts):
        for until in (DAY, None):
            number = len(steps)
            if act is not AgreedAct.PROPOSED:
                proposed = AgreedStep(
                    number + 100, cells[place], AgreedAct.PROPOSED, Side.OTHER, until, NOW
                )
                steps.append(proposed)
            steps.append(AgreedStep(number + 1, cells[place], act, by, until, NOW))
    return SharedDelta(SHARE, side, folded(steps), asked)


def texts(blocks: list[Block]) -> list[str]:
    return [each["text"] for each in objects(blocks) if each.get("type") == "mrkdwn"]


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("locale", TRANSLATORS.locales)
def test_names_are_bold_only_where_slack_shows_bold(locale: str, side: Side) -> None:
    tr, found = TRANSLATORS.for_locale(locale), seen(side)
    blocks = [*agreed_blocks(found, tr), *history_blocks(found, tr)]
    for step in found.delta.history:
        blocks += agreed_card(step, found, tr).blocks
    cell = next(iter(found.asked))
    told = Confirmation(
        *(1, "U0OWNER", "U0OTHER", cell, "I did", ConfirmationState.ANSWERED, NOW, Saw.SAW_IT),
        answered_at=NOW,
    )
    blocks += answer_card(told, "模型服务", tr).blocks
    blocks += renew_card(SHARE, "大模型工程师", tr).blocks
    for form in (ShareForm(), ShareForm(share=SHARE)):
        blocks += share_view(form, "大模型工程师", tr)["blocks"]
    said = texts(blocks)
    assert len(said) > 20
    assert [each for each in said if STRAY.search(each)] == []
    assert any("*" in each for each in said)


def test_letter_has_one_primary_button() -> None:
    tr, found = TRANSLATORS.for_locale("en"), seen(Side.OWNER)
    (waiting,) = (found.delta.step(each.step_id) for each in found.delta.proposals)
    assert waiting is not None
    card = agreed_card(waiting, found, tr)
    primary = [each for each in objects(card.blocks) if each.get("style") == "primary"]
    assert [each["text"]["text"] for each in primary] == ["Accept"]
