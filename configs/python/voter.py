"""Noisy voters on a square lattice: who is asked chooses freely with the probability `noise`, else copies a neighbour."""
import numpy as np

import latticelift


class Voters(latticelift.GridSystem):
    name = "noisy voters on a square lattice"
    observables = ["opinion", "disagreement"]
    state_name = "opinion"
    axes = ["row", "column"]
    time_step = 0.25  # of the voters are asked in each step
    parameters = {"large_start": 0.8}

    def initial(self, extent, condition, rng):
        share = rng.random() if extent.name == "small" else self.parameters["large_start"]
        return (rng.random(extent.shape) < share).astype(np.int8)

    def advance(self, opinions, duration, condition, rng, frozen=None):
        shape = opinions.shape
        for _ in range(duration.steps):
            asked = rng.random(shape) < self.time_step
            if frozen is not None:
                asked &= ~frozen
            neighbours = [np.roll(opinions, shift, axis) for shift in (1, -1) for axis in (0, 1)]
            heard = np.choose(rng.integers(4, size=shape), neighbours)
            free = rng.random(shape) < condition["noise"]
            said = np.where(free, rng.integers(2, size=shape), heard)
            opinions = np.where(asked, said, opinions).astype(np.int8)
        return opinions

    def observe(self, opinions):
        differ = [(opinions != np.roll(opinions, 1, axis)) / 2 for axis in (0, 1)]
        return opinions, differ[0] + differ[1]


latticelift.serve(Voters)
