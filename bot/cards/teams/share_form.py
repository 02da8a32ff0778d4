"""The form in which a member shares their goal: with whom, and how much of it."""

from bot.cards import limits
from bot.cards.blocks import Block, View, context, section
from bot.cards.elements import option, plain
from bot.cards.forms import input_block, multi_select, person_select, radio
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.mrkdwn import clip
from bot.cards.teams.share_words import goal_text, never_text, person, typed_text
from bot.domain.growth.evidence import Evidence
from bot.domain.teams.home import ShareForm
from bot.domain.teams.requests import OfShare
from bot.text.translator import Translator

WITH, PAST, PIECES = "share.with", "share.past", "share.pieces"
FROM_NOW, ALL = "now", "all"
NEW = "share"
_PIECE = 70


def share_view(form: ShareForm, goal: str, tr: Translator) -> View:
    """Build the form; `goal` is the name of the member's goal."""
    share = form.share
    blocks: list[Block] = [section(_lead(form, goal, tr))]
    if share is None:
        who = person_select(Action.SHARE_WITH, tr("Choose a person"), form.other)
        blocks.append(input_block(WITH, tr("Who may see it"), who))
    blocks.append(_past(form, tr))
    if form.pieces:
        blocks.append(_pieces(form, tr))
    blocks.append(context(f"{never_text(tr)}\n{_kept(tr)}"))
    title = tr("Share my goal") if share is None else tr("What they see")
    return {
        "type": "modal",
        "callback_id": Callback.SHARE,
        "title": plain(title, limits.VIEW_TITLE),
        "submit": plain(tr("Ask Them") if share is None else tr("Save"), limits.VIEW_TITLE),
        "close": plain(tr("Cancel"), limits.VIEW_TITLE),
        "private_metadata": NEW if share is None else encode(OfShare(share.id)),
        "blocks": blocks,
    }


def _lead(form: ShareForm, goal: str, tr: Translator) -> str:
    if form.share is not None:
        return tr(
            "{person} sees *{goal}*. Choose how much of it.",
            person=person(form.share.other),
            goal=goal_text(goal),
        )
    lead = tr(
        "*{goal}*: your progress, and your status with each expectation, for one person. They are "
        "asked first, and see nothing before they accept. You can stop at any time, and you see "
        "when they looked.",
        goal=goal_text(goal),
    )
    if not form.unclear:
        return lead
    told = tr(
        "I cannot tell who {typed} is: names are not unique in Slack. Choose the person here.",
        typed=typed_text(form.unclear),
    )
    return f"{told}\n{lead}"


def _past(form: ShareForm, tr: Translator) -> Block:
    since = form.share.shows_from if form.share is not None else None
    only = (
        tr("Only what I have said since {date}", date=tr.date(since.date()))
        if since
        else tr("Only what I say from now on")
    )
    options = [option(only, FROM_NOW), option(tr("Also what I said before"), ALL)]
    chosen = ALL if form.share is not None and form.share.shows_from is None else FROM_NOW
    hint = tr("What you said before reads as open to them, unless you choose to show it.")
    return input_block(PAST, tr("Statuses"), radio(Action.SHARE_PAST, options, chosen), hint=hint)


def _pieces(form: ShareForm, tr: Translator) -> Block:
    options = [option(_piece(each, tr), str(each.id)) for each in form.pieces]
    chosen = [str(each) for each in form.share.evidence] if form.share else []
    menu = multi_select(Action.SHARE_PIECES, tr("None"), options, chosen)
    hint = tr("Piece by piece: a new one is never shown by itself.")
    return input_block(PIECES, tr("Evidence"), menu, hint=hint, optional=True)


def _piece(piece: Evidence, tr: Translator) -> str:
    told = piece.note or piece.url or ""
    return clip(f"{tr.date(piece.added_at.date())} · {told}", _PIECE)


def _kept(tr: Translator) -> str:
    """Name what no stop can undo: part of what the member consents to."""
    return tr(
        "What they have read, copied or photographed cannot be taken back, nor a file that they "
        "saved (a table of all who share with them, as CSV or picture), nor an e-mail in which "
        "Slack told them of a message. Everything else goes at once when you stop."
    )
