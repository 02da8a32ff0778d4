"""Nothing but the data folder can be written: temporary files go there, or into memory."""

import tempfile
from pathlib import Path

import pytest

from bot.cli import temporary
from bot.cli.temporary import NoTemporaryFolder, settle_temporary_files


@pytest.fixture(autouse=True)
def read_only_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a root file system that is read-only, whose /tmp cannot be written."""

    def none_usable() -> list[str]:
        return ["/proc/none"]

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", none_usable)
    with pytest.raises(FileNotFoundError):
        tempfile.gettempdir()


def test_they_go_beside_the_database(tmp_path: Path) -> None:
    found = settle_temporary_files(f"sqlite:///{tmp_path}/nextrung.db", Path("/proc/none"))

    assert found == tmp_path / "temporary"
    with tempfile.TemporaryDirectory() as folder:
        assert Path(folder).parent == found


def test_they_go_into_the_data_folder_or_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql = "postgresql://nextrung@localhost/nextrung"
    monkeypatch.setattr(temporary, "_MEMORY", tmp_path / "memory")

    assert settle_temporary_files(postgresql, tmp_path / "data") == tmp_path / "data" / "temporary"
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert settle_temporary_files(postgresql, Path("/proc/none")) == tmp_path / "memory"


def test_that_nothing_can_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_MEMORY", Path("/proc/none"))

    with pytest.raises(NoTemporaryFolder) as caught:
        settle_temporary_files("sqlite:////proc/none/x.db", Path("/proc/none"))

    assert "emptyDir" in str(caught.value.params["remedy"])
