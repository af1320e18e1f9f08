"""A mixture on a simple cubic lattice, simulated by LAMMPS (Debian: python3-lammps): two kinds of atoms change places."""
import lammps
import numpy as np

import latticelift

SETUP = """
units lj
atom_modify map array sort 0 0.0
lattice sc 1.0
region box block 0 {n} 0 {n} 0 {n}
create_box 2 box
create_atoms 1 box
mass * 1.0
pair_style lj/cut 1.1
pair_coeff 1 1 0.0 0.891
pair_coeff 2 2 0.0 0.891
pair_coeff 1 2 {attraction} 0.891
neighbor 0.2 bin
thermo_modify lost ignore
"""


class Mixture(latticelift.System):
    name = "mixture on a cubic lattice, swaps of atoms by LAMMPS"
    observables = ["unlike_neighbours"]
    state_name = "kind"
    axes = ["x", "y", "z"]
    time_step = 1.0  # an eighth of the atoms try a swap
    parameters = {"attraction": 1.0}

    def shape(self, size):
        return (size, size, size)

    def setup(self, small, large, parameters):
        super().setup(small, large, parameters)
        self.boxes = {}
        for n in small, large:
            box = lammps.lammps(cmdargs=["-screen", "none", "-log", "none"])
            box.commands_string(SETUP.format(n=n, **self.parameters))
            order = np.lexsort(np.rint(box.numpy.extract_atom("x")).T[::-1])  # of the atoms, by x, then y, then z
            self.boxes[n] = box, order

    def initial(self, extent, condition, rng):
        kinds = np.repeat([1, 2], extent.sites // 2)
        return rng.permutation(kinds).reshape(extent.shape).astype(np.int8)

    def advance(self, kinds, duration, condition, rng):
        box, order = self.boxes[len(kinds)]
        box.numpy.extract_atom("type")[order] = kinds.ravel()
        swaps = "fix swaps all atom/swap 1 %d %d %r ke no types 1 2"
        box.command(swaps % (kinds.size // 8, rng.integers(1, 2**31 - 1), condition["temperature"]))
        box.command("run %d post no" % duration.steps)
        box.command("unfix swaps")
        return box.numpy.extract_atom("type")[order].reshape(kinds.shape).astype(np.int8)

    def observe(self, kinds):
        return sum(np.mean(kinds != np.roll(kinds, 1, axis)) for axis in range(3)) / 3


if __name__ == "__main__":
    latticelift.serve(Mixture)
