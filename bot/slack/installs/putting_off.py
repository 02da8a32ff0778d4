"""Errands that are not given up because Slack, or the way to it, was away for an hour."""

from datetime import datetime, timedelta

from bot.domain.members.effects import Effect, NotYet
from bot.log import get_logger
from bot.slack.refusals import passes, reason_of, retry_after

_AGAIN = timedelta(minutes=10)

log = get_logger()


def put_off(
    effect: Effect, error: Exception, *, now: datetime, most: timedelta, again: timedelta = _AGAIN
) -> None:
    """Let an errand be tried after `again`, where time mends `error`, for so long at `most`.

    Raises:
        NotYet: it is to be tried again.
    """
    if passes(error) and effect.since > now - most:
        log.info("effect_put_off", kind=effect.errand.kind.value, reason=reason_of(error))
        wait = timedelta(seconds=retry_after(error) or 0)
        raise NotYet(now + max(wait, again)) from error
