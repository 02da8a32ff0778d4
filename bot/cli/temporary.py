"""Where temporary files go: also where nothing but the data folder can be written."""

import tempfile
from pathlib import Path

from bot.domain.errors import NextrungError

# A root file system that is read-only still has memory to share.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of this process's own is made in it
_NAME = "temporary"


class NoTemporaryFolder(NextrungError):
    """No folder can be written, not even the data folder. Params: `remedy`."""

    code = "no_temporary_folder"


def settle_temporary_files(database_url: str, data_folder: Path) -> Path:
    """Let all temporary files of this process, libraries' too, go where they can be written.

    That is where the system says (TMPDIR, /tmp), else beside the database, in the data folder, or
    in memory. Returns the folder.

    Raises:
        NoTemporaryFolder: none of them can be written.
    """
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        pass
    beside = Path(database_url.removeprefix("sqlite:///")).parent
    folders = [beside / _NAME] if database_url.startswith("sqlite:///") else []
    for folder in (*folders, data_folder / _NAME, _MEMORY):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"x")
        except OSError:
            continue
        tempfile.tempdir = str(folder)
        return folder
    raise NoTemporaryFolder(
        remedy="Nothing can be written: mount a volume (in Kubernetes an emptyDir) at /tmp."
    )
