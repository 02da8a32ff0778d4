"""What a way between two rungs comes to for one skill, by how it stands at both."""

from bot.domain.lookup.cell_codes import UNDEFINED, CellCodes, is_required
from bot.domain.revision import Catalogue

NOT_DEFINED, CARRIED, BY_WORDS = -3, -2, -1
"""Not asked for at the target; covered by where one comes from; or the words decide.

Every other verdict is a gap, and the place of its weight among `Verdicts.weights`.
"""
REWORDED = {True: 0, False: 1}
"""The verdict where only the words differ, of what is required and of what is optional."""
Weight = tuple[bool, int]


class Verdicts(dict[tuple[int, int], int]):
    """The verdict for each pair of standings: where one comes from, and at the target.

    A dictionary that fills itself: few pairs differ, and each way has hundreds.
    """

    def __init__(self, catalogue: Catalogue, *, transfer: bool = False) -> None:
        super().__init__()
        self._codes = catalogue.lasting(CellCodes)
        self._transfer = transfer
        self.weights: list[Weight] = [(False, 0), (True, 0)]
        """By what gaps stand in order: required first, then the larger jump."""

    def __missing__(self, pair: tuple[int, int]) -> int:
        found = self[pair] = self._judge(*pair)
        return found

    def _judge(self, before: int, wanted: int) -> int:
        if wanted == UNDEFINED:
            return NOT_DEFINED
        asked, required = self._codes.rank(wanted), is_required(wanted)
        if before == UNDEFINED:
            return self._gap(asked or 0, required=required)
        held = self._codes.rank(before)
        jump = 0 if asked is None else asked - held if held is not None else asked
        if required and not (is_required(before) or self._transfer):
            return self._gap(jump, required=required)
        if asked is not None:
            # Where no depth was stated, a stated one is more than anybody had to show.
            if held is None or asked > held:
                return self._gap(jump, required=required)
            if self._transfer:
                return CARRIED
        return BY_WORDS

    def _gap(self, jump: int, *, required: bool) -> int:
        weight = (not required, -max(jump, 0))
        if weight not in self.weights:
            self.weights.append(weight)
        return self.weights.index(weight)


class TransferVerdicts(Verdicts):
    """The same between two roles: what one does already need not be required there."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue, transfer=True)
