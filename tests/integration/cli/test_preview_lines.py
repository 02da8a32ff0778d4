"""`nextrung preview -` and `--press`: scripts type and press, and read one JSON object a line."""

import json
import re
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.cli.typed_lines import LONGEST
from bot.sandbox.judge import judge_message
from tests.docs.pages import ROOT

pytestmark = pytest.mark.usefixtures("prepared")
FORM = re.compile(r"^\|[^|]+\| `(/[^`]+)` \|", re.MULTILINE)
FORMS = FORM.findall((ROOT / "docs/reference/commands.md").read_text(encoding="utf-8"))
# What the reference says in words: these open a form.
OPENING = ("/growth role", "/growth goal", "/growth nudges", "/growth language")


def preview(*arguments: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(app, ["preview", *arguments], input=typed)


def objects(result: Result) -> list[dict[str, Any]]:
    """Return the objects on standard output; a line that is none fails."""
    assert "Traceback" not in result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("sample", ["engineer", "admin", "chinese"])
def test_every_form_of_the_reference_is_answered(sample: str) -> None:
    assert len(FORMS) > 25
    commands = [*FORMS, *OPENING]

    result = preview("-", "--json", "--as", sample, typed="\n".join(commands))

    answers = objects(result)
    assert [each["command"] for each in answers] == commands
    assert [each for each in answers if "error" in each] == []
    assert result.exit_code == 0
    for each in answers:
        assert set(each) == {"command", "text", "blocks"}
        assert each["text"], each["command"]
        assert each["blocks"], each["command"]
        if not any(block["type"] == "input" for block in each["blocks"]):
            body = {"text": each["text"], "blocks": each["blocks"]}
            assert judge_message(body).violations == [], each["command"]


def test_what_a_line_records_is_there_for_the_next() -> None:
    result = preview("-", "--json", typed="/growth role llm-engineer senior\n/promote-gap\n")

    assert "LLM Engineer: Senior → Lead" in json.dumps(objects(result)[1], ensure_ascii=False)


def test_empty_lines_and_comments_are_left_out() -> None:
    result = preview("-", "--json", typed=b"\xef\xbb\xbf# of a file\r\n\r\n  \r\n/skill mlops\r\n")

    assert [each["command"] for each in objects(result)] == ["/skill mlops"]
    assert result.exit_code == 0


def test_nothing_typed_is_nothing_answered() -> None:
    result = preview("-", "--json")

    assert (result.stdout, result.exit_code) == ("", 0)


def test_what_cannot_be_answered_is_told_and_the_rest_goes_on() -> None:
    typed = b"\n".join(
        (
            b"/nosuch senior",
            b"/",
            b"/skill caf\xe9",
            b"/skill " + b"x" * (LONGEST * 50),
            b"/skill " + "数".encode() * (LONGEST - 100),
            b"/skill mlops",
        )
    )

    result = preview("-", "--json", typed=typed)

    unknown, slash, encoding, huge, long, good = objects(result)
    assert "/nosuch is not a valid command" in unknown["error"]
    assert "error" in slash
    assert encoding["error"] == "line 3 is not UTF-8; save the file as UTF-8"
    assert huge["error"] == "line 4 has more than 4,000 characters; shorten it"
    assert len(huge["command"]) < 100
    assert long["blocks"]
    assert good["blocks"]
    assert result.exit_code == 1


def test_cards_are_printed_below_their_commands() -> None:
    result = preview("-", typed="/skill mlops senior\n/nosuch\n/skill help\n")

    first, second = result.stdout.index("/skill mlops senior"), result.stdout.index("/skill help")
    assert first < result.stdout.index("ML Experiment Tracking") < second
    assert "/nosuch is not a valid command" in result.stderr
    assert result.exit_code == 1


def test_a_button_is_pressed_and_the_card_after_it_shown() -> None:
    command = ("/promote-gap llm-engineer lead", "--as", "engineer", "--json")

    untouched = json.loads(preview(*command).stdout)
    met = json.loads(preview(*command, "--press", "met").stdout)
    undone = json.loads(preview(*command, "--press", "Met", "--press", "Undo").stdout)

    assert set(met) == {"text", "blocks"}
    (figures,) = re.findall(r"0 met · (\d+) open", untouched["text"])
    one_met = f"1 met · {int(figures) - 1} open"
    assert one_met in met["text"]
    # The second time another one was met and taken back; the first one stays.
    assert one_met in undone["text"]


def test_an_option_of_a_menu_is_chosen() -> None:
    result = preview("/skill ml-experiment-tracking", "--press", "Level: Principal")

    assert "Level: Principal ▾" in result.stdout


def test_a_form_is_opened_and_submitted() -> None:
    opened = preview("/promote-gap llm-engineer lead", "--as", "engineer", "--press", "Details…")
    form = ("/growth nudges", "--as", "engineer", "--json")
    preview(*form, "--press", "Every working day", "--press", "Save")
    again = preview(*form)

    assert opened.exit_code == 0, opened.stderr
    assert "[ Add Evidence ]" in opened.stdout
    (chosen,) = (
        block["element"]["initial_option"]["text"]["text"]
        for block in json.loads(again.stdout)["blocks"]
        if block["block_id"] == "nudges.cadence"
    )
    assert chosen == "Every working day"


def test_what_is_not_there_to_press_is_told_with_what_is() -> None:
    one = preview("/skill mlops", "--press", "No such button")
    lines = preview("-", "--json", "--press", "No such button", typed="/skill mlops\n")

    assert (one.exit_code, one.stdout) == (1, "")
    for told in (one.stderr, objects(lines)[0]["error"]):
        assert "Nothing is called “No such button” here. There is: " in told
        assert "Share in Channel" in told
    assert lines.exit_code == 1
