"""What a nudge asks about, between how it was chosen and how it is kept."""

from bot.domain.answers import GapReport
from bot.domain.errors import NudgePast
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.written import Written
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.gone import not_asked
from bot.domain.lookup.rung import Rung
from bot.domain.nudges.choice import Choice
from bot.domain.nudges.decision import Past
from bot.store.nudges.answers import NudgeOffer


def offer_of(choice: Choice) -> NudgeOffer:
    """Return a choice as it is kept."""
    prompt, wrote = choice.prompt, choice.wrote
    return NudgeOffer(
        choice.cell,
        prompt.base if prompt else None,
        choice.reasons,
        quoted_at=wrote.at if wrote else None,
    )


def gap_of(report: GapReport, cell: CellKey) -> Gap:
    """Return what a nudge asks about, open or not.

    Raises:
        NudgePast: it is on the way to another goal.
        LeftCatalogue: the revision that the goal is measured on no longer asks for it.
    """
    own = report.own
    own_side = (*own.likely, *own.not_relevant) if own else ()
    every = (*report.gap.gaps, *report.gap.met, *own_side)
    for gap in every:
        if key_of(gap.target) == cell:
            return gap
    target = report.gap.target
    if (cell.role, cell.level) != (target.role.key, target.level.key):
        raise NudgePast
    raise not_asked(cell.skill, Rung(target.role, target.level))


def kept_choice(report: GapReport, offer: NudgeOffer, past: Past) -> Choice:
    """Return a kept offer as the choice that it was; raises as `gap_of` does."""
    gap = gap_of(report, offer.cell)
    prompts = gap.target.growth_prompts
    prompt = next((each for each in prompts if each.base == offer.prompt), None)
    asked = past.history.asked.get(offer.cell)
    agreed = report.own.agreed.get(offer.cell) if report.own else None
    return Choice(gap, prompt, offer.reasons, asked, _quoted(report, offer), agreed)


def _quoted(report: GapReport, offer: NudgeOffer) -> Written | None:
    """Return what a nudge quotes as it reads now: it may have been changed or deleted since."""
    if offer.quoted_at is None:
        return None
    written = report.own.writing.about(offer.cell) if report.own else ()
    gone = Written("", offer.quoted_at)
    return next((each for each in written if each.at == offer.quoted_at), gone)
