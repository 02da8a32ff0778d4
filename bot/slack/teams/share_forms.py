"""The form for sharing, opened and read; what was typed after `/growth share`."""

from bot.cards.card import Card
from bot.cards.growth.home.goal import goal_name
from bot.cards.teams.share_form import ALL, NEW, PAST, PIECES, WITH, share_view
from bot.cards.teams.share_letters import asked_card, changed_card
from bot.domain.errors import OutdatedCard
from bot.domain.teams.errors import CannotShare
from bot.domain.teams.home import ShareForm
from bot.domain.teams.mention import mentioned
from bot.domain.teams.requests import OfShare
from bot.slack.context import Here
from bot.slack.press import Asked, Command, Form, Surface, requested
from bot.slack.reply.forms import open_modal


async def answer_share(here: Here, command: Command, typed: str) -> Card | None:
    """Answer `/growth share @person` with the form, in which the person is chosen already.

    A name that Slack did not make a mention of names nobody: then the form asks.

    Raises:
        CannotShare: there is no goal, or not with that person.
    """
    other = mentioned(typed)
    form = await here.services.sharing.form(here.member, here.shelf, other=other)
    unclear = typed if typed and other is None else ""
    shown = ShareForm(form.pieces, form.share, form.other, unclear)
    await open_form(here, command, shown)
    return None


async def open_form(here: Here, asked: Asked, form: ShareForm) -> None:
    """Open the form."""
    await open_modal(here, asked, share_view(form, await goal_of(here), here.tr))


async def goal_of(here: Here) -> str:
    """Return the name of the member's goal as plain text; empty without one."""
    report = await here.services.measuring.report(here.member, here.shelf)
    return goal_name(report, here.tr) if report else ""


async def saved(here: Here, form: Form[str]) -> Card:
    """Keep what a form says; return what to say of it.

    Raises:
        CannotShare: not with that person.
        NoLongerShared: the share that it changes has ended.
        OutdatedCard: it is another version's form.
    """
    view, sharing = form.view, here.services.sharing
    past, evidence = view.at(PAST).choice == ALL, _pieces(view)
    if form.request == NEW:
        other = next(iter(view.at(WITH).people), "")
        share = await sharing.ask(here.member, other, past=past, evidence=evidence)
        return asked_card(share, here.tr)
    share_id = requested(OfShare, form.request).share_id
    share = await sharing.change(here.member, share_id, past=past, evidence=evidence)
    return changed_card(share, here.tr)


def _pieces(view: Surface) -> list[int]:
    try:
        return [int(each) for each in view.at(PIECES).chosen]
    except ValueError:
        raise OutdatedCard from None


def wrong_field(error: CannotShare) -> str:
    """Return the field at which an error is told; empty where it is no matter of one."""
    return "" if error.params.get("why") in {"no_goal", "too_many"} else WITH
