"""Reminds members of a dated action once, on its day."""

from bot.domain.local_time import local_day
from bot.domain.teams.letter import LetterKind
from bot.log import get_logger
from bot.services.ports import Clock
from bot.services.teams.letters import Letters
from bot.store.database import Database
from bot.store.growth.due_actions import DueAction

log = get_logger()


class ActionReminders:
    """Writes a letter for each action whose day has come. `turn` is called every minute or so.

    When the letter comes, within working hours and not in a pause of nudges, is its own matter.
    """

    def __init__(self, database: Database, letters: Letters, clock: Clock) -> None:
        self._database = database
        self._letters = letters
        self._clock = clock

    async def turn(self) -> None:
        """Write what is due; any number of processes may do it at once.

        Raises:
            StoreUnavailable: the rest is written at a later turn.
        """
        now = self._clock.now()
        async for action in self._database.due_actions.due(now=now):
            if local_day(now, action.zone) >= action.due:
                await self._remind(action)

    async def _remind(self, action: DueAction) -> None:
        async with self._database.write(action.tenant) as work:
            if not await work.members.keep(action.slack_id):
                return
            if not await work.actions.claim_reminder(action.id, action.due):
                return
            await self._letters.write(
                work,
                to=action.slack_id,
                author=action.slack_id,
                kind=LetterKind.ACTION_DUE,
                subject=action.id,
            )
        log.info("action_due", team=action.tenant.team_id, action=action.id)
