"""A lattice gas whose particles attract each other and are driven along the rows: exchanges of neighbours (Kawasaki)."""
import numpy as np

import latticelift


class LatticeGas(latticelift.GridSystem):
    name = "driven lattice gas, exchanges of neighbours"
    observables = ["pairs_along", "pairs_across"]
    time_step = 1 / 16  # the share of the bonds that are tried in a step
    reach = 2
    seam_steps = 160
    parameters = {"field": 1.0, "filling": 0.5}

    def initial(self, extent, condition, rng):
        gas = np.arange(extent.sites) < self.parameters["filling"] * extent.sites
        return rng.permutation(gas).reshape(extent.shape).astype(np.int8)

    def advance(self, gas, duration, condition, rng, frozen=None):
        still = np.zeros(gas.shape, bool) if frozen is None else frozen
        for _ in range(duration.steps):
            along = rng.integers(2)  # bonds that lie along the field, or across; none of a step is another's neighbour
            sites, stuck = (gas, still) if along else (gas.T, still.T)
            rows = np.arange(rng.integers(2), sites.shape[0], 2)
            columns = np.arange(rng.integers(4), sites.shape[1], 4)
            at = lambda down, right: np.ix_((rows + down) % sites.shape[0], (columns + right) % sites.shape[1])
            a, b = sites[at(0, 0)], sites[at(0, 1)]
            beside_a = sites[at(1, 0)] + sites[at(-1, 0)] + sites[at(0, -1)]
            beside_b = sites[at(1, 1)] + sites[at(-1, 1)] + sites[at(0, 2)]
            gain = (a - b) * (beside_b - beside_a + along * self.parameters["field"])
            swap = rng.random(gain.shape) < 1 / (1 + np.exp(-gain / condition["temperature"]))
            swap &= ~(stuck[at(0, 0)] | stuck[at(0, 1)])
            sites[at(0, 0)], sites[at(0, 1)] = np.where(swap, b, a), np.where(swap, a, b)
        return gas

    def observe(self, gas):
        return gas * np.roll(gas, 1, axis=1), gas * np.roll(gas, 1, axis=0)


latticelift.serve(LatticeGas)
