"""The setting that names catalogue owners: forgiving, and exact about what is wrong."""

import pytest
from pydantic import ValidationError

from bot.config import Settings


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (None, set()),
        ("", set()),
        ("U0123ABCD", {"U0123ABCD"}),
        ("U0123ABCD, W0456EFGH", {"U0123ABCD", "W0456EFGH"}),
        (" U0123ABCD\tW0456EFGH,,U0123ABCD ", {"U0123ABCD", "W0456EFGH"}),
    ],
)
def test_ids_are_divided_by_commas_and_spaces(text: str | None, named: set[str]) -> None:
    assert Settings(_env_file=None, nextrung_catalogue_owners=text).catalogue_owners == named


@pytest.mark.parametrize("text", ["@asha", "T0123ABCD", "U0123ABCD;U0456EFGH", "u0123abcd", "U"])
def test_what_is_no_members_id_is_named(text: str) -> None:
    with pytest.raises(ValidationError, match="no member's id"):
        Settings(_env_file=None, nextrung_catalogue_owners=text)
