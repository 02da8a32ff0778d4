"""Where Nextrung keeps what is this user's."""

from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """Return the folder of this user's that holds what Nextrung keeps; it may not exist yet."""
    return user_data_path("nextrung")


def default_database_file() -> Path:
    """Return where the embedded database is kept unless DATABASE_URL says otherwise."""
    return data_folder() / "nextrung.db"
