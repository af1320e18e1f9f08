"""300 noisy barriers for bcc Mo-W, in which unlike neighbours attract each other: table.h5, from sites.csv.

Use: ./latticelift barrier environment --csv > sites.csv; python3 configs/barriers/mow.py (docs/how-to/own-barriers.md; needs
python3-h5py). Put your barriers in place of the formula.
"""

import csv
import h5py
import numpy

with open("sites.csv") as file:
    sites = list(csv.DictReader(file))
half = [tuple(round(2 * float(site[axis])) for axis in ("x_cell", "y_cell", "z_cell")) for site in sites]
number = {position: n for n, position in enumerate(half)}              # position in half cells -> site
hops = [n for _, n in sorted((int(site["hop"]), n) for n, site in enumerate(sites) if site["hop"])]
shell = [half[n] for n in hops]                                        # the eight nearest neighbours

random = numpy.random.default_rng(1)
share = random.uniform(0.2, 0.8, (300, 1))                             # many compositions
environment = (1 + (random.random((300, len(sites))) < share)).astype("u1")     # 1 Mo, 2 W
activation = numpy.array([0, 1.5, 1.8])                                # eV, by species of the jumping atom
energy = numpy.array([[0, 0, 0], [0, 0, -0.05], [0, -0.05, 0]])        # eV of a bond: unlike neighbours attract

noise = 0.02                                                           # eV, of a calculation

barrier = numpy.full((len(environment), 8), numpy.nan, "f4")           # NaN: not calculated
calculated = random.integers(0, 8, len(environment))                   # one hop of each structure
for k, target in enumerate(shell):                                     # the atom at `target` jumps into the vacancy
    atom = environment[:, hops[k]]
    before = [number[p] for p in (tuple(numpy.add(target, s)) for s in shell) if p != (0, 0, 0)]
    after = [n for n in hops if n != hops[k]]
    change = sum(energy[atom, environment[:, n]] for n in after) - sum(energy[atom, environment[:, n]] for n in before)
    exact = activation[atom] + change / 2
    own = calculated == k
    barrier[own, k] = (exact + noise * random.standard_normal(len(exact)))[own]

with h5py.File("table.h5", "w") as file:
    file["environment"] = environment
    file["barrier"] = barrier
    file.attrs["species_names"] = ["Mo", "W"]
