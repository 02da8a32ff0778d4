"""Pictures of two people: a goal offered, two columns, what counts, a brief, who helps."""

from dataclasses import dataclass, field
from datetime import time, timedelta

from playwright.async_api import expect

from bot.cli.local import Local
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Status
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.agreed import AgreedAct
from bot.domain.teams.manager_marks import item_key
from bot.domain.teams.rhythm import Often
from bot.domain.teams.share import Share
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER
from tests.browser.two_people import HERE, go_on, person
from tests.browser.visit import Seat
from tests.browser.way_to_lead import to_lead
from tests.tools.sample_growth import grow
from tests.tools.scene import Scene

NOTE = "You led the rollout in one team. I would like to see it with a second one."
POINTS = "Show the rollout plan to the platform team\nFind a second reviewer for prompts"
SENTENCE = "I ran the rollback drill in October, and wrote down what we changed because of it."
MARKS = {
    "llm-evaluation": (Status.WORKING, ""),
    "project-delivery": (Status.WORKING, NOTE),
    "observability": (Status.MET, ""),
    "incident-response": (Status.MET, ""),
}


def cell_of(local: Local, skill: str) -> CellKey:
    return next(key_of(each.target) for each in to_lead(local) if each.target.skill.key == skill)


@dataclass(slots=True)
class Two:
    """The engineer, grown, and with whom she shares."""

    other: str = MANAGER
    share: Share | None = field(default=None)

    async def share_goal(self, local: Local) -> None:
        """Share the goal, with all statuses and two pieces of evidence; the other accepts."""
        await grow(local)
        sharing, me = local.nextrung.services.sharing, await person(local, ENGINEER)
        held = (await local.nextrung.services.growth.of(me)).growth
        shown = [each.id for each in held.evidence if "rollout" in each.note or each.url]
        asked = await sharing.ask(me, self.other, past=True, evidence=shown)
        self.share = await sharing.accept(await person(local, self.other), asked.id)

    async def mark(self, local: Local) -> None:
        """Let the other mark some of it, and send that."""
        await self.share_goal(local)
        assert self.share
        marking, other = local.nextrung.services.marking, await person(local, self.other)
        for skill, (status, note) in MARKS.items():
            key = item_key(cell_of(local, skill))
            await marking.mark(other, self.share.id, key, status, note)
        await marking.send(other, self.share.id)
        await go_on(local)

    async def meet(self, local: Local) -> None:
        """Let the two agree, set a rhythm, and note what they said in a first talk."""
        await self.share_goal(local)
        assert self.share
        services, share = local.nextrung.services, self.share.id
        me, other = await person(local, ENGINEER), await person(local, self.other)
        today = local.slack.clock.now().date()
        for days, skill in ((28, "project-delivery"), (56, "llm-evaluation")):
            cell = cell_of(local, skill)
            seen = await services.agreeing.propose(me, share, cell, today + timedelta(days=days))
            step = seen.delta.proposals[-1].step_id
            await services.agreeing.answer(other, step, AgreedAct.ACCEPTED)
        cell = cell_of(local, "technical-strategy")
        await services.agreeing.propose(other, share, cell, today + timedelta(days=84))
        await services.talking.set(
            me, share, often=Often.TWO_WEEKS, weekday=3, at=time(16), zone=me.time_zone
        )
        await services.talking.note(other, share, POINTS, both=True, token="pictures")

    async def before_talk(self, local: Local) -> None:
        """Go on until an hour before their next talk, with something that moved since."""
        await self.meet(local)
        await go_on(local)
        await self._go_to_brief(local)
        local.slack.advance(timedelta(hours=3).total_seconds())
        services, me = local.nextrung.services, await person(local, ENGINEER)
        shelf = services.catalogues.shelf()
        for skill, status in (("llm-evaluation", Status.MET), ("code-review", Status.MET)):
            await services.assessing.mark(me, shelf, cell_of(local, skill), status)
        await go_on(local)
        await self._go_to_brief(local)

    async def _go_to_brief(self, local: Local) -> None:
        async with local.nextrung.database.read(HERE) as work:
            (rhythm,) = await work.talks.rhythms_of(ENGINEER)
        assert rhythm.next_at
        coming = rhythm.next_at - timedelta(minutes=59) - local.slack.clock.now()
        await go_on(local, max(timedelta(), coming))


async def offered(local: Local) -> None:
    """Ask the manager, who has not answered yet."""
    await grow(local)
    sharing, me = local.nextrung.services.sharing, await person(local, ENGINEER)
    held = (await local.nextrung.services.growth.of(me)).growth
    shown = [each.id for each in held.evidence if each.note]
    await sharing.ask(me, MANAGER, past=True, evidence=shown)
    await go_on(local)


async def asked(local: Local) -> None:
    """Ask a colleague about an expectation."""
    await grow(local)
    services, me = local.nextrung.services, await person(local, ENGINEER)
    shelf, cell = services.catalogues.shelf(), cell_of(local, "incident-response")
    await services.confirmations.ask(me, shelf, cell, other=ADMIN, sentence=SENTENCE)
    await go_on(local)


async def helping(local: Local) -> None:
    """Let three offer help with a skill."""
    services = local.nextrung.services
    catalogue = services.catalogues.shelf().catalogue
    for who in (MANAGER, ADMIN, CHINESE_ENGINEER):
        member = await person(local, who)
        await services.help_offers.change(
            member, catalogue, "containers-kubernetes", HelpSide.HELP, on=True
        )


async def fill_form(seat: Seat) -> None:
    await seat.press("Share My Goal…")
    await seat.choose("Who may see it", "Sample Manager")
    await seat.modal.get_by_text("Also what I said before").click()
    await seat.modal.get_by_role("combobox", name="Evidence").click()
    await seat.option("Led the rollout").click()
    await seat.page.keyboard.press("Escape")


async def see_ask(seat: Seat) -> None:
    await seat.see("wants to share a growth goal with you")


async def open_goal(seat: Seat) -> None:
    await seat.press("Open")
    await expect(seat.modal).to_contain_text("Senior → Lead")


async def open_goal_zh(seat: Seat) -> None:
    await seat.press("打开")
    await expect(seat.modal).to_contain_text("高级 → 负责人")


async def open_talks(seat: Seat) -> None:
    await seat.press("Agreed and Talks")
    await expect(seat.modal).to_contain_text("What counts")


async def see_brief(seat: Seat) -> None:
    await seat.see("Before your talk")


async def see_brief_zh(seat: Seat) -> None:
    await seat.see("面谈之前")


async def see_question(seat: Seat) -> None:
    await seat.see("asks you whether you saw this")


async def see_helpers(seat: Seat) -> None:
    await seat.type("/skill kubernetes")
    await seat.see("3 people offer help")
    await seat.press("See Who")
    await seat.modal.wait_for()


SCENES = (
    Scene("share-form.png", ENGINEER, fill_form, "home", begin=grow, size=(1180, 900)),
    Scene("share-ask.png", MANAGER, see_ask, "messages", begin=offered, size=(1180, 420)),
    Scene("shared-goal.png", MANAGER, open_goal, "home", begin=Two().mark, size=(1180, 1180)),
    Scene(
        "shared-goal-zh.png",
        CHINESE_ENGINEER,
        open_goal_zh,
        "home",
        begin=Two(CHINESE_ENGINEER).mark,
        scheme="dark",
        size=(1180, 1180),
    ),
    Scene("talks.png", ENGINEER, open_talks, "home", begin=Two().meet, size=(1180, 1180)),
    Scene("brief.png", MANAGER, see_brief, "messages", begin=Two().before_talk, size=(1180, 960)),
    Scene(
        "brief-zh.png",
        CHINESE_ENGINEER,
        see_brief_zh,
        "messages",
        begin=Two(CHINESE_ENGINEER).before_talk,
        size=(1180, 900),
    ),
    Scene("confirmation.png", ADMIN, see_question, "messages", begin=asked, size=(1180, 520)),
    Scene("helpers.png", ENGINEER, see_helpers, begin=helping, size=(1180, 800)),
)
