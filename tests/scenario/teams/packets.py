"""The packet that the engineer takes along, in scenarios about two people."""

from tests.scenario.desk import Desk


async def packet(desk: Desk) -> str:
    """Return the page of the engineer's packet."""
    before = {each.ts for each in desk.engineer.messages() if each.shared}
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    await card.choose("more.0", "Export Packet")
    assert await desk.nextrung.app.drained(20)
    (found,) = [each for each in desk.engineer.messages() if each.shared and each.ts not in before]
    (page,) = [each for each in found.shared if each.name.endswith(".md")]
    return (page.content or b"").decode()
