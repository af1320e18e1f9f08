"""The Ising model in a field, heat bath on one sublattice after the other; a step is a sweep."""
import numpy as np

import latticelift


class Ising(latticelift.GridSystem):
    name = "Ising model, heat bath in sweeps"
    observables = ["magnetisation", "wall_density"]
    state_name = "spin"
    axes = ["row", "column"]
    time_step = 1.0
    parameters = {"field": 0.1, "large_start": -0.75}

    def initial(self, extent, condition, rng):
        m = rng.uniform(-1, 1) if extent.name == "small" else self.parameters["large_start"]
        return np.where(rng.random(extent.shape) < (1 + m) / 2, 1, -1).astype(np.int8)

    def advance(self, spins, duration, condition, rng, frozen=None):
        black = np.indices(spins.shape).sum(axis=0) % 2 == 0
        sublattices = [black, ~black] if frozen is None else [black & ~frozen, ~black & ~frozen]
        for _ in range(duration.steps):
            for sublattice in sublattices:
                around = sum(np.roll(spins, shift, axis) for shift in (1, -1) for axis in (0, 1))
                up = 1 / (1 + np.exp(-2 * (around + self.parameters["field"]) / condition["temperature"]))
                drawn = np.where(rng.random(spins.shape) < up, 1, -1)
                spins[sublattice] = drawn[sublattice]
        return spins

    def observe(self, spins):
        walls = [(spins != np.roll(spins, 1, axis)) / 2 for axis in (0, 1)]
        return spins, walls[0] + walls[1]


latticelift.serve(Ising)
