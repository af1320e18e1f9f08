"""150 random Cu-Ni cells of fcc with one vacancy, and cuni.csv with a barrier for each hop, here by a formula.

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
activation = {"Cu": 0.7, "Ni": 1.1}                                    # eV, by species of the jumping atom

def beside(site, step):
    return tuple((s + d) % cells for s, d in zip(site, step))

os.makedirs("cuni", exist_ok=True)
with open("cuni.csv", "w") as file:
    rows = csv.writer(file)
    rows.writerow(["structure", "atom", "barrier_eV"])
    for number in range(150):
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
        for step in shell:
            atom = beside(vacancy, step)
            nickel = sum(kind.get(beside(atom, s)) == "Ni" for s in shell)
            rows.writerow([name, order.index(atom) + 1, round(activation[kind[atom]] + 0.02 * nickel, 4)])
