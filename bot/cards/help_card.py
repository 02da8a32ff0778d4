"""Help: what each command can do, in one screen."""

from bot.cards.blocks import Block, actions, context, header, section
from bot.cards.card import Card, show_button
from bot.cards.mrkdwn import safe
from bot.domain.answers import Answer, Help
from bot.domain.requests import ShowCatalogue, ShowGap
from bot.text.translator import Translator


def help_card(_answer: Answer, body: Help, tr: Translator) -> Card:
    """Build the help of one command; the other one is named at the end."""
    lines = _skill_lines(tr) if body.command == "skill" else _gap_lines(tr)
    other = "/promote-gap help" if body.command == "skill" else "/skill help"
    text = "\n".join(f"`{command}`\n{meaning}" for command, meaning in lines)
    first = (
        show_button(tr("Browse All"), ShowCatalogue(), 0)
        if body.command == "skill"
        else show_button(tr("Choose a Role"), ShowGap(), 0)
    )
    tips = tr(
        "Typing is forgiving: capitals, spaces, “sr”, small slips and Chinese names all work."
    )
    blocks: list[Block] = [
        header(f"/{body.command}"),
        section(_purpose(body.command, tr)),
        section(text),
        context(tips),
        actions([first]),
        context(tr("See also {command}", command=f"`{other}`")),
    ]
    return Card(text=safe(f"/{body.command}: {_purpose(body.command, tr)}", 600), blocks=blocks)


def _purpose(command: str, tr: Translator) -> str:
    if command == "skill":
        return tr("Look up what a skill means at each level, for each role.")
    return tr("See what changes on the way to a level, and what already carries over.")


def _skill_lines(tr: Translator) -> list[tuple[str, str]]:
    return [
        ("/skill", tr("browse all domains, groups and roles")),
        ("/skill mlops senior", tr("a group of skills at one level")),
        ("/skill ml-experiment-tracking lead", tr("one skill in full")),
        ("/skill prompt-engineering lead llm engineer", tr("one skill, for one role first")),
        ("/skill llm-engineer", tr("a role: its ladder and all its skills")),
    ]


def _gap_lines(tr: Translator) -> list[tuple[str, str]]:
    return [
        ("/promote-gap", tr("from your recorded level to the next one")),
        ("/promote-gap llm-engineer lead", tr("to a level of a role")),
        (
            "/promote-gap llm-engineer lead from data-scientist senior",
            tr("from another role: what carries over and what is new"),
        ),
    ]
