"""Forms of a confirmation: whom to ask in which words, and what a colleague adds to an answer."""

from bot.cards.blocks import Block, View, context, section
from bot.cards.card import NAME
from bot.cards.excerpt import behaviour
from bot.cards.forms import input_block, person_select, text_input
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import bold, named
from bot.cards.teams.confirming.letters import answer_label, consent_text, quoted
from bot.cards.teams.share_words import person
from bot.domain.framework import Expectation
from bot.domain.growth.packet import Saw
from bot.domain.lookup.rung import Rung
from bot.domain.teams.confirmation import MAX_SENTENCE, MAX_WORDS, Confirmation
from bot.text.translator import Translator
from bot.text.words import rung_name

WHOM, SENTENCE, WORDS = "confirm.whom", "confirm.sentence", "confirm.words"
_TEXT = 500


def ask_view(expectation: Expectation, tr: Translator, *, metadata: str) -> View:
    """Build the form that asks one person about an expectation."""
    name = bold(tr.of(expectation.skill.name), NAME)
    rung = named(rung_name(Rung(expectation.role, expectation.level), tr), NAME)
    told = tr(
        "The colleague sees your name, this expectation and your sentence, and nothing else of "
        "yours. The answer goes to you alone, and you decide whether it enters your packet; the "
        "ask tells them so. After two weeks without an answer it is over. Three asks can wait at "
        "a time, and the same person can be asked once a week."
    )
    blocks: list[Block] = [
        section(f"{name} · {rung}\n{behaviour(expectation, _TEXT, tr)}"),
        input_block(
            WHOM, tr("Whom do you ask?"), person_select(Action.CONFIRM_WHOM, tr("One person"))
        ),
        input_block(
            SENTENCE,
            tr("What did they see?"),
            text_input(Action.CONFIRM_SENTENCE, multiline=True, most=MAX_SENTENCE),
            hint=tr(
                "One sentence in your words, such as: I led the review of the new plan in May."
            ),
        ),
        context(told),
    ]
    return form_view(
        Callback.CONFIRM_ASK,
        tr,
        title=tr("Ask a colleague"),
        submit=tr("Ask"),
        blocks=blocks,
        metadata=metadata,
    )


def answer_view(found: Confirmation, saw: Saw, tr: Translator, *, metadata: str) -> View:
    """Build the form in which a colleague gives their answer, with words of theirs or without."""
    lead = tr("{person} asks you whether you saw this:", person=person(found.owner))
    blocks: list[Block] = [
        section(f"{lead}\n{quoted(found.sentence, MAX_SENTENCE)}"),
        section(tr("Your answer: *{answer}*", answer=answer_label(saw, tr))),
        input_block(
            WORDS,
            tr("In your words"),
            text_input(Action.CONFIRM_WORDS, multiline=True, most=MAX_WORDS, focus=True),
            hint=tr("What you saw, or what you did not. You can leave it empty."),
            optional=True,
        ),
        context(consent_text(found, tr)),
    ]
    return form_view(
        Callback.CONFIRM_ANSWER,
        tr,
        title=tr("Your answer"),
        submit=tr("Send"),
        blocks=blocks,
        metadata=metadata,
    )
