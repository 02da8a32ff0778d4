"""`nextrung secrets rotate`: every token encrypted with the newest key."""

from collections import Counter

import typer

from bot.cli.installs.places import opened
from bot.config import Settings
from bot.domain.installs.audit import Act, ActKind
from bot.services.clock import SystemClock
from bot.store.tokens.keys import NoTokenKeys


async def rotate_keys() -> int:
    """Encrypt what an older key encrypts with the newest one; return 1 where some are left.

    It goes in short steps beside a running bot, and what was broken off goes on the next time.

    Raises:
        NoTokenKeys: no key is set.
        StoreError: the database, or a key, cannot be used; what is done stays done.
    """
    async with opened(Settings()) as database:
        store = database.installations
        if not store.keys:
            raise NoTokenKeys(remedy="Set NEXTRUNG_TOKEN_KEYS; nextrung secrets new-key makes one.")
        done, left, last = 0, Counter[str](), 0
        while True:
            step = await store.reencrypt_some(after=last)
            done, left = done + step.done, left + step.left
            if step.last is None:
                break
            last = step.last
        if done:
            act = Act(ActKind.TOKENS_REENCRYPTED, f"{done} with {store.keys.ids[0]}")
            await database.audit.note(act, at=SystemClock().now())
    typer.echo(f"{done} encrypted anew; the newest key is {store.keys.ids[0]}.")
    for key, count in sorted(left.items()):
        words = f"{count} need the key {key}: set it again after the newest, and run this again."
        typer.secho(words, err=True, fg=typer.colors.RED)
    if not left and len(store.keys.ids) > 1:
        typer.echo("The other keys are of no more use, except for backups from before.")
    return 1 if left else 0
