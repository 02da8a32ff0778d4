"""Help: what each command can do, in one screen."""

from bot.cards.blocks import Block, actions, bullets, context, header, section, titled, unfolded
from bot.cards.card import NAME, Card, show_button
from bot.cards.elements import Button, button
from bot.cards.excerpt import plain_excerpt
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.mrkdwn import clip, safe, unmarked
from bot.domain.answers import Answer, Help
from bot.domain.lookup.requests import ShowCatalogue, ShowGap
from bot.text.translator import Translator

# So many depths of this length are a list.
DEPTH, MOST_DEPTHS = 160, 10
_OTHER = {"skill": "promote-gap", "promote-gap": "growth", "growth": "skill"}


def help_card(_answer: Answer, body: Help, tr: Translator) -> Card:
    """Build the help of one command; another one is named at the end."""
    lines = {"skill": _skill_lines, "promote-gap": _gap_lines, "growth": _growth_lines}
    text = "\n".join(
        f"`{tr.command(typed)}`\n{meaning}" for typed, meaning in lines[body.command](tr)
    )
    tips = tr(
        "Typing is forgiving: capitals, spaces, “sr”, small slips and Chinese names all work."
    )
    name, other = (tr.command(f"/{each}") for each in (body.command, _OTHER[body.command]))
    blocks: list[Block] = [
        header(name),
        section(_purpose(body.command, tr)),
        unfolded(text),
        *_depths(body, tr),
        context(tips),
        actions(_first(body.command, tr)),
        context(tr("See also {command}", command=f"`{other} help`")),
    ]
    return Card(text=safe(f"{name}: {_purpose(body.command, tr)}", 600), blocks=blocks)


def _depths(body: Help, tr: Translator) -> list[Block]:
    """Say what the depths mean that the answers of the command name."""
    items = [
        titled(
            clip(unmarked(tr.of(each.name)), NAME),
            tr(": {text}", text=plain_excerpt(tr.of(each.summary), DEPTH, tr)),
        )
        for each in body.depths
        if each.summary
    ]
    if not items:
        return []
    lists = [items[at : at + MOST_DEPTHS] for at in range(0, len(items), MOST_DEPTHS)]
    return [section(tr("*Depths in this framework*")), *(bullets(each) for each in lists)]


def _first(command: str, tr: Translator) -> list[Button]:
    """Return what can be had without typing."""
    if command == "skill":
        return [show_button(tr("Browse All"), ShowCatalogue(), 0)]
    if command == "promote-gap":
        return [show_button(tr("Choose a Role"), ShowGap(), 0)]
    return [
        button(Action.CHANGE_ROLE, tr("Change Role"), "role"),
        button(Action.CHANGE_GOAL, tr("Choose a Goal"), encode(ShowGap())),
        button(Action.SETTINGS, tr("Settings"), "settings"),
    ]


def _purpose(command: str, tr: Translator) -> str:
    if command == "skill":
        return tr("Look up what a skill means at each level, for each role.")
    if command == "growth":
        return tr("Your role, goal, progress and data. Nobody but you sees them.")
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


def _growth_lines(tr: Translator) -> list[tuple[str, str]]:
    return [
        ("/growth", tr("your role, goal and progress, with the way to everything else")),
        ("/growth role llm-engineer senior", tr("say what your role and level are")),
        ("/growth goal llm-engineer lead", tr("choose your goal")),
        ("/growth status", tr("how far you are, and a chart of your progress")),
        ("/growth share @person", tr("let one person see your goal")),
        ("/growth team", tr("see the goals that several people share with you, side by side")),
        ("/growth nudges weekly tue 10:00", tr("choose when nudges come")),
        ("/growth pause 2w", tr("no nudges for a while; `resume` and `stop` work too")),
        ("/growth language zh", tr("choose the language that Nextrung speaks to you")),
        ("/growth offer kubernetes", tr("offer help with a skill; members can find you")),
        ("/growth learn kubernetes", tr("say that you want to learn a skill; nobody sees it")),
        ("/growth export", tr("everything held about you, as files")),
        ("/growth forget-me", tr("delete everything about you, after asking once")),
    ]
