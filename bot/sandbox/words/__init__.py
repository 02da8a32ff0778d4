"""The local Slack's own words: one file per language beside this one, read as data.

A further language is one more file, `<language>.toml`, with the sections and keys of the others.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

Part = Literal["page", "blocks", "notices", "days"]
Table = Mapping[str, str]

FOLDER = Path(__file__).parent
_DEFAULT = "en"


def words(part: Part, language: str) -> Table:
    """Return one part's words in a language ("zh"), in English where it has no file."""
    tables = _tables(FOLDER)
    return tables.get(language, tables[_DEFAULT])[part]


@lru_cache(maxsize=4)
def _tables(folder: Path) -> Mapping[str, Mapping[str, Table]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
