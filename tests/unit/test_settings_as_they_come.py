"""Settings from orchestrators and secret stores: stripped, empty is missing, links are ignored."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Oddity, Settings, oddities

SERVICE_LINK = "tcp://10.96.0.17:3000"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no setting but the test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("value", ["s3cret\n", " s3cret\r\n", '"s3cret"', "'s3cret'\n", "“s3cret”"])
def test_what_surrounds_a_secret_is_left_out(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", value)
    found = Settings().slack_signing_secret
    assert found is not None
    assert found.get_secret_value() == "s3cret"
    assert oddities() == [Oddity("SLACK_SIGNING_SECRET", "environment", "surrounded")]


@pytest.mark.parametrize("value", ["", " ", "\n", '""', "' '", "\ufeff"])
def test_an_empty_setting_is_missing(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, field in Settings.model_fields.items():
        with monkeypatch.context() as only:
            only.setenv(name.upper(), value)
            assert Settings() == Settings(_env_file=None), name
            assert getattr(Settings(), name) == field.default, name
            assert oddities() == [Oddity(name.upper(), "environment", "empty")]


def test_a_service_link_of_kubernetes_is_no_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEXTRUNG_PORT", SERVICE_LINK)
    assert Settings().nextrung_port == 3000
    assert oddities() == [Oddity("NEXTRUNG_PORT", "environment", "service link")]


@pytest.mark.parametrize("value", [SERVICE_LINK, ""])
def test_what_is_no_value_does_not_hide_the_file(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".env").write_text("NEXTRUNG_PORT=8080\n", encoding="utf-8")
    monkeypatch.setenv("NEXTRUNG_PORT", value)
    assert Settings().nextrung_port == 8080


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-1\nxoxb-2"),
        ("SLACK_APP_TOKEN", "xapp-\u200b1"),
        ("SLACK_API_URL", "gateway.example.com/api"),
        ("HTTPS_PROXY", "proxy.internal:3128"),
    ],
)
def test_what_cannot_be_is_told_without_its_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    (found,) = caught.value.errors()
    assert found["loc"] == (name.lower(),)
    assert value not in found["msg"]


def test_an_address_of_slacks_ends_as_slack_sdk_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "https://gateway.example.com/api")
    assert Settings().slack_api_url == "https://gateway.example.com/api/"
