"""Systems on a periodic grid: the user writes how an array moves, and what is seen in it."""
from __future__ import annotations

import inspect
import math
from typing import Any, List, NamedTuple, Optional, Tuple

import numpy as np

from .system import Condition, Duration, Evolved, System, real


class Window(NamedTuple):
    """The part of a large array in which a patch evolves."""

    cells: Tuple[np.ndarray, ...]  # indices of the large array
    frozen: np.ndarray  # what stands still in the window
    patch: Tuple[slice, ...]  # where the patch is in the window
    ghost: bool


class GridSystem(System):
    """Cells of a periodic grid, `lattice.small` and `lattice.large` along each axis.

    Override `initial`, `advance(array, duration, condition, rng, frozen=None)` and `observe(array)`. The same rule holds everywhere:
    a cell depends on cells up to `reach` away in each step, and nothing on where it is. `advance` may be given an array of any
    size, and must leave elements alone where the boolean array `frozen` is true. Without the argument `frozen` patches
    evolve only together. `observe` returns one array for each observable, what every cell adds to the mean.
    """

    dimension: int = 2
    reach: int = 1  #: how far a cell looks, in `advance` and in `observe`
    buffer: int = 4  #: width of the margin that evolves with a patch, and of what is relaxed on both sides of a seam
    seam_steps: int = 20  #: steps for which seams between tiles are relaxed
    seam_time: float = 0.0  #: the same as a time, where the system has no `time_step`

    def shape(self, size: int) -> Tuple[int, ...]:
        return (size,) * self.dimension

    def setup(self, small: int, large: int, parameters: Any) -> None:
        if large % small:
            raise ValueError("lattice.large %d: a multiple of lattice.small, %d" % (large, small))
        super().setup(small, large, parameters)
        if self.time_step > 0 and not self.costs:
            self.costs = {"event_seconds": 1e-4}

    def advance(
        self, array: np.ndarray, duration: Duration, condition: Condition, rng: np.random.Generator,
        frozen: Optional[np.ndarray] = None,
    ) -> Any:
        """The array after a duration, as of every system, where `frozen` is false."""
        raise NotImplementedError("advance(array, duration, condition, rng, frozen=None) of %s" % type(self).__name__)

    @property
    def freezes(self) -> bool:
        """Whether `advance` can leave elements alone."""
        return "frozen" in inspect.signature(self.advance).parameters

    def capabilities(self) -> List[str]:
        relaxes = self.freezes and (self.time_step > 0 or self.seam_time > 0)
        words = [word for word in super().capabilities() if word != "relax" or relaxes]
        return words + ["frozen"] * self.freezes

    def surroundings(self) -> List[str]:
        return ["buffer", "ghost", "whole"] if self.freezes else ["whole"]

    def fields(self, array: np.ndarray) -> List[np.ndarray]:
        """What `observe` returns, checked."""
        seen = self.observe(array)
        fields = list(seen) if hasattr(seen, "__iter__") and np.shape(seen) != array.shape else [seen]
        shapes = [np.shape(field) for field in fields]
        if shapes != [array.shape] * len(self.units()):
            raise ValueError(
                "observe returns arrays of shapes %s: %d of the shape of the state, %s" % (shapes, len(self.units()), array.shape)
            )
        return [real(field) for field in fields]

    def means(self, state: np.ndarray) -> np.ndarray:
        return np.array([np.mean(field, dtype=float) for field in self.fields(state)])

    def patches(self, state: np.ndarray) -> np.ndarray:
        side, count = self.small.size, self.large.size // self.small.size
        blocks = [length for _ in range(self.dimension) for length in (count, side)]
        inner = tuple(range(1, 2 * self.dimension, 2))
        means = [np.reshape(field, blocks).mean(axis=inner, dtype=float).ravel() for field in self.fields(state)]
        return np.stack(means, axis=1)

    def window(self, patch: int, environment: str) -> Window:
        """Where a patch evolves, with all that it can see; the whole of an axis where that is as long."""
        if environment not in ("buffer", "ghost"):
            raise ValueError("environment %s of one patch: buffer, ghost" % environment)
        side, length, margin = self.small.size, self.large.size, self.buffer * (environment == "buffer")
        halo = min(margin + 2 * self.reach, (length - side) // 2)
        span = side + 2 * halo
        if span + 2 > length:
            span = length
        offsets = np.arange(span) - halo
        still = (offsets < -margin) | (offsets >= side + margin)
        frozen = np.zeros((span,) * self.dimension, bool)
        for axis in range(self.dimension):
            frozen |= still.reshape([-1 if each == axis else 1 for each in range(self.dimension)])
        corner = np.unravel_index(patch, (length // side,) * self.dimension)
        cells = np.ix_(*((side * at + offsets) % length for at in corner))
        return Window(cells, frozen, (slice(halo, halo + side),) * self.dimension, environment == "ghost")

    def evolve_patch(
        self, state: np.ndarray, patch: int, environment: str, duration: Duration, condition: Condition,
        rng: np.random.Generator, keep: bool = False,
    ) -> Evolved:
        window = self.window(patch, environment)
        before = state[window.cells]
        moving = window.frozen.size - np.count_nonzero(window.frozen)
        share = 1.0 if self.time_step > 0 else self.small.sites / moving  # of the events that are those of the patch
        longer = duration._replace(events=math.ceil(duration.events / share)) if math.isfinite(duration.events) else duration
        made = self.advanced(self.advance(before.copy(), longer, condition, rng, window.frozen), longer)
        counted: Any = Ellipsis if window.ghost else window.patch
        pairs = zip(self.fields(made.state), self.fields(before))
        change = [np.sum(a[counted], dtype=float) - np.sum(b[counted], dtype=float) for a, b in pairs]
        evolved = Evolved(np.array(change) / self.small.sites, round(made.events * share), made.time)
        if not keep:
            return evolved
        after, frozen = state.copy(), np.ones(state.shape, np.uint8)
        after[window.cells], frozen[window.cells] = made.state, window.frozen
        return evolved._replace(state=after, frozen=frozen)

    def relax(self, state: np.ndarray, condition: Condition, rng: np.random.Generator) -> np.ndarray:
        """Seams of tiles side by side, by `advance`; copies of one tile have none."""
        side, size = self.small.size, self.large.size
        first = state[(slice(side),) * self.dimension]
        if np.array_equal(state, np.tile(first, (size // side,) * self.dimension)):
            return state
        place = np.arange(size) % side
        inside = (place >= self.buffer) & (place < side - self.buffer)
        frozen = np.ones(state.shape, bool)
        for axis in range(self.dimension):
            frozen &= inside.reshape([-1 if each == axis else 1 for each in range(self.dimension)])
        time = self.seam_steps * self.time_step or self.seam_time
        duration = Duration(time=time, time_step=self.time_step)
        return self.advanced(self.advance(state, duration, condition, rng, frozen), duration).state
