"""100 random Cu-Ni cells of fcc with one vacancy, and cuni.csv with three noisy barriers of each, here by a formula.

Use: python3 configs/barriers/cuni.py (docs/how-to/own-barriers.md). Put your calculations in place of the formula.
"""

import csv
import os
import random

draw = random.Random(1)
cells, constant = 4, 3.55                                              # along each axis; Å
basis = [(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)]
sites = [(x + u, y + v, z + w) for x in range(cells) for y in range(cells) for z in range(cells) for u, v, w in basis]
shell = [(a, b, c) for a in (-0.5, 0, 0.5) for b in (-0.5, 0, 0.5) for c in (-0.5, 0, 0.5) if abs(a) + abs(b) + abs(c) == 1]
activation = {"Cu": 0.7, "Ni": 0.9}                                    # eV, by species of the jumping atom
energy = {"Cu": {"Cu": 0, "Ni": -0.02}, "Ni": {"Cu": -0.02, "Ni": 0}}  # eV of a bond: unlike neighbours attract
noise = 0.02                                                           # eV, of a calculation

def beside(site, step):
    return tuple((s + d) % cells for s, d in zip(site, step))

os.makedirs("cuni", exist_ok=True)
with open("cuni.csv", "w") as file:
    rows = csv.writer(file)
    rows.writerow(["structure", "atom", "barrier_eV"])
    for number in range(100):
        vacancy = draw.choice(sites)
        share = draw.uniform(0.2, 0.8)                                 # many compositions
        kind = {site: "Ni" if draw.random() < share else "Cu" for site in sites if site != vacancy}
        order = sorted(kind, key=lambda site: kind[site])              # POSCAR has species after species
        name = f"cuni/POSCAR-{number}"
        with open(name, "w") as poscar:
            edge = cells * constant
            poscar.write(f"cell {number}\n1\n{edge} 0 0\n0 {edge} 0\n0 0 {edge}\nCu Ni\n")
            poscar.write(f"{list(kind.values()).count('Cu')} {list(kind.values()).count('Ni')}\nDirect\n")
            poscar.writelines(" ".join(str(s / cells) for s in site) + "\n" for site in order)
        for step in draw.sample(shell, 3):
            atom = beside(vacancy, step)
            after = [kind[site] for site in (beside(vacancy, s) for s in shell) if site != atom]
            before = [kind[site] for site in (beside(atom, s) for s in shell) if site != vacancy]
            change = sum(energy[kind[atom]][k] for k in after) - sum(energy[kind[atom]][k] for k in before)
            barrier = activation[kind[atom]] + change / 2 + draw.gauss(0, noise)
            rows.writerow([name, order.index(atom) + 1, round(barrier, 4)])
