"""What `nextrung doctor` says of PostgreSQL's own lock between tenants."""

from bot.slack.installs.checkup import CheckResult
from bot.store.isolation.state import LockState

SUBJECT = "Tenants"
_COMMAND = "nextrung db lock-tenants"
_NAMED = 5


def lock_finding(state: LockState | None) -> list[CheckResult]:
    """Return whether the database itself keeps tenants apart; nothing where it never can."""
    if state is None:
        return []
    if not state.begun:
        return [
            _found("the queries alone keep them apart: the second lock is off", _to_lock(state))
        ]
    if not state.may_become:
        detail = f"{state.account} may not take the role {state.role}: what crosses tenants fails"
        return [_found(detail, _for_administrators(state))]
    if state.bypasses:
        detail = f"{state.account} passes the second lock by: it is a superuser or has BYPASSRLS"
        remedy = "Let DATABASE_URL connect as a role that has neither, and owns the tables."
        return [_found(detail, remedy)]
    if not state.fits:
        detail = f"{state.account} always has the rights of {state.role}, and so sees all tenants"
        return [_found(detail, _for_administrators(state))]
    if state.open:
        named = ", ".join(state.open[:_NAMED]) + (", …" if len(state.open) > _NAMED else "")
        return [_found(f"the second lock is off for {named}", f"Run {_COMMAND}.")]
    return [CheckResult(SUBJECT, True, f"kept apart by the database too, as {state.account}")]


def _found(detail: str, remedy: str) -> CheckResult:
    return CheckResult(SUBJECT, False, detail, remedy)


def _to_lock(state: LockState) -> str:
    when = f"When every process is of this version, run {_COMMAND}."
    if state.fits or state.creates:
        return when
    return f"{_for_administrators(state)} {when}"


def _for_administrators(state: LockState) -> str:
    sql = " ".join(state.administrators_sql.splitlines())
    return f"Have an administrator of the database run: {sql}"
