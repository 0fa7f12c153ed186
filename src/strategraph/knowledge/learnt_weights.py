"""The weights of a learnt model: a text asks for few of them, so that each is taken apart when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Row = TypeVar("Row")
Weight = TypeVar("Weight")


class LearntWeights(Mapping[str, Weight], Generic[Row, Weight]):
    """What a model's file says of each name, and how a row of it is read.

    >>> weights = LearntWeights({"w=goal": "3,4"}, lambda row: tuple(map(int, row.split(","))))
    >>> weights["w=goal"], "w=plan" in weights
    ((3, 4), False)
    """

    def __init__(self, rows: Mapping[str, Row], read: Callable[[Row], Weight]) -> None:
        self._rows, self._read = rows, read

    def __getitem__(self, name: str) -> Weight:
        return self._read(self._rows[name])

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
