package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.order.ObservableList;

/** Symbols and names in files decide which species an atom is, not their order in the file. */
class SpeciesByNameTest {
  private static final int SIDE = 6;
  private static final double CELL = 3.24;
  private static final List<String> SPECIES = List.of("Nb", "Mo", "Ta");

  /** Of the first atoms, in the order of neither the species nor the alphabet. */
  private static final List<String> FIRST = List.of("Nb", "Ta", "Mo");

  /** Written by ASE: the first atoms are Nb, Ta and Mo, all others are drawn. */
  private static final String ASE =
      """
      import sys, numpy
      from ase.build import bulk
      from ase.io import write
      from ase.neighborlist import neighbor_list
      atoms = bulk('Nb', 'bcc', a=3.24, cubic=True) * (6, 6, 6)
      names = numpy.random.RandomState(5).choice(['Mo', 'Nb', 'Ta'], len(atoms), p=[.2, .5, .3])
      names[:3] = ['Nb', 'Ta', 'Mo']
      atoms.set_chemical_symbols(list(names))
      del atoms[7]
      write(sys.argv[1], atoms, format='extxyz')
      i, j = neighbor_list('ij', atoms, 2.9)
      symbol = numpy.array(atoms.get_chemical_symbols())
      for a, b in ('Nb', 'Nb'), ('Nb', 'Mo'), ('Nb', 'Ta'), ('Mo', 'Mo'), ('Mo', 'Ta'), ('Ta', 'Ta'):
          bonds = numpy.sum((symbol[i] == a) & (symbol[j] == b))
          print(bonds / numpy.sum(symbol == a) - 8 * numpy.sum(symbol == b) / len(symbol))
      """;

  @TempDir private Path folder;

  /** An atom in Å. */
  private record Atom(String symbol, double x, double y, double z) {}

  /** A body-centred cubic alloy of unequal composition. */
  private static List<Atom> alloy() {
    Random random = new Random(3);
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < 2 * SIDE * SIDE * SIDE; i++) {
      double half = i % 2 * CELL / 2;
      int draw = random.nextInt(6);
      String symbol = draw < 3 ? "Nb" : draw < 5 ? "Mo" : "Ta";
      atoms.add(
          new Atom(
              i < 3 ? FIRST.get(i) : symbol,
              i / 2 / SIDE / SIDE * CELL + half,
              i / 2 / SIDE % SIDE * CELL + half,
              i / 2 % SIDE * CELL + half));
    }
    return atoms;
  }

  /** AL-50 from all pairs of atoms: mean number of neighbours less that of a random alloy. */
  private static double[] counted(List<Atom> atoms) {
    List<Double> order = new ArrayList<>();
    for (int a = 0; a < SPECIES.size(); a++) {
      for (int b = a; b < SPECIES.size(); b++) {
        String first = SPECIES.get(a);
        String second = SPECIES.get(b);
        long ofFirst = atoms.stream().filter(atom -> atom.symbol().equals(first)).count();
        long ofSecond = atoms.stream().filter(atom -> atom.symbol().equals(second)).count();
        long neighbours = 0;
        for (Atom one : atoms) {
          for (Atom two : atoms) {
            boolean pair = one.symbol().equals(first) && two.symbol().equals(second);
            neighbours += pair && near(one, two) ? 1 : 0;
          }
        }
        order.add((double) neighbours / ofFirst - 8.0 * ofSecond / atoms.size());
      }
    }
    return order.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static boolean near(Atom one, Atom two) {
    double squared =
        Math.pow(apart(one.x() - two.x()), 2)
            + Math.pow(apart(one.y() - two.y()), 2)
            + Math.pow(apart(one.z() - two.z()), 2);
    return squared > 0.1 && squared < 0.8 * CELL * CELL; // 0.75 of the squared cell
  }

  private static double apart(double difference) {
    double period = SIDE * CELL;
    return difference - period * Math.rint(difference / period);
  }

  private Path xyz(List<Atom> atoms) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("" + atoms.size());
    double length = SIDE * CELL;
    lines.add(
        "Lattice=\"%s 0 0 0 %s 0 0 0 %s\" Properties=species:S:1:pos:R:3"
            .formatted(length, length, length));
    atoms.forEach(a -> lines.add(a.symbol() + " " + a.x() + " " + a.y() + " " + a.z()));
    return Files.write(folder.resolve("atoms.xyz"), lines);
  }

  /** With types in the order of {@link #FIRST}. */
  private Path dump(List<Atom> atoms, boolean types, boolean elements) throws IOException {
    List<String> lines = new ArrayList<>(List.of("ITEM: TIMESTEP", "0", "ITEM: NUMBER OF ATOMS"));
    lines.add("" + atoms.size());
    lines.add("ITEM: BOX BOUNDS pp pp pp");
    lines.addAll(Collections.nCopies(3, "0 " + SIDE * CELL));
    lines.add("ITEM: ATOMS id" + (types ? " type" : "") + (elements ? " element" : "") + " x y z");
    for (int i = 0; i < atoms.size(); i++) {
      Atom atom = atoms.get(i);
      String type = types ? " " + (FIRST.indexOf(atom.symbol()) + 1) : "";
      String element = elements ? " " + atom.symbol() : "";
      lines.add(i + 1 + type + element + " " + atom.x() + " " + atom.y() + " " + atom.z());
    }
    return Files.write(folder.resolve("atoms.dump"), lines);
  }

  private static FileOrder order(Path file, List<String> species) {
    return FileOrder.of(
        new StartConfig(InputFile.of(file), "", -1, List.of(), EmptySites.USUAL),
        Crystal.bcc(),
        CELL,
        species,
        ObservableList.standard());
  }

  private static void assertOrder(Path file, double[] expected) {
    FileOrder order = order(file, SPECIES);
    assertThat(order.names()).containsExactly("NbNb", "NbMo", "NbTa", "MoMo", "MoTa", "TaTa");
    assertThat(order.values()).containsExactly(expected, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void symbolsOfExtendedXyzAreNames(int shuffles) throws IOException {
    List<Atom> atoms = alloy();
    double[] expected = counted(atoms);
    for (int i = 0; i < shuffles; i++) {
      Collections.shuffle(atoms, new Random(i));
    }
    assertOrder(xyz(atoms), expected);
  }

  @Test
  void elementsOfDumpsAreNames() throws IOException {
    double[] expected = counted(alloy());
    assertOrder(dump(alloy(), true, true), expected);
    assertOrder(dump(alloy(), false, true), expected);
  }

  /** A dump without names: type n is the n-th species, and that is said. */
  @Test
  void typesFollowTheOrderOfTheSpecies() throws IOException {
    Path file = dump(alloy(), true, false);
    FileOrder order = order(file, FIRST);
    double[] expected = counted(alloy());
    assertThat(order.names()).containsExactly("NbNb", "NbTa", "NbMo", "TaTa", "TaMo", "MoMo");
    assertThat(order.values()[0]).isCloseTo(expected[0], within(1e-12));
    assertThat(order.values()[1]).isCloseTo(expected[2], within(1e-12));
    assertThat(order.values()[3]).isCloseTo(expected[5], within(1e-12));
    assertThat(order.values()[5]).isCloseTo(expected[3], within(1e-12));
    assertThat(order.assumption().orElseThrow()).contains("atoms.dump", "1 Nb, 2 Ta, 3 Mo");
    assertThat(order(dump(alloy(), true, true), SPECIES).assumption()).isEmpty();
    assertFails(
        ExitCode.BAD_DATA,
        () -> order(dump(alloy(), true, false), List.of("Nb", "Ta")),
        "atoms.dump:12",
        "'3'",
        "1 to 2");
  }

  @Test
  void foreignElementsAreRefused() throws IOException {
    List<Atom> atoms = alloy();
    Atom last = atoms.remove(atoms.size() - 1);
    atoms.add(new Atom("Fe", last.x(), last.y(), last.z()));
    Path xyz = xyz(atoms);
    String line = "atoms.xyz:" + (atoms.size() + 2);
    assertFails(
        ExitCode.BAD_DATA,
        () -> order(xyz, SPECIES),
        "'Fe'",
        xyz.getParent() + "/" + line,
        "Nb, Mo, Ta");
    Path dump = dump(atoms, false, true);
    assertFails(ExitCode.BAD_DATA, () -> order(dump, SPECIES), "'Fe'", "atoms.dump:441", "Nb, Mo");
    List<Atom> steel = new ArrayList<>();
    for (Atom a : alloy()) {
      String symbol = List.of("Fe", "Cr", "Ni").get(SPECIES.indexOf(a.symbol()));
      steel.add(new Atom(symbol, a.x(), a.y(), a.z()));
    }
    assertFails(ExitCode.BAD_DATA, () -> order(xyz(steel), SPECIES), "'Fe'", "atoms.xyz:3");
    assertThat(order(xyz(steel), List.of("Ni", "Cr", "Fe")).names()).startsWith("NiNi", "NiCr");
  }

  /** A vacancy is a missing atom, or {@code X}, the dummy of ASE. */
  @Test
  void emptySites() throws IOException {
    List<Atom> atoms = alloy();
    Atom gone = atoms.remove(11);
    double[] expected = counted(atoms);
    assertOrder(xyz(atoms), expected);
    assertOrder(dump(atoms, true, true), expected);
    atoms.add(4, new Atom("X", gone.x(), gone.y(), gone.z()));
    assertOrder(xyz(atoms), expected);
    assertOrder(dump(atoms, false, true), expected);
    assertThat(order(xyz(atoms), SPECIES).counts()[0]).isEqualTo(1);
  }

  /** What a run wrote is read with the names that it wrote. */
  @Test
  void namesOfHdf5Files() {
    byte[] codes = new byte[2 * SIDE * SIDE * SIDE];
    List<Atom> atoms = alloy();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (FIRST.indexOf(atoms.get(i).symbol()) + 1);
    }
    Path named = hdf5("named.h5", codes, true);
    assertOrder(named, counted(atoms));
    assertThat(order(named, SPECIES).assumption()).isEmpty();
    FileOrder unnamed = order(hdf5("unnamed.h5", codes, false), FIRST);
    assertThat(unnamed.values()[1]).isCloseTo(counted(atoms)[2], within(1e-12));
    assertThat(unnamed.assumption().orElseThrow()).contains("unnamed.h5", "1 Nb, 2 Ta, 3 Mo");
    assertFails(
        ExitCode.BAD_DATA, () -> order(named, List.of("Nb", "Mo")), "'Ta'", "named.h5", "Nb, Mo");
    assertThat(order(named, List.of()).species()).isEqualTo(FIRST); // the file's own
  }

  private Path hdf5(String name, byte[] codes, boolean names) {
    Path file = folder.resolve(name);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/species",
          codes,
          new long[] {SIDE, SIDE, SIDE, 2},
          DatasetInfo.of("1", "species codes", "x", "y", "z", "basis").asUnsigned());
      if (names) {
        writer.attribute("/", "species_names", FIRST.toArray(new String[0]));
      }
    }
    return file;
  }

  @Test
  void filesOfAse() {
    Assumptions.assumeTrue(
        ExternalTool.run(
                "/usr/bin/python3", "-c", "import importlib.util as u; print(u.find_spec('ase'))")
            .contains("ModuleSpec"),
        "SKIPPED: python3-ase is not installed");
    Path file = folder.resolve("ase.xyz");
    String[] lines =
        ExternalTool.run("/usr/bin/python3", "-c", ASE, file.toString()).strip().split("\\s+");
    assertOrder(file, Arrays.stream(lines).mapToDouble(Double::parseDouble).toArray());
    assertThat(order(file, SPECIES).counts()[0]).isEqualTo(1);
  }
}
