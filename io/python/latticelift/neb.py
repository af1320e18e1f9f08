"""Barriers of vacancy hops from folders of NEB calculations: a table for `latticelift barrier collect`.

`python3 -m latticelift.neb FOLDER... --out hops.csv` is the same from a shell.
"""
from __future__ import annotations

import argparse
import csv
import itertools
import os
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Union

import numpy as np

BASIS = {"bcc": 2, "fcc": 4}
HOPS = {"bcc": 3, "fcc": 2}
TOLERANCE = 0.3
MOST_OFF = 0.1
COLUMNS = ("structure", "atom", "barrier_eV", "reverse_eV", "category", "source")

_ENERGY = re.compile(r"energy\(sigma->0\)\s*=\s*(\S+)")
_ENDED = "General timing and accounting"
_IMAGE = re.compile(r"\d\d+")


class Broken(ValueError):
    """A calculation that gives no row, with the file and the reason."""


class Hop(NamedTuple):
    """One path: its first state on ideal sites, the atom that moves (from 1), and both barriers in eV."""

    source: str
    symbols: List[str]
    cell: np.ndarray
    scaled: np.ndarray
    atom: int
    barrier: float
    reverse: float


def _ase_read() -> Any:
    try:
        from ase.io import read
    except ImportError:
        raise SystemExit("ASE is not installed, which reads the structures: install python3-ase, or pip install ase") from None
    return read


def _images(folder: Path) -> List[Path]:
    """Folders 00, 01 ... of one path, in order."""
    return sorted(p for p in folder.iterdir() if p.is_dir() and _IMAGE.fullmatch(p.name))


def _paths(given: Iterable[Union[str, os.PathLike[str]]]) -> Iterator[Path]:
    """Every path at or below what was given: folders with images in them, and files. What is neither is left as it is."""
    for name in given:
        top = Path(name)
        below = [] if not top.is_dir() else [Path(d) for d, _, _ in sorted(os.walk(top)) if _images(Path(d))]
        yield from below or [top]


def _listed(file: Path, images: Sequence[Path]) -> List[float]:
    """Energies of a CSV with the columns image and energy_eV, also of images between the ends that have no folder."""
    with open(file, newline="", encoding="utf-8") as rows:
        try:
            found = {row["image"].strip(): float(row["energy_eV"]) for row in csv.DictReader(rows)}
        except (KeyError, TypeError, ValueError, AttributeError) as e:
            raise Broken("%s: the columns image and energy_eV with a number in each row are expected (%s)" % (file, e)) from e
    missing = [image.name for image in images if image.name not in found]
    if missing:
        raise Broken("%s: no row for image %s" % (file, ", ".join(missing)))
    names = sorted(found)
    if (names[0], names[-1]) != (images[0].name, images[-1].name):
        raise Broken("%s: its images are %s to %s, the folders %s to %s"
                     % (file, names[0], names[-1], images[0].name, images[-1].name))
    return [found[name] for name in names]


def _of_outcar(image: Path) -> float:
    """The last energy of an OUTCAR, for an electronic temperature of zero."""
    file = image / "OUTCAR"
    if not file.is_file():
        raise Broken("%s: not there; energies may stand in %s" % (file, image.parent / "energies.csv"))
    text = file.read_text(encoding="utf-8", errors="replace")
    energies = _ENERGY.findall(text)
    if not energies or _ENDED not in text:
        raise Broken("%s: the calculation has not ended" % file)
    try:
        return float(energies[-1])
    except ValueError:
        raise Broken("%s: the last energy is %s, no number" % (file, energies[-1])) from None


def _structure(image: Path) -> Any:
    """The atoms of an end of a path; relaxed where the calculation has written that."""
    for name in ("CONTCAR", "POSCAR"):
        file = image / name
        if file.is_file() and file.stat().st_size:
            return _read(file, format="vasp")
    raise Broken("%s: neither CONTCAR nor POSCAR" % image)


def _read(file: Path, **options: Any) -> Any:
    read = _ase_read()
    try:
        return read(str(file), **options)
    except Exception as e:  # ASE raises errors of every kind for broken files
        raise Broken("%s: ASE cannot read it (%s)" % (file, " ".join(str(e).split()) or type(e).__name__)) from e


def _calculated(path: Path) -> Tuple[Any, Any, List[float]]:
    """First and last state of a path, and the energies of all its images in eV."""
    if path.is_dir():
        images = _images(path)
        if not images:
            raise Broken("%s: no folders 00, 01 ... with the images of a path" % path)
        listed = path / "energies.csv"
        energies = _listed(listed, images) if listed.is_file() else [_of_outcar(image) for image in images]
        return _structure(images[0]), _structure(images[-1]), energies
    if not path.is_file():
        raise Broken("%s: no such file or folder" % path)
    states = _read(path, index=":")
    try:
        energies = [float(state.get_potential_energy()) for state in states]
    except Exception as e:
        raise Broken("%s: an image has no energy" % path) from e
    return states[0], states[-1], energies


class _Lattice:
    """The sites of a bcc or fcc crystal along the axes of a cell, counted in halves of the lattice constant."""

    def __init__(self, atoms: Any, crystal: str, constant: Optional[float], where: str):
        self.crystal = crystal
        self.cell = np.asarray(atoms.cell[:], float)
        self.lengths = np.linalg.norm(self.cell, axis=1)
        volume = abs(float(np.linalg.det(self.cell)))
        cosines = (self.cell @ self.cell.T) / np.outer(self.lengths, self.lengths) if volume > 0 else np.ones((3, 3))
        if np.abs(cosines - np.eye(3)).max() > 0.05:
            raise Broken("%s: the cell is not at right angles, along the axes of the crystal" % where)
        guess = (volume * BASIS[crystal] / (len(atoms) + 1)) ** (1 / 3)
        constant = constant or guess
        self.cells = np.maximum(1, np.rint(self.lengths / constant)).astype(int)
        if np.abs(self.lengths / self.cells / constant - 1).max() > MOST_OFF:
            raise Broken("%s: lengths of the cell, %s A, are no multiples of the lattice constant of %s, %.3f A"
                         % (where, ", ".join("%.2f" % x for x in self.lengths), crystal, constant))
        sites = int(self.cells.prod()) * BASIS[crystal]
        if self.cells.min() < 2 or sites <= len(atoms):
            raise Broken("%s: %d atoms in %s cells of %s (%d sites) leave no vacancy; is the lattice constant %.3f A?"
                         % (where, len(atoms), " x ".join(map(str, self.cells)), crystal, sites, constant))
        self.shift = self._origin(self._halves(atoms))

    def _halves(self, atoms: Any) -> np.ndarray:
        return np.asarray(atoms.get_scaled_positions(wrap=False), float) * 2 * self.cells

    def _origin(self, halves: np.ndarray) -> np.ndarray:
        """What to take off, so that most atoms lie near sites: planes of atoms are half a constant apart."""
        angles = np.exp(2j * np.pi * halves).mean(axis=0)
        planes = np.angle(angles) / (2 * np.pi)
        offsets = [planes + np.array(parity) for parity in itertools.product((0, 1), repeat=3)]
        return min(offsets, key=lambda o: float(np.square(halves - o - self._nearest(halves - o)).sum()))

    def _nearest(self, halves: np.ndarray) -> np.ndarray:
        """The nearest sites: all three numbers even or all odd (bcc), or their sum even (fcc)."""
        if self.crystal == "bcc":
            even = 2 * np.rint(halves / 2)
            odd = 2 * np.rint((halves - 1) / 2) + 1
            nearer = np.square(halves - even).sum(axis=1) <= np.square(halves - odd).sum(axis=1)
            return np.where(nearer[:, None], even, odd)
        site = np.rint(halves)
        wrong = np.flatnonzero(site.sum(axis=1) % 2)
        worst = np.abs(halves - site)[wrong].argmax(axis=1)
        off = halves[wrong, worst] - site[wrong, worst]
        site[wrong, worst] += np.where(off >= 0, 1, -1)
        return site

    def sites(self, atoms: Any, tolerance: float, where: str) -> np.ndarray:
        """The site of each atom, wrapped into the cell."""
        halves = self._halves(atoms) - self.shift
        site = self._nearest(halves)
        off = np.linalg.norm(halves - site, axis=1) / 2
        if off.max() > tolerance:
            raise Broken("%s: atom %d is %.2f lattice constants from the nearest site" % (where, off.argmax() + 1, off.max()))
        wrapped = np.mod(site, 2 * self.cells).astype(int)
        taken: Dict[Tuple[int, ...], int] = {}
        for atom, place in enumerate(map(tuple, wrapped)):
            if place in taken:
                raise Broken("%s: atoms %d and %d are nearest to the same site" % (where, taken[place] + 1, atom + 1))
            taken[place] = atom
        return wrapped

    def hop(self, before: np.ndarray, after: np.ndarray, where: str) -> int:
        """The index of the one atom that changes its site, to one of its nearest neighbours."""
        moved = np.flatnonzero((before != after).any(axis=1))
        if len(moved) != 1:
            which = "no atom changes its site" if not len(moved) else "%d atoms change their sites: %s" % (
                len(moved), ", ".join(str(m + 1) for m in moved[:6]))
            raise Broken("%s: %s between the first and the last image" % (where, which))
        atom = int(moved[0])
        way = np.abs(after[atom] - before[atom])
        way = np.minimum(way, 2 * self.cells - way)
        if way.max() != 1 or way.sum() != HOPS[self.crystal]:
            raise Broken("%s: atom %d goes to a site that is no nearest neighbour" % (where, atom + 1))
        return atom


def read_hop(
    path: Union[str, os.PathLike[str]],
    *,
    crystal: str = "bcc",
    lattice_constant: Optional[float] = None,
    tolerance: float = TOLERANCE,
) -> Hop:
    """The hop of one path: a folder with images 00, 01 ... of VASP, or a trajectory that ASE reads.

    Atoms are put on the nearest sites of the crystal, by minimum images, so they may be relaxed, wrapped, and shifted as a whole.
    `lattice_constant` in Å follows from volume and number of atoms if there is one vacancy. Broken if it is no vacancy hop.
    """
    where = str(path)
    first, last, energies = _calculated(Path(path))
    if len(energies) < 3:
        raise Broken("%s: %d images; at least one between the ends is needed" % (where, len(energies)))
    if first.get_chemical_symbols() != last.get_chemical_symbols():
        raise Broken("%s: the first and the last image list other atoms" % where)
    if not np.isfinite(energies).all():
        raise Broken("%s: an energy is no finite number" % where)
    lattice = _Lattice(first, crystal, lattice_constant, where)
    before = lattice.sites(first, tolerance, where + ", first image")
    atom = lattice.hop(before, lattice.sites(last, tolerance, where + ", last image"), where)
    top = max(energies)
    if top <= max(energies[0], energies[-1]):
        raise Broken("%s: no image is above both ends, so there is no barrier" % where)
    return Hop(where, first.get_chemical_symbols(), lattice.cell, before / (2 * lattice.cells), atom + 1,
               top - energies[0], top - energies[-1])


def _write_structure(hop: Hop, file: Path) -> None:
    positions = hop.scaled @ hop.cell
    with open(file, "w", encoding="utf-8") as out:
        out.write("%d\nLattice=\"%s\" Properties=species:S:1:pos:R:3 pbc=\"T T T\"\n" % (
            len(hop.symbols), " ".join("%.10g" % x for x in hop.cell.ravel())))
        for symbol, (x, y, z) in zip(hop.symbols, positions):
            out.write("%s %.8f %.8f %.8f\n" % (symbol, x, y, z))


def collect_hops(
    paths: Iterable[Union[str, os.PathLike[str]]],
    out: Union[str, os.PathLike[str]],
    *,
    crystal: str = "bcc",
    lattice_constant: Optional[float] = None,
    tolerance: float = TOLERANCE,
    category: str = "all",
    overwrite: bool = False,
) -> Tuple[int, List[str]]:
    """Writes a row for each path to the CSV `out`, and its first state to the folder beside it.

    The folder has the name of the CSV without its end, and `-structures`. Returns the number of rows and, of paths that give none,
    the reasons.
    """
    table = Path(out)
    folder = table.with_name(table.stem + "-structures")
    if (table.exists() or folder.exists()) and not overwrite:
        raise FileExistsError("%s or %s exists: overwrite replaces them" % (table, folder))
    hops: List[Hop] = []
    broken: List[str] = []
    for path in _paths(paths):
        try:
            hops.append(read_hop(path, crystal=crystal, lattice_constant=lattice_constant, tolerance=tolerance))
        except Broken as e:
            broken.append(str(e))
    if not hops:
        return 0, broken
    folder.mkdir(exist_ok=True)
    beside = table.with_name(table.name + ".part")
    with open(beside, "w", newline="", encoding="utf-8") as rows:
        writer = csv.writer(rows, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, hop in enumerate(hops, 1):
            name = "%s/%05d.xyz" % (folder.name, number)
            _write_structure(hop, table.parent / name)
            writer.writerow((name, hop.atom, "%.6f" % hop.barrier, "%.6f" % hop.reverse, category, hop.source))
    os.replace(beside, table)
    return len(hops), broken


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m latticelift.neb", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", metavar="FOLDER", nargs="+",
                        help="a folder with images 00, 01 ... of VASP, one above many such, or a trajectory that ASE reads")
    parser.add_argument("--out", required=True, metavar="HOPS.csv", help="the table to make; structures go to a folder beside it")
    parser.add_argument("--crystal", choices=sorted(BASIS), default="bcc", help="default %(default)s")
    parser.add_argument("--lattice-constant", type=float, metavar="A", help="in Å; default: from volume and number of atoms")
    parser.add_argument("--tolerance", type=float, default=TOLERANCE,
                        help="how far atoms may be from their sites, in lattice constants; default %(default)s")
    parser.add_argument("--category", default="all", help="errors are later stated by category; default %(default)s")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing table")
    given = parser.parse_args()
    try:
        count, broken = collect_hops(
            given.paths, given.out, crystal=given.crystal, lattice_constant=given.lattice_constant,
            tolerance=given.tolerance, category=given.category, overwrite=given.overwrite)
    except (Broken, OSError) as e:
        parser.exit(1, "%s\n" % e)
    for reason in broken:
        print(reason, file=sys.stderr)
    if not count:
        parser.exit(1, "no hop was found, so %s was not written\n" % given.out)
    print("%d hops of %d paths: %s" % (count, count + len(broken), given.out))


if __name__ == "__main__":
    _main()
