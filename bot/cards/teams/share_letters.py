"""Messages about a share: the ask, what was answered, and whether to go on."""

from bot.cards.blocks import Block, actions, context, section
from bot.cards.card import Card
from bot.cards.elements import Button, button
from bot.cards.forms import confirmed
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.standing_lines import day
from bot.cards.teams.share_words import goal_text, person, scope_text
from bot.domain.teams.requests import OfShare
from bot.domain.teams.share import Share, ShareEnd
from bot.text.translator import Translator


def ask_card(share: Share, tr: Translator) -> Card:
    """Ask the other. Nothing of the goal is shown, its name neither."""
    value = encode(OfShare(share.id))
    told = tr(
        "{person} wants to share a growth goal with you: {scope}.",
        person=person(share.owner),
        scope=scope_text(share, tr),
    )
    how = tr(
        "If you accept, Home and a button here open it. They see when you look, and either of you "
        "can stop at any time. Unanswered, this goes after two weeks."
    )
    row = actions(
        [
            button(Action.SHARE_ACCEPT, tr("Accept"), value, primary=True),
            button(Action.SHARE_DECLINE, tr("Decline"), value),
        ]
    )
    return _card(told, [section(told), context(how), row])


def accepted_card(share: Share, tr: Translator) -> Card:
    """Take the place of the ask, once it was accepted."""
    value = encode(OfShare(share.id))
    told = tr("You see a growth goal of {person}.", person=person(share.owner))
    how = tr("They see when you look. Home lists everybody who shares with you.")
    row = actions(
        [
            button(Action.SHARE_OPEN, tr("Open"), value, primary=True),
            leave_button(share, tr),
        ]
    )
    return _card(told, [section(told), context(how), row])


def leave_button(share: Share, tr: Translator) -> Button:
    """Build the button with which the other stops seeing what they accepted; Slack asks first."""
    return confirmed(
        button(Action.SHARE_DECLINE, tr("Stop Seeing It"), encode(OfShare(share.id))),
        title=tr("Stop seeing it?"),
        text=tr(
            "They are told. Your talks about it, and what you agreed on, end too. To see it again, "
            "they have to share it with you again."
        ),
        confirm=tr("Stop Seeing It"),
        deny=tr("Keep It"),
    )


def declined_card(share: Share, tr: Translator) -> Card:
    """Take the place of the ask, or of what was accepted, once it was declined."""
    who = person(share.owner)
    if share.accepted:
        told = tr("You no longer see the growth goal of {person}. They were told.", person=who)
    else:
        told = tr("You declined to see a growth goal of {person}. They were told.", person=who)
    return _card(told, [section(told)])


def answered_card(share: Share, tr: Translator) -> Card | None:
    """Tell the member what the other answered; None where that holds no more."""
    who = person(share.other)
    if share.accepted:
        told = tr("{person} accepted, and sees your goal now.", person=who)
        rest = tr(
            "{scope}. Home says when they looked, with the way to stop.", scope=_first(share, tr)
        )
        return _card(told, [section(told), context(rest)])
    if share.end is ShareEnd.DECLINED:
        told = tr("{person} does not want to see your goal now. Nothing was shown.", person=who)
    elif share.end is ShareEnd.LEFT_BY_OTHER:
        told = tr("{person} no longer sees your goal: they stopped it.", person=who)
    else:
        return None
    return _card(told, [section(told)])


def renew_card(share: Share, goal: str, tr: Translator) -> Card:
    """Ask the member whether to go on; `goal` is its name."""
    value = encode(OfShare(share.id))
    since = day(share.accepted_at or share.asked_at, tr)
    told = tr(
        "{person} sees your goal *{goal}* since {date}. Do you want to go on sharing it?",
        person=person(share.other),
        goal=goal_text(goal),
        date=since,
    )
    how = tr("Without an answer it ends in two weeks. I ask again every three months.")
    row = actions(
        [
            button(Action.SHARE_KEEP, tr("Go On Sharing"), value, primary=True),
            button(Action.SHARE_STOP, tr("Stop Sharing"), value),
        ]
    )
    return _card(told, [section(told), context(how), row])


def kept_card(share: Share, tr: Translator) -> Card:
    """Take the place of that question, once it was answered with yes."""
    told = tr("{person} goes on seeing your goal.", person=person(share.other))
    return _card(told, [section(told)])


def stopped_card(share: Share, tr: Translator) -> Card:
    """Say that a share of one's own has ended."""
    told = tr(
        "{person} no longer sees your goal. What I sent them about it is being deleted.",
        person=person(share.other),
    )
    return _card(told, [section(told)])


def asked_card(share: Share, tr: Translator) -> Card:
    """Say that somebody was asked."""
    told = tr("I asked {person}. Nothing is shown before they accept.", person=person(share.other))
    return _card(told, [section(told), context(scope_text(share, tr))])


def changed_card(share: Share, tr: Translator) -> Card:
    """Say what is shown from now on."""
    told = tr("Saved. {person} sees:", person=person(share.other))
    return _card(told, [section(told), context(scope_text(share, tr))])


def _first(share: Share, tr: Translator) -> str:
    scope = scope_text(share, tr)
    return f"{scope[:1].upper()}{scope[1:]}"


def _card(text: str, blocks: list[Block]) -> Card:
    return Card(text, blocks)
