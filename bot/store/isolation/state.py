"""Whether PostgreSQL keeps tenants apart by itself, and who could see past that."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.isolation.policies import RULES
from bot.values import dataclass

_LONGEST_NAME = 63  # bytes; PostgreSQL cuts the rest off in silence
_SUFFIX = "_across"

_TABLES = text(
    """
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
        pg_has_role(c.relowner, 'USAGE') AS owned, pg_get_userbyid(c.relowner) AS owner,
        (SELECT obj_description(p.oid, 'pg_policy') FROM pg_policy AS p
            WHERE p.polrelid = c.oid AND p.polname = 'tenant') AS rule,
        (SELECT pg_get_userbyid(p.polroles[1]) FROM pg_policy AS p
            WHERE p.polrelid = c.oid AND p.polname = 'across') AS across
    FROM pg_class AS c
    WHERE c.oid = ANY(SELECT to_regclass(each) FROM unnest(CAST(:names AS text[])) AS each)
    """
)
_ROLES = text(
    """
    SELECT rolname AS name, rolsuper OR rolbypassrls AS bypasses, rolsuper AS super,
        rolsuper OR rolcreaterole AS creates, current_setting('server_version_num') AS version
    FROM pg_roles WHERE rolname = session_user
    """
)
_MEMBER = text(
    """
    SELECT CASE WHEN CAST(current_setting('server_version_num') AS int) >= 160000
            THEN pg_has_role(session_user, oid, 'SET')
            ELSE pg_has_role(session_user, oid, 'MEMBER') END AS may_become,
        pg_has_role(session_user, oid, 'USAGE') AS is_always
    FROM pg_roles WHERE rolname = :role
    """
)
_FIRST_WITH_GRANT_OPTIONS = 160_000


@dataclass(frozen=True, slots=True)
class LockState:
    """How the second lock stands.

    `open` are the tables where it is not in force, or not as this version wants it. `account` is
    the role that connects: it `bypasses` policies as a superuser does, `creates` roles, and `owns`
    the tables or not. `role` crosses tenants: it is there or not, the account may become it, and
    must not always be it.
    """

    account: str
    role: str
    open: tuple[str, ...]
    begun: bool
    bypasses: bool
    creates: bool
    owner: str | None
    role_is_there: bool
    may_become: bool
    is_always: bool
    grants_apart: bool

    @property
    def in_force(self) -> bool:
        """Whether every table is locked, as this version wants it."""
        return self.begun and not self.open

    @property
    def fits(self) -> bool:
        """Whether the role that crosses tenants is there, and the account may take and leave it."""
        return self.role_is_there and self.may_become and (self.bypasses or not self.is_always)

    @property
    def administrators_sql(self) -> str:
        """What somebody who may create roles has to run, once."""
        role, account = quoted(self.role), quoted(self.account)
        lines = [] if self.role_is_there else [f"CREATE ROLE {role} NOLOGIN;"]
        if self.grants_apart:
            lines.append(f"GRANT {role} TO {account} WITH INHERIT FALSE, SET TRUE;")
        else:  # older servers know it of the whole account only
            lines += [f"ALTER ROLE {account} NOINHERIT;", f"GRANT {role} TO {account};"]
        return "\n".join(lines)


async def lock_state(connection: AsyncConnection) -> LockState:
    """Return how the lock stands in a database of PostgreSQL's, in a few quick queries."""
    found = (await connection.execute(_TABLES, {"names": [*RULES]})).all()
    account = (await connection.execute(_ROLES)).one()
    roles = {row.across for row in found if row.across}
    role = min(roles) if roles else _role_of(account.name)
    member = (await connection.execute(_MEMBER, {"role": role})).one_or_none()
    there = {row.name for row in found}
    right = {
        row.name
        for row in found
        if row.forced and row.across == role and row.rule == RULES[row.name].digest
    }
    return LockState(
        account=account.name,
        role=role,
        open=tuple(name for name in RULES if name in there - right),
        begun=bool(roles),
        bypasses=account.bypasses,
        creates=account.creates,
        owner=next((row.owner for row in found if not row.owned), None),
        role_is_there=member is not None,
        may_become=member is not None and member.may_become,
        is_always=member is not None and member.is_always,
        grants_apart=int(account.version) >= _FIRST_WITH_GRANT_OPTIONS,
    )


def _role_of(account: str) -> str:
    """Return a name for the role that crosses tenants.

    It is the account's own: roles are shared by all databases of a server, and who uses another
    one must not come by it.
    """
    most = _LONGEST_NAME - len(_SUFFIX)
    return account.encode()[:most].decode(errors="ignore") + _SUFFIX


def quoted(name: str) -> str:
    """Return a name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'
