"""The release before and this version on one database: nobody notices an upgrade or a roll-back."""

from pathlib import Path

import pytest

from tests.fakes.postgresql import PostgresqlServer
from tests.trials.two_versions import commit_of, last_release, walk_with


async def test_the_last_release_and_this_version_share_a_database(
    postgresql_server: PostgresqlServer, tmp_path: Path
) -> None:
    heading = last_release()
    commit = commit_of(heading)
    if commit is None:
        pytest.skip(f"history does not reach back to {heading!r}: no whole clone of git's")

    walk = await walk_with(commit, postgresql_server, tmp_path)

    assert (walk.wrong, walk.trouble) == ([], [])
    assert walk.older_comes_back
    assert min(walk.answered.values()) > 0
    assert len(walk.answered) == 8
