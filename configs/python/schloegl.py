"""Schloegl's second model on a line of cells: A + 2 X <-> 3 X, B <-> X, and hops of X to the cells beside."""
import numpy as np

import latticelift


class Schloegl(latticelift.GridSystem):
    name = "Schloegl model on a line"
    observables = ["density"]  # x, the particles of a cell over its volume
    dtype = "int32"
    state_name = "particles"
    axes = ["cell"]
    dimension = 1
    time_step = 0.04
    parameters = {"volume": 50.0, "hops": 1.0, "restoring": 0.2, "large_start": 0.3}

    def initial(self, extent, condition, rng):
        x = rng.uniform(0.2, 2.0) if extent.name == "small" else self.parameters["large_start"]
        return rng.poisson(self.parameters["volume"] * x, extent.shape).astype(np.int32)

    def advance(self, cells, duration, condition, rng, frozen=None):
        volume, hops, r = (self.parameters[name] for name in ("volume", "hops", "restoring"))
        for _ in range(duration.steps):  # dx/dt = feed - r (x - 1) - (x - 1)^3, and diffusion
            x = cells / volume
            born = rng.poisson(volume * (1 + r + condition["feed"] + 3 * x**2) * self.time_step)
            rate = 3 + r + x**2
            leave = rng.binomial(cells, np.minimum(1, (rate + 2 * hops) * self.time_step))
            hop = rng.binomial(leave, 2 * hops / (rate + 2 * hops))
            left = rng.binomial(hop, 0.5)
            moved = cells + born - leave + np.roll(left, -1) + np.roll(hop - left, 1)
            cells = (moved if frozen is None else np.where(frozen, cells, moved)).astype(np.int32)
        return cells

    def observe(self, cells):
        return cells / self.parameters["volume"]


latticelift.serve(Schloegl)
