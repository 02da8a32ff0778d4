"""Sentences that several cards about sharing have in common."""

from bot.cards.card import NAME
from bot.cards.mrkdwn import named, safe
from bot.cards.standing_lines import day, pieces
from bot.domain.teams.share import Share
from bot.text.translator import Translator


def person(slack_id: str) -> str:
    """Return a mention, which Slack shows as the person's name. It notifies nobody in a card."""
    return f"<@{slack_id}>"


def scope_text(share: Share, tr: Translator) -> str:
    """Say what a share shows, as mrkdwn: "progress and all statuses · 2 pieces of evidence"."""
    shown = (
        tr("progress and statuses since {date}", date=day(share.shows_from, tr))
        if share.shows_from
        else tr("progress and all statuses")
    )
    found = pieces(len(share.evidence), tr) or tr("no evidence")
    return f"{shown} · {found}"


def never_text(tr: Translator) -> str:
    """Say what no share ever shows."""
    return tr(
        "Never shown: notes, reasons, evidence that was not chosen, what is only likely, and "
        "anything beside this goal."
    )


def goal_text(name: str) -> str:
    """Return the name of a goal; a sentence puts it in bold where its language can."""
    return named(name, NAME * 2)


def typed_text(text: str) -> str:
    """Return what somebody typed, quoted."""
    return f"“{safe(text, NAME)}”"
