"""Questions about a file: asked at a terminal, answered by options elsewhere."""

import sys
from collections.abc import Iterable, Sequence

import typer
from rich.prompt import Prompt

from bot.formats.problems import visible_text
from bot.formats.proposing.questions import Question


def answers_of(options: Iterable[str] | None) -> dict[str, str]:
    """Return the answers of ``--answer columns=roles``, by the key of their question.

    Raises:
        typer.BadParameter: one of them is not of that form.
    """
    answers: dict[str, str] = {}
    for option in options or ():
        key, sign, answer = option.partition("=")
        if not (key and sign and answer):
            raise typer.BadParameter(f"--answer takes KEY=ANSWER, such as columns=roles: {option}")
        answers[key.strip()] = answer.strip()
    return answers


def can_ask(*, as_json: bool) -> bool:
    """Whether somebody can be asked: both ends are a terminal, and no program reads along."""
    return not as_json and sys.stdin.isatty() and sys.stdout.isatty()


def ask(questions: Sequence[Question]) -> dict[str, str]:
    """Ask each question, and return the answers by their keys."""
    answers: dict[str, str] = {}
    for question in questions:
        typer.secho(visible_text(question.text), bold=True)
        for number, choice in enumerate(question.choices, 1):
            typer.echo(f"  {number}. {visible_text(choice.text)}")
        numbers = [str(each) for each in range(1, len(question.choices) + 1)]
        chosen = Prompt.ask("Number", choices=numbers)
        answers[question.key] = question.choices[int(chosen) - 1].answer
    return answers
