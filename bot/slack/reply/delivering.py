"""Files on their way to a member: sent beside the answer, and told at the end."""

from bot.cards.members.export_cards import sent_card
from bot.domain.document import Parcel
from bot.domain.errors import NextrungError
from bot.domain.members.effects import Errand
from bot.log import get_logger
from bot.slack.context import Here
from bot.slack.press import Command
from bot.slack.reply.failures import failure_of
from bot.slack.reply.telling import Tell, tell_directly, telling_below

log = get_logger()


async def send_later(here: Here, parcel: Parcel, tell: Tell) -> None:
    """Make and send the files beside the answer; `tell` says how it ended.

    Where this process ends before, another one makes them anew and sends them.

    Raises:
        StoreUnavailable: it could not be kept that they were asked for, so nothing is sent.
    """
    member, effects = here.member, here.services.effects
    errand = Errand(member.tenant, parcel.kind, member.slack_id, parcel.request)
    effect = await effects.begin(errand)
    here.later(effects.carry_out(effect, lambda: _send(here, parcel, tell)))


async def send_below(here: Here, command: Command, parcel: Parcel) -> None:
    """Send the files that were typed for; below what was typed stands where they went.

    Raises:
        StoreUnavailable: as in `send_later`.
    """
    await send_later(here, parcel, telling_below(here, command))


async def _send(here: Here, parcel: Parcel, tell: Tell) -> None:
    member = here.member
    try:
        sent = await here.services.messenger.send(member.tenant, member.slack_id, parcel)
    except Exception as error:  # noqa: BLE001 - nobody waits for this task: the member is told
        failure = failure_of(error, here.tr)
        _note(here, error, failure.incident)
        if not await tell(failure.card):
            await tell_directly(here, failure.card)
    else:
        await tell(sent_card(sent, here.tr))


def _note(here: Here, error: Exception, incident: str) -> None:
    team = here.member.tenant.team_id
    if isinstance(error, NextrungError):
        reason = error.params.get("reason")
        log.warning("files_not_sent", code=error.code, team=team, reason=reason)
    else:
        log.error("files_failed", incident=incident, team=team, exc_info=error)
