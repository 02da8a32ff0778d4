"""What two agreed, in lines: what counts, what is proposed, and how it came to that."""

from collections.abc import Mapping, Sequence

from bot.cards.blocks import Block, Section, actions, context, section
from bot.cards.card import NAME
from bot.cards.elements import Button, Element, button, labelled
from bot.cards.ids import Action, numbered
from bot.cards.more_menu import more_menu
from bot.cards.mrkdwn import named
from bot.cards.standing_lines import day
from bot.cards.teams.talk_links import Of, encode_of
from bot.domain.framework import CellKey, Expectation
from bot.domain.lookup.requests import ShowCard
from bot.domain.teams.agreed import (
    MOST,
    Agreed,
    AgreedAct,
    AgreedStep,
    Proposal,
    SharedDelta,
    person_of,
)
from bot.text.translator import Translator

HISTORY = 8


def agreed_blocks(seen: SharedDelta, tr: Translator) -> list[Block]:
    """Build the part of the modal that says what counts, and what waits for an answer."""
    delta = seen.delta
    blocks: list[Block] = [section(tr("*What counts*"))]
    blocks += [_item(each, number, seen, tr) for number, each in enumerate(delta.items)]
    for each in delta.proposals:
        blocks += _proposal(each, seen, tr)
    if not delta.items and not delta.proposals:
        none = tr(
            "Nothing is agreed yet. Propose up to {count} expectations that count until a day; "
            "the other accepts or declines.",
            count=tr.number(MOST),
        )
        blocks.append(context(none))
    if len(delta.wanted) < MOST and seen.asked:
        value = encode_of(Of.SHARE, seen.share.id)
        blocks.append(actions([button(Action.AGREED_PROPOSE, tr("Propose an Expectation"), value)]))
    return blocks


def _item(item: Agreed, number: int, seen: SharedDelta, tr: Translator) -> Section:
    offered: dict[Action | ShowCard, str] = {
        Action.AGREED_MOVE: tr("Propose Another Day…"),
        Action.AGREED_OFF: tr("Propose to Take It Off"),
    }
    built = section(agreed_line(item, seen.asked, tr), more_menu(offered, number))
    built["block_id"] = encode_of(Of.STEP, item.step_id)
    return built


def agreed_line(item: Agreed, asked: Mapping[CellKey, Expectation], tr: Translator) -> str:
    """Return "*Technical Strategy*, until 12 March 2027" as mrkdwn."""
    name = named(cell_name(item.cell, asked, tr), NAME)
    return tr("*{skill}*, until {date}", skill=name, date=tr.date(item.until))


def cell_name(cell: CellKey, asked: Mapping[CellKey, Expectation], tr: Translator) -> str:
    """Return the name of a skill; its key where the way to the goal has it no longer."""
    expectation = asked.get(cell)
    return tr.of(expectation.skill.name) if expectation else cell.skill


def _proposal(proposal: Proposal, seen: SharedDelta, tr: Translator) -> list[Block]:
    step = seen.delta.step(proposal.step_id)
    told = step_text(step, seen, tr) if step else ""
    mine = proposal.by is seen.side
    skill = cell_name(proposal.cell, seen.asked, tr)
    return [section(told), proposal_row(proposal.step_id, skill, tr, mine=mine)]


def proposal_row(
    step_id: int, skill: str, tr: Translator, *, mine: bool = False, primary: bool = False
) -> Block:
    """Build what can be done with a proposal: one's own is withdrawn, the other's is answered.

    `skill` is the name, as plain text, that tells a button's voice of several from the others.
    """
    value = encode_of(Of.STEP, step_id)
    buttons: list[Button]
    if mine:
        buttons = [button(numbered(Action.AGREED_WITHDRAW, step_id), tr("Withdraw"), value)]
    else:
        buttons = [
            button(numbered(Action.AGREED_ACCEPT, step_id), tr("Accept"), value, primary=primary),
            button(numbered(Action.AGREED_DECLINE, step_id), tr("Decline"), value),
            button(numbered(Action.AGREED_MOVE, step_id), tr("Another Day"), value),
        ]
    row: list[Element] = [labelled(each, f"{each['text']['text']}: {skill}") for each in buttons]
    return actions(row, value)


def step_text(step: AgreedStep, seen: SharedDelta, tr: Translator) -> str:
    """Say what somebody did, as mrkdwn: "<@U> proposes: *MLOps* counts until …"."""
    person = f"<@{person_of(seen.share, step.by)}>"
    until = tr.date(step.until) if step.until else ""
    names = {"person": person, "skill": named(cell_name(step.cell, seen.asked, tr), NAME)}
    match step.act:
        case AgreedAct.PROPOSED if step.until:
            return tr("{person} proposes: *{skill}* counts until {date}.", **names, date=until)
        case AgreedAct.PROPOSED:
            return tr("{person} proposes: *{skill}* counts no more.", **names)
        case AgreedAct.ACCEPTED if step.until:
            return tr("{person} accepted: *{skill}* counts until {date}.", **names, date=until)
        case AgreedAct.ACCEPTED:
            return tr("{person} accepted: *{skill}* counts no more.", **names)
        case AgreedAct.DECLINED:
            return tr("{person} declined a proposal on *{skill}*.", **names)
        case AgreedAct.WITHDRAWN:
            return tr("{person} withdrew a proposal on *{skill}*.", **names)


def history_blocks(seen: SharedDelta, tr: Translator) -> list[Block]:
    """Name the last steps, newest first: both see them."""
    steps: Sequence[AgreedStep] = seen.delta.history[-HISTORY:][::-1]
    if not steps:
        return []
    lines = [f"{day(each.at, tr)} · {step_text(each, seen, tr)}" for each in steps]
    return [context("\n".join([tr("How it came to this:"), *lines]))]
