"""What is said of whole sentences: the mean of a score over their pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from batches import Batch
from heads import MARKS
from model import Slices
from torch import Tensor
from torch.nn import functional

FIRST = Slices.of().values[MARKS[0]]
UNTOLD = -1.0


@dataclass(frozen=True)
class Marked:
    """Scores and wanted values (stretches, marks); UNTOLD where the gold is silent."""

    scores: Tensor
    wanted: Tensor

    @classmethod
    def of(cls, labels: Tensor, batch: Batch) -> Marked:
        """The marks of a batch, out of the output rows (batch, pieces, scores)."""
        wanted = torch.full((len(batch.marks), len(MARKS)), UNTOLD)
        means = [labels[row, first:last, FIRST : FIRST + len(MARKS)].mean(0) for row, first, last, _ in batch.marks]
        for n, (_, _, _, told) in enumerate(batch.marks):
            for name, value in told.items():
                wanted[n, MARKS.index(name)] = value
        return cls(torch.stack(means) if means else labels.new_zeros((0, len(MARKS))), wanted)

    def loss(self) -> Tensor:
        """Binary cross-entropy, all marks of a stretch summed, the mean over stretches."""
        if not len(self.scores):
            return self.scores.sum() * 0.0
        asked = (self.wanted != UNTOLD).float()
        each = functional.binary_cross_entropy_with_logits(self.scores, self.wanted.clamp(min=0), reduction="none")
        return (each * asked).sum(1).mean()

    @staticmethod
    def scores_of(parts: Sequence[Marked], family: str) -> float:
        """Micro F of a family of marks over the stretches where it was asked."""
        right = have = want = 0
        picked = [k for k, name in enumerate(MARKS) if name.startswith(family + ":")]
        for part in parts:
            wanted, best = part.wanted[:, picked], part.scores[:, picked] > 0
            asked = wanted != UNTOLD
            right += int((best & (wanted == 1)).sum())
            have += int((best & asked).sum())
            want += int((wanted == 1).sum())
        return 2 * right / max(1, have + want)

    @staticmethod
    def figures(parts: Sequence[Marked]) -> dict[str, float]:
        """F of each family."""
        return {family: Marked.scores_of(parts, family) for family in dict.fromkeys(m.split(":")[0] for m in MARKS)}
