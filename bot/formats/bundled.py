"""Where the files that come with Nextrung are: in the checkout, or inside the installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """Return the folder that holds `catalogue/`, `schema/` and `terms/`."""
    installed = _PACKAGE / "_bundled" / "data"
    return installed if installed.is_dir() else _PACKAGE.parent / "data"
