"""What `nextrung doctor` says of installations: their tokens, and the keys that open them."""

from collections.abc import Sequence

from bot.bootstrap.from_settings import token_keys_of
from bot.config import Settings
from bot.domain.installs.installation import KnownInstallation
from bot.slack.installs.checkup import CheckResult
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.tokens.keys import BadTokenKeys, TokenKeys

_NAMED = 5
_KEYS = "Token keys"
_MAKE = "Set NEXTRUNG_TOKEN_KEYS; nextrung secrets new-key makes a key."


async def install_findings(settings: Settings) -> list[CheckResult]:
    """Return what is found; with a token of the settings alone there is nothing to say."""
    try:
        keys = token_keys_of(settings)
    except BadTokenKeys as error:
        remedy = "nextrung secrets new-key makes a key; the file must be readable by the bot."
        return [CheckResult(_KEYS, False, str(error.params["reason"]), remedy)]
    try:
        database = Database(settings.database, token_keys=keys)
    except StoreError:
        return []  # the database's own findings tell
    try:
        found = await database.installations.all()
        unopened = await database.installations.unopened()
    except StoreError:
        return []  # likewise
    finally:
        await database.dispose()
    demanded = settings.installed_by_oauth
    if not (keys or found or demanded):
        return []
    return [*_of_keys(keys, found, unopened, demanded=demanded), *_of_tokens(found)]


def _of_keys(
    keys: TokenKeys,
    found: Sequence[KnownInstallation],
    unopened: dict[str, int],
    *,
    demanded: bool,
) -> list[CheckResult]:
    sealed = [each.key_id for each in found if each.key_id is not None]
    if not keys:
        detail = f"not set, and {len(sealed)} tokens are encrypted" if sealed else "not set"
        return [CheckResult(_KEYS, not (sealed or demanded), detail, _MAKE)]
    missing = {name: count for name, count in unopened.items() if name not in keys.ids}
    broken = sum(count for name, count in unopened.items() if name in keys.ids)
    results = []
    if missing:
        detail = f"{sum(missing.values())} of {len(sealed)} tokens need {', '.join(missing)}"
        remedy = "Set those keys again beside the others; lost ones: install the app again there."
        results.append(CheckResult(_KEYS, False, detail, remedy))
    if broken:
        detail = f"{broken} tokens do not open although their key is set: rows were changed"
        remedy = "Restore them from a backup, or install the app again there."
        results.append(CheckResult(_KEYS, False, detail, remedy))
    older = sum(name != keys.ids[0] for name in sealed) - sum(missing.values())
    if not results:
        detail = f"{len(sealed)} tokens open" + (f", {older} with an older key" if older else "")
        remedy = "nextrung secrets rotate encrypts them with the newest." if older else ""
        results.append(CheckResult(_KEYS, True, detail, remedy))
    return results


def _of_tokens(found: Sequence[KnownInstallation]) -> list[CheckResult]:
    there = [each for each in found if each.removed_at is None]
    bad = [each for each in there if each.trouble is not None]
    if not bad:
        return [CheckResult("Installations", True, f"{len(there)}, none in trouble")]
    named = ", ".join(_named(each) for each in bad[:_NAMED]) + (" …" if bad[_NAMED:] else "")
    detail = f"{len(bad)} of {len(there)} have no token that works: {named}"
    remedy = (
        "nextrung installs show says what to do about each; nextrung installs check asks Slack."
    )
    return [CheckResult("Installations", False, detail, remedy)]


def _named(found: KnownInstallation) -> str:
    place = found.tenant.team_id or found.tenant.enterprise_id
    return f"{place} ({found.trouble.reason})" if found.trouble else str(place)
