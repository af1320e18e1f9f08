package org.latticelift.io.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.atoms.AtomFrame.LabelledAtoms;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.io.testing.Failures;

/** POSCAR, CIF, LAMMPS data and VTKHDF, against ASE and what LAMMPS, VASP and VTK document. */
class ForeignAtomFilesTest {
  private static final List<String> NAMES = List.of("Nb", "Mo", "Ta");

  /** Five atoms of a cell with a tilt; ASE writes and reads it in each format. */
  private static final String ASE =
      """
      import sys
      import numpy as np
      from ase import Atoms
      from ase.io import read, write
      names = ["Mo", "Nb", "Mo", "Ta", "Nb"]
      cell = [[6.5, 0, 0], [1.0, 3.25, 0], [0.5, 0.25, 9.75]]
      fractions = np.array([[0, 0, 0], [.25, .5, .5], [.5, 0, .125], [.75, .5, .25], [.9, .1, .3]])
      atoms = Atoms(names, scaled_positions=fractions, cell=cell, pbc=True)
      """;

  @TempDir private Path folder;

  private static AtomFrame frame() {
    double[] cell = {6.5, 0, 0, 1.0, 3.25, 0, 0.5, 0.25, 9.75};
    double[] fractions = {0, 0, 0, .25, .5, .5, .5, 0, .125, .75, .5, .25, .9, .1, .3};
    double[] position = new double[fractions.length];
    for (int atom = 0; atom < 5; atom++) {
      double[] f = java.util.Arrays.copyOfRange(fractions, 3 * atom, 3 * atom + 3);
      Cells.position(cell, f, position, 3 * atom);
    }
    return new AtomFrame(cell, new int[] {2, 1, 2, 3, 1}, position, 7, NAMES);
  }

  private static final Map<String, String> ASE_FORMAT =
      Map.of("poscar", "vasp", "cif", "cif", "data", "lammps-data", "xyz", "extxyz");

  private Path ours(String ending) {
    Path file = folder.resolve("ours." + ending);
    AtomSource frame = new LabelledAtoms(frame(), Map.of("time", "1.5", "run", "3"));
    switch (ending) {
      case "poscar" -> Poscar.write(file, frame);
      case "cif" -> Cif.write(file, frame);
      case "data" -> LammpsData.write(file, frame);
      default -> ExtendedXyz.write(file, List.of(frame));
    }
    return file;
  }

  @Tag("docs")
  @ParameterizedTest
  @ValueSource(strings = {"poscar", "cif", "data", "xyz"})
  void aseReadsWhatIsWrittenHere(String ending) {
    String program =
        ASE
            + """
            got = read(sys.argv[1], format=sys.argv[2])
            key = lambda a: sorted((s, *np.round(f % 1 % 1, 6).tolist())
                                   for s, f in zip(a.get_chemical_symbols(), a.get_scaled_positions()))
            assert key(got) == key(atoms), (key(got), key(atoms))
            assert np.allclose(got.cell.cellpar(), atoms.cell.cellpar(), atol=1e-9)
            assert all(got.pbc)
            print(len(got))
            """;
    String format = ASE_FORMAT.get(ending);
    assertThat(ExternalTool.python(List.of("ase"), program, ours(ending) + "", format))
        .isEqualTo("5\n");
  }

  @Tag("docs")
  @ParameterizedTest
  @ValueSource(strings = {"poscar", "cif", "data", "xyz"})
  void whatAseWritesIsReadHere(String ending) {
    Path file = folder.resolve("ase." + ending);
    String program = ASE + "write(sys.argv[1], atoms, format=sys.argv[2], **eval(sys.argv[3]))";
    String options =
        ending.equals("data") ? "{'masses': True, 'specorder': ['Nb', 'Mo', 'Ta']}" : "{}";
    ExternalTool.python(List.of("ase"), program, file.toString(), ASE_FORMAT.get(ending), options);
    requireSame(AtomFiles.read(file, NAMES), 1e-6);
    assertThat(AtomFiles.read(file, NAMES).speciesNames()).isEqualTo(NAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"poscar", "cif", "data", "xyz"})
  void everyFormatReadsBackHere(String ending) {
    requireSame(AtomFiles.read(ours(ending), NAMES), 1e-9);
    Failures.assertFails(
        ExitCode.BAD_DATA, () -> AtomFiles.read(ours(ending), List.of("Nb", "Ta")), "'Mo'");
  }

  /** The same atoms, in whatever order and place of the cell. */
  private static void requireSame(AtomFrame got, double tolerance) {
    AtomFrame wanted = frame();
    assertThat(got.atoms()).isEqualTo(wanted.atoms());
    for (int i = 0; i < 9; i++) {
      assertThat(got.cell()[i]).isCloseTo(wanted.cell()[i], within(tolerance));
    }
    for (int atom = 0; atom < wanted.atoms(); atom++) {
      int code = wanted.type()[atom];
      double[] f = fraction(wanted, atom);
      assertThat(java.util.stream.IntStream.range(0, got.atoms()))
          .filteredOn(i -> got.type()[i] == code && near(fraction(got, i), f, tolerance))
          .hasSize(1);
    }
  }

  private static double[] fraction(AtomFrame frame, int atom) {
    double[] p = frame.position();
    return Cells.fraction(frame.cell(), p[3 * atom], p[3 * atom + 1], p[3 * atom + 2]);
  }

  private static boolean near(double[] a, double[] b, double tolerance) {
    for (int axis = 0; axis < 3; axis++) {
      double apart = a[axis] - b[axis];
      if (Math.abs(apart - Math.rint(apart)) > tolerance) {
        return false;
      }
    }
    return true;
  }

  @Test
  void poscarsOfVasp4AndWithAVolumeAreRead() throws IOException {
    Path file = folder.resolve("CONTCAR.4");
    Files.writeString(
        file,
        """
        old
        -27.0
        1 0 0
        0 1 0
        0 0 1
        1 1
        Selective dynamics
        Direct
        0 0 0 T T F
        0.5 0.5 0.5 F F F

        0.0 0.0 0.0
        """);
    AtomFrame frame = AtomFiles.read(file, NAMES);
    assertThat(frame.cell()[0]).isCloseTo(3, within(1e-12));
    assertThat(frame.type()).containsExactly(1, 2);
    assertThat(frame.position()[3]).isCloseTo(1.5, within(1e-12));
    assertThat(frame.speciesNames()).isEmpty(); // the reader has to say what it takes them for
  }

  @Test
  void dataOfOtherStylesAndAShiftedBoxAreRead() throws IOException {
    Path file = folder.resolve("full.lmp");
    Files.writeString(
        file,
        """
        LAMMPS data file

        2 atoms
        0 bonds
        2 atom types
        -1 2 xlo xhi
        -1 2 ylo yhi
        -1 2 zlo zhi

        Atom Type Labels

        1 Ta
        2 Nb

        Atoms # full

        2 1 2 0.0 0.5 0.5 0.5 0 0 0
        1 1 1 0.0 -1 -1 -1

        Velocities

        1 0 0 0
        2 0 0 0
        """);
    AtomFrame frame = AtomFiles.read(file, NAMES);
    assertThat(frame.type()).containsExactly(3, 1);
    assertThat(frame.position()).containsExactly(0, 0, 0, 1.5, 1.5, 1.5);
  }

  @Test
  void whatIsNoStructureIsRefused() throws IOException {
    refuse("a.cif", "data_x\n_cell_length_a 3\n", "no atoms");
    String cell =
        "_cell_length_a 3\n_cell_length_b 3\n_cell_length_c 3\n_cell_angle_alpha 90\n"
            + "_cell_angle_beta 90\n_cell_angle_gamma 90\n";
    String atoms =
        "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n"
            + "_atom_site_occupancy\nNb1 0 0 0 ";
    refuse("b.cif", "data_x\n" + cell + atoms + "0.5\n", "occupancy");
    String group = "_symmetry_space_group_name_H-M 'I m -3 m'\n";
    refuse("c.cif", "data_x\n" + group + cell + atoms + "1\n", "symmetry");
    refuse("d.cif", "data_x\n" + cell + "loop_\n1 2 3\n", "loop");
    refuse("e.poscar", "x\n1\n1 0 0\n0 1 0\n0 0 0\nNb\n1\nDirect\n0 0 0\n", "volume");
    refuse("f.poscar", "x\n1\n1 0 0\n0 1 0\n0 0 1\nNb\n9999999\nDirect\n0 0 0\n", "atoms");
    refuse("g.data", "x\n1 atoms\n1 atom types\n0 1 xlo xhi\n\nAtoms\n\n1 1 0 0 0\n", "box");
    refuse("h.data", "x\n9 atoms\n1 atom types\nAtoms # sphere\n", "sphere");
    refuse("i.data", "", "ends too early");
  }

  private static final String CIF_CELL =
      "_cell_length_a 3\n_cell_length_b 3\n_cell_length_c 3\n_cell_angle_alpha 90\n"
          + "_cell_angle_beta 90\n_cell_angle_gamma 90\n";
  private static final String CIF_ATOM =
      "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n"
          + "Nb1 0 0 0\n";

  /** One of the two atoms of a cell is left out in each. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "_symmetry_Int_Tables_number 229",
        "_space_group_IT_number 229",
        "_SPACE_GROUP_it_number '229'",
        "_space_group.IT_number 229",
        "_symmetry.Int_Tables_number 229",
        "_space_group_name_Hall '-I 4 2 3'",
        "_symmetry_space_group_name_Hall '-I 4 2 3'",
        "_space_group.name_H-M_alt 'I m -3 m'",
        "_space_group_name_H-M_full 'I 4/m -3 2/m'",
        "_symmetry.space_group_name_H-M 'I m -3 m'",
        "_symmetry_space_group_name_H-M ?",
        "_space_group_name_H-M_alt 'I 1'",
        "loop_ _symmetry_equiv_pos_site_id _symmetry_equiv_pos_as_xyz 1 x,y,z 2 x+1/2,y+1/2,z+1/2",
        "loop_ _space_group_symop_id _space_group_symop_operation_xyz 1 x,y,z 2 x+1/2,y+1/2,z+1/2",
        "loop_ _space_group_symop_operation_xyz _space_group_symop_id x,y,z 1 x+1/2,y+1/2,z+1/2 2",
        "loop_ _space_group_symop.id _space_group_symop.operation_xyz 1 x,y,z 2 x+1/2,y+1/2,z+1/2",
        "_symmetry_equiv_pos_as_xyz x+1/2,y+1/2,z+1/2",
        "_space_group_symop_operation_xyz -x,-y,-z",
        "loop_ _space_group.id _space_group.IT_number 1 229",
        "_space_group_name_H-M_alt 'P 1' _space_group_IT_number 229"
      })
  void atomsLeftToSymmetryAreRefused(String symmetry) throws IOException {
    String tag = symmetry.replaceAll(".*(_\\S*(xyz|[nN]umber|Hall|H-M\\S*)) .*", "$1");
    refuse("s.cif", "data_x\n" + symmetry + "\n" + CIF_CELL + CIF_ATOM, "symmetry", tag);
    refuse("t.cif", "data_x\n" + CIF_CELL + CIF_ATOM + symmetry + "\n", "symmetry", tag);
  }

  @Test
  void aMultiplicityMeansThatAtomsAreLeftOut() throws IOException {
    String atoms = CIF_ATOM.replace("Nb1 0", "_atom_site_symmetry_multiplicity\nNb1 0");
    String cif = "data_x\n" + CIF_CELL + atoms.replace("0 0 0", "0 0 0 2");
    refuse("m.cif", cif, "symmetry", "_atom_site_symmetry_multiplicity 2");
    Path whole = folder.resolve("whole.cif");
    Files.writeString(whole, cif.replace("0 0 0 2", "0 0 0 1"));
    assertThat(AtomFiles.read(whole, NAMES).atoms()).isEqualTo(1);
  }

  /** P 1 in the words of several programs, and tags without a value beside it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_symmetry_space_group_name_H-M P1 _symmetry_Int_Tables_number 1",
        "_space_group_name_H-M_alt 'p 1' _space_group_name_Hall ? _space_group_IT_number .",
        "_space_group.name_Hall 'P 1' _space_group.crystal_system triclinic",
        "loop_ _symmetry_equiv_pos_site_id _symmetry_equiv_pos_as_xyz 1 'x, y, z'",
        "loop_ _space_group_symop.operation_xyz '+X, +Y, +Z'",
        "_space_group_symop_operation_xyz x,y,z _symmetry_equiv_pos_as_xyz x,y,z"
      })
  void filesWithAllAtomsAreRead(String symmetry) throws IOException {
    Path file = folder.resolve("p1.cif");
    Files.writeString(file, "data_x\n" + symmetry + "\n" + CIF_CELL + CIF_ATOM);
    assertThat(AtomFiles.read(file, NAMES).atoms()).isEqualTo(1);
    String dotted = (CIF_CELL + CIF_ATOM).replace("cell_", "cell.").replace("site_", "site.");
    Files.writeString(file, "data_x\n" + symmetry + "\n" + dotted);
    assertThat(AtomFiles.read(file, NAMES).atoms()).isEqualTo(1);
  }

  /** Velocities are left; a row more than there are atoms is an error. */
  @ParameterizedTest
  @ValueSource(strings = {"0.5 0.5 0.5\n", "0.5 0.5 0.5 Nb\n\n0 0 0\n", "Nb", " x\n"})
  void aRowBehindTheAtomsIsRefused(String more) throws IOException {
    String poscar = "x\n3\n1 0 0\n0 1 0\n0 0 1\nNb\n1\nDirect\n0 0 0\n";
    refuse("r.vasp", poscar + more, "r.vasp:10", "behind atom 1");
    refuse("POSCAR4", poscar.replace("Nb\n", "") + more, "POSCAR4:9");
    for (String rest : List.of("", "\n", "  \n0 0 0\n", "\r\n\r\nDirect\n0 0 0\n")) {
      Path file = folder.resolve("CONTCAR");
      Files.writeString(file, poscar + rest);
      assertThat(AtomFiles.read(file, NAMES).atoms()).isEqualTo(1);
    }
  }

  private void refuse(String name, String content, String... words) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    Failures.assertFails(ExitCode.BAD_DATA, () -> AtomFiles.read(file, NAMES), words);
  }

  /** Structure of the VTKHDF specification, version 2.0, for unstructured grids with steps. */
  @Test
  void vtkhdfHasThePartsOfTheSpecification() {
    Path file = folder.resolve("two.vtkhdf");
    AtomFrame first = frame();
    AtomFrame second = new AtomFrame(first.cell(), new int[] {1}, new double[] {1, 2, 3}, 8, NAMES);
    Vtkhdf.write(
        file,
        List.of(
            new LabelledAtoms(first, Map.of("time", "0.5")),
            new LabelledAtoms(second, Map.of("time", "2.5"))));
    String program =
        """
        import sys, h5py
        with h5py.File(sys.argv[1]) as file:
            root = file["VTKHDF"]
            kind = root.attrs.get_id("Type").get_type()
            print(root.attrs["Type"].decode() if isinstance(root.attrs["Type"], bytes) else root.attrs["Type"],
                  kind.get_cset() == h5py.h5t.CSET_ASCII, kind.is_variable_str(), root.attrs["Version"])
            for name in "NumberOfPoints", "NumberOfCells", "NumberOfConnectivityIds", "Offsets", "Types", "Connectivity":
                print(name, root[name][()])
            print(root["Points"].shape, root["Points"][5], list(root["PointData"]), root["PointData/species"][()])
            steps = root["Steps"]
            print(steps.attrs["NSteps"], sorted(steps))
            for name in "Values", "PartOffsets", "NumberOfParts", "PointOffsets", "PointDataOffsets/species":
                print(name, steps[name][()])
            print(steps["CellOffsets"][()].tolist(), steps["ConnectivityIdOffsets"][()].tolist())
        """;
    assertThat(ExternalTool.h5py(program, file.toString()))
        .isEqualTo(
            """
            UnstructuredGrid True False [2 0]
            NumberOfPoints [5 1]
            NumberOfCells [1 1]
            NumberOfConnectivityIds [5 1]
            Offsets [0 5 0 1]
            Types [2 2]
            Connectivity [0 1 2 3 4 0]
            (6, 3) [1. 2. 3.] ['species'] [2 1 2 3 1 1]
            2 ['CellOffsets', 'ConnectivityIdOffsets', 'NumberOfParts', 'PartOffsets', 'PointDataOffsets', 'PointOffsets', 'Values']
            Values [0.5 2.5]
            PartOffsets [0 1]
            NumberOfParts [1 1]
            PointOffsets [0 5]
            PointDataOffsets/species [0 5]
            [[0], [1]] [[0], [5]]
            """);
  }

  /** As ASE writes an alloy whose atoms are in no order. */
  @Test
  void aSpeciesMayStandInManyGroupsOfAPoscar() throws IOException {
    int groups = 300;
    StringBuilder names = new StringBuilder();
    StringBuilder atoms = new StringBuilder();
    for (int n = 0; n < groups; n++) {
      names.append(n % 2 == 0 ? " Mo" : " W");
      atoms.append(n / (double) groups).append(" 0 0\n");
    }
    Path file = folder.resolve("POSCAR-random");
    Files.writeString(
        file,
        "random\n1\n300 0 0\n0 2 0\n0 0 2\n"
            + names
            + "\n"
            + " 1".repeat(groups)
            + "\nDirect\n"
            + atoms);
    AtomFrame own = AtomFiles.read(file, List.of());
    assertThat(own.speciesNames()).containsExactly("Mo", "W");
    assertThat(own.type()).hasSize(groups).startsWith(1, 2, 1, 2);
    assertThat(AtomFiles.read(file, List.of("W", "Mo")).type()).startsWith(2, 1, 2, 1);
  }
}
