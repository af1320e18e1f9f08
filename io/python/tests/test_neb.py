"""Hops from folders of NEB calculations: two small ones beside this file, made by hand, and what is wrong with others."""
import contextlib
import csv
import io
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from latticelift import neb

try:
    import ase
    import ase.io
    from ase.calculators.singlepoint import SinglePointCalculator
except ImportError:
    ase = None


@unittest.skipIf(ase is None, "python3-ase is not installed")
class NebTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.bcc = self.folder / "a path of 'Mo'"
        shutil.copytree(HERE / "neb/bcc", self.bcc)

    def broken(self, reason, **options):
        with self.assertRaisesRegex(neb.Broken, reason):
            neb.read_hop(self.bcc, **options)

    def last(self, change):
        """Changes the last image."""
        file = self.bcc / "04/CONTCAR"
        atoms = ase.io.read(str(file), format="vasp")
        atoms = change(atoms) or atoms
        ase.io.write(str(file), atoms, format="vasp", direct=True)

    def test_vasp_bcc(self):
        """A tungsten atom goes from (3, 3, 3) to (0, 0, 0), in halves of the lattice constant, through the wall of the cell."""
        hop = neb.read_hop(self.bcc)
        self.assertEqual((hop.atom, hop.symbols[hop.atom - 1]), (15, "W"))
        self.assertAlmostEqual(hop.barrier, 1.7)
        self.assertAlmostEqual(hop.reverse, 1.45)
        halves = hop.scaled * 4
        self.assertEqual(len({tuple(site) for site in halves}), 15)
        np.testing.assert_array_equal(halves, np.rint(halves))
        empty = {(x, y, z) for x in range(4) for y in range(4) for z in range(4) if x % 2 == y % 2 == z % 2} - {
            tuple(site) for site in halves}
        way = np.abs(halves[14] - empty.pop())
        np.testing.assert_array_equal(np.minimum(way, 4 - way), 1)

    def test_energies_in_a_table_fcc(self):
        """The middle image has no folder."""
        hop = neb.read_hop(HERE / "neb/fcc", crystal="fcc", lattice_constant=3.55)
        self.assertEqual((hop.atom, hop.symbols[hop.atom - 1]), (11, "Ni"))
        self.assertAlmostEqual(hop.barrier, 1.1)
        self.assertAlmostEqual(hop.reverse, 1.2)

    def test_a_trajectory_of_ase_gives_the_same(self):
        states = []
        for image, energy in enumerate((-150.0, -148.3, -149.75)):
            atoms = ase.io.read(str(self.bcc / ("04" if image == 2 else "00") / "CONTCAR"), format="vasp")
            atoms.calc = SinglePointCalculator(atoms, energy=energy)
            states.append(atoms)
        ase.io.write(str(self.folder / "path.traj"), states)
        one, other = neb.read_hop(self.folder / "path.traj"), neb.read_hop(self.bcc)
        self.assertEqual((one.atom, one.symbols), (other.atom, other.symbols))
        np.testing.assert_array_equal(one.scaled, other.scaled)
        self.assertAlmostEqual(one.barrier, other.barrier)

    def test_what_is_no_hop_is_said(self):
        self.last(lambda atoms: ase.io.read(str(self.bcc / "00/CONTCAR"), format="vasp"))
        self.broken("no atom changes its site")

        def exchange(atoms):
            atoms.positions[[3, 14]] = atoms.positions[[14, 3]]

        shutil.copy(HERE / "neb/bcc/04/CONTCAR", self.bcc / "04/CONTCAR")
        self.last(exchange)
        self.broken("2 atoms change their sites: 4, 15")

    def test_a_jump_to_a_second_neighbour_is_none(self):
        hop = neb.read_hop(self.bcc)
        vacancy = (hop.scaled[14] * 4 + 1) % 4
        halves = np.rint(hop.scaled * 4)
        ways = (vacancy - halves + 2) % 4 - 2
        second = int(np.flatnonzero(np.abs(ways).sum(axis=1) == 2)[0])
        atoms = ase.io.read(str(self.bcc / "00/CONTCAR"), format="vasp")
        atoms.positions[second] += ways[second] * 1.58
        self.last(lambda _: atoms)
        self.broken("atom %d goes to a site that is no nearest neighbour" % (second + 1))

    def test_unfinished_and_missing_calculations_are_named(self):
        (self.bcc / "02/OUTCAR").write_text("energy(sigma->0) =     -148.3\n")
        self.broken("02/OUTCAR: the calculation has not ended")
        (self.bcc / "02/OUTCAR").unlink()
        self.broken("02/OUTCAR: not there")
        (self.bcc / "energies.csv").write_text("image,energy_eV\n00,1\n01,2\n02,3\n04,1\n")
        self.broken("no row for image 03")
        (self.bcc / "energies.csv").write_text("image,energy_eV\n00,1\n01,2\n02,3\n03,2\n04,1\n05,1\n")
        self.broken("its images are 00 to 05, the folders 00 to 04")
        (self.bcc / "energies.csv").write_text("image,energy_eV\n00,1\n01,2\n02,3\n03,4\n04,5\n")
        self.broken("no image is above both ends")

    def test_another_crystal_is_noticed(self):
        self.broken("no multiples of the lattice constant of bcc, 4.000 A", lattice_constant=4.0)
        self.broken("no multiples of the lattice constant of fcc", crystal="fcc")
        self.broken("leave no vacancy", lattice_constant=6.32)
        self.broken("atom 4 is 0.14 lattice", tolerance=0.1)

    def test_a_folder_above_gives_all_but_the_broken_one(self):
        broken = self.folder / "unfinished"
        shutil.copytree(self.bcc, broken)
        (broken / "03/OUTCAR").write_text("")
        out = self.folder / "hops.csv"
        said, wrong = io.StringIO(), io.StringIO()
        words = ["neb", str(self.folder), str(self.folder / "nowhere"), "--out", str(out), "--category", "dilute"]
        with mock.patch.object(sys, "argv", words), contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
            neb._main()
        self.assertIn("1 hops of 3 paths", said.getvalue())
        self.assertEqual([line.split(": ")[0] for line in wrong.getvalue().splitlines()],
                         [str(broken / "03/OUTCAR"), str(self.folder / "nowhere")])
        with open(out, newline="") as rows:
            (row,) = csv.DictReader(rows)
        self.assertEqual(row["source"], str(self.bcc))
        self.assertEqual((row["atom"], row["barrier_eV"], row["reverse_eV"], row["category"]), ("15", "1.700000", "1.450000", "dilute"))
        atoms = ase.io.read(str(self.folder / row["structure"]))
        self.assertEqual(atoms.get_chemical_symbols(), neb.read_hop(self.bcc).symbols)
        with self.assertRaises(FileExistsError):
            neb.collect_hops([self.bcc], out)

    def test_without_ase_one_line_says_so(self):
        with mock.patch.dict(sys.modules, {"ase.io": None}), self.assertRaisesRegex(SystemExit, "ASE is not installed"):
            neb.read_hop(self.bcc)


if __name__ == "__main__":
    unittest.main()
