package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.atoms.Poscar;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.testing.Failures;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Tables from structures against the environment that a lattice gathers by itself. */
class StructureTableTest {
  private static final List<String> SPECIES = List.of("Mo", "W");
  private static final double A = 3.16;
  private static final int CELLS = 5;
  private static final StructureTable.Rules RULES = new StructureTable.Rules(SPECIES, A, 0.15);

  @TempDir private Path folder;

  private final Crystal crystal = Crystal.bcc();
  private final Random random = new Random(3);

  /** A random alloy with a vacancy at a cell and basis position. */
  private Lattice lattice(int x, int y, int z, int b) {
    Lattice lattice = new Lattice(crystal, CELLS, CELLS, CELLS);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (1 + random.nextInt(2)));
    }
    lattice.set(x, y, z, b, Lattice.VACANCY);
    return lattice;
  }

  /** Its atoms, displaced as a relaxation does, all sites in turn; and the number of each site. */
  private AtomFrame frame(Lattice lattice, int[] atomOfSite, double displaced) {
    List<Integer> types = new ArrayList<>();
    List<Double> at = new ArrayList<>();
    for (int site = 0; site < lattice.sites(); site++) {
      if (lattice.get(site) != 0) {
        types.add((int) lattice.get(site));
        atomOfSite[site] = types.size();
        int cell = site / 2;
        int[] places = {cell / CELLS / CELLS, cell / CELLS % CELLS, cell % CELLS};
        for (int place : places) {
          double shift = displaced * (2 * random.nextDouble() - 1);
          at.add(A * (place + 0.5 * (site % 2) + shift));
        }
      }
    }
    return new AtomFrame(
        AtomFrame.rectangular(A * CELLS, A * CELLS, A * CELLS),
        types.stream().mapToInt(Integer::intValue).toArray(),
        at.stream().mapToDouble(Double::doubleValue).toArray(),
        0,
        SPECIES);
  }

  @Test
  void environmentsAndHopsAreThoseOfTheLattice() throws IOException {
    StringBuilder csv = new StringBuilder("structure,atom,barrier_eV,category\n");
    int[][] vacancies = {{0, 0, 0, 0}, {4, 2, 0, 1}};
    Lattice[] lattices = new Lattice[2];
    for (int i = 0; i < 2; i++) {
      int[] v = vacancies[i];
      lattices[i] = lattice(v[0], v[1], v[2], v[3]);
      int[] atomOfSite = new int[(int) lattices[i].sites()];
      ExtendedXyz.write(folder.resolve(i + ".xyz"), List.of(frame(lattices[i], atomOfSite, 0.14)));
      EnvironmentGeometry geometry = crystal.environment(v[3]);
      long vacancy = lattices[i].index(v[0], v[1], v[2], v[3]);
      for (int d = 7; d >= i; d--) { // of the second, one hop was not calculated
        long site = lattices[i].neighbour(vacancy, geometry.offset(geometry.hopTarget(d)));
        csv.append(i + ".xyz," + atomOfSite[(int) site] + "," + (1 + 0.1 * d) + ",kind" + i + "\n");
      }
    }
    Path hops = Files.writeString(folder.resolve("hops.csv"), csv);
    BarrierTable table = StructureTable.read(hops, crystal, RULES);
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.categoryNames()).containsExactly("kind0", "kind1");
    int sites = table.sites();
    for (int i = 0; i < 2; i++) {
      int[] v = vacancies[i];
      byte[] expected = new byte[sites];
      lattices[i].gather(v[0], v[1], v[2], v[3], expected, 0);
      assertThat(java.util.Arrays.copyOfRange(table.environment(), i * sites, (i + 1) * sites))
          .isEqualTo(expected);
      for (int d = 0; d < 8; d++) {
        float barrier = table.barrier()[8 * i + d];
        assertThat(Float.isNaN(barrier) ? -1 : barrier)
            .isEqualTo(d < i ? -1 : (float) (1 + 0.1 * d));
      }
    }
  }

  /**
   * Cells too small for a lattice of its own: the vacancy sees its images, as in the calculation.
   */
  @Test
  void aSmallCellOfAPoscarIsRepeated() throws IOException {
    AtomFrame unit =
        new AtomFrame(
            AtomFrame.rectangular(2 * A, 2 * A, 2 * A),
            new int[] {1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2},
            corners(),
            0,
            SPECIES);
    Poscar.write(folder.resolve("POSCAR"), unit);
    Path hops =
        Files.writeString(folder.resolve("h.csv"), "structure,atom,barrier_eV\nPOSCAR,8,2\n");
    BarrierTable table = StructureTable.read(hops, crystal, RULES);
    StructureTable.Rules halved = new StructureTable.Rules(SPECIES, A / 2, 0.15);
    Failures.assertFails(
        ExitCode.BAD_DATA,
        () -> StructureTable.read(hops, crystal, halved),
        "a lattice constant of 1.58",
        "h.csv:2",
        "within a tenth of 3.160");
    EnvironmentGeometry geometry = crystal.environment(0);
    for (int j = 0; j < table.sites(); j++) {
      boolean image = geometry.dx(j) % 2 == 0 && geometry.dy(j) % 2 == 0 && geometry.dz(j) % 2 == 0;
      int expected = geometry.basis(j) == 1 ? 2 : image ? 0 : 1;
      assertThat(table.environment()[j]).isEqualTo((byte) expected);
    }
  }

  /** Eight corners but the first, then eight centres. */
  private static double[] corners() {
    List<Double> at = new ArrayList<>();
    for (int i = 1; i < 16; i++) {
      double b = i / 8 * 0.5;
      at.addAll(List.of(A * (i / 4 % 2 + b), A * (i / 2 % 2 + b), A * (i % 2 + b)));
    }
    return at.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** A path between two states gives both barriers; the second is of the state after the hop. */
  @Test
  void reverseBarriersAreOfTheStateAfterTheHop() throws IOException {
    Lattice one = lattice(2, 2, 2, 0);
    int[] atomOfSite = new int[(int) one.sites()];
    ExtendedXyz.write(folder.resolve("a.xyz"), List.of(frame(one, atomOfSite, 0)));
    long target = one.index(2, 2, 2, 1);
    Path csv =
        Files.writeString(
            folder.resolve("h.csv"),
            "structure,atom,barrier_eV,reverse_eV\na.xyz," + atomOfSite[(int) target] + ",1,1.5\n");
    BarrierTable table = StructureTable.read(csv, crystal, RULES);
    assertThat(table.structure()).containsExactly(0, 0);
    one.set(2, 2, 2, 0, one.get(target));
    one.set(2, 2, 2, 1, Lattice.VACANCY);
    byte[] expected = new byte[table.sites()];
    one.gather(2, 2, 2, 1, expected, 0);
    assertThat(java.util.Arrays.copyOfRange(table.environment(), table.sites(), 2 * table.sites()))
        .isEqualTo(expected);
    EnvironmentGeometry geometry = crystal.environment(0);
    for (int d = 0; d < 8; d++) {
      if (one.neighbour(one.index(2, 2, 2, 0), geometry.offset(geometry.hopTarget(d))) == target) {
        assertThat(table.barrier()[d]).isEqualTo(1f);
        assertThat(table.barrier()[8 + geometry.reverse(d)]).isEqualTo(1.5f);
        assertThat(table.where(8 + geometry.reverse(d))).isEqualTo("h.csv:2");
      }
    }
  }

  @Test
  void whatIsMissingOrAmbiguousIsTold() throws IOException {
    Lattice one = lattice(2, 2, 2, 0);
    int[] atomOfSite = new int[(int) one.sites()];
    ExtendedXyz.write(folder.resolve("a.xyz"), List.of(frame(one, atomOfSite, 0)));
    int beside = atomOfSite[(int) one.index(2, 2, 2, 1)];
    int far = atomOfSite[(int) one.index(0, 0, 0, 0)];
    refuse("structure,atom\na.xyz," + beside, "barrier_eV");
    refuse("structure,atom,barrier_eV\na.xyz," + far + ",1", "no vacancy beside");
    refuse("structure,atom,barrier_eV\na.xyz,0,1", "1 to 249");
    refuse("structure,atom,barrier_eV\na.xyz," + beside + ",much", "much", "hops.csv:2");
    refuse(
        "structure,atom,barrier_eV\na.xyz," + beside + ",799", "799.0 eV", "hops.csv:2", "0 to 10");
    refuse("structure,atom,barrier_eV\na.xyz," + beside + ",-0.1", "-0.1 eV", "hops.csv:2");
    String row = "a.xyz," + beside + ",1\n";
    Path csv =
        Files.writeString(folder.resolve("hops.csv"), "structure,atom,barrier_eV\n" + row + row);
    BarrierTable repeated = StructureTable.read(csv, crystal, RULES);
    assertThat(repeated.size()).isEqualTo(2);
    assertThat(repeated.structure()).containsExactly(0, 0);
    StructureTable.Rules off = new StructureTable.Rules(SPECIES, 1.12 * A, 0.15);
    Failures.assertFails(
        ExitCode.BAD_DATA,
        () -> StructureTable.read(csv, crystal, off),
        "a lattice constant of 3.53",
        "hops.csv:2",
        "within a tenth of 3.160");
    refuse("structure,atom,barrier_eV\n", "no hops");
    refuse("structure,atom,barrier_eV\na.xyz," + beside + ".5,1", "no atom " + beside + ".5");
    refuse("structure,atom,barrier_eV\na\0.xyz,1,1", "a character NUL", "hops.csv, row 2");
    refuse("structure,atom,barrier_eV\n\"a.xyz,1,1\n", "no CSV file");
    Path root = Files.writeString(folder.resolve("h.csv"), "structure,atom,barrier_eV\n/,1,1\n");
    Failures.assertFails(
        ExitCode.MISSING_INPUT, () -> StructureTable.read(root, crystal, RULES), "(/)");
    one.set(2, 2, 3, 0, Lattice.VACANCY);
    ExtendedXyz.write(folder.resolve("a.xyz"), List.of(frame(one, atomOfSite, 0)));
    int between = atomOfSite[(int) one.index(2, 2, 2, 1)];
    refuse("structure,atom,barrier_eV\na.xyz," + between + ",1", "two vacancies");
    ExtendedXyz.write(folder.resolve("a.xyz"), List.of(frame(one, atomOfSite, 0.3)));
    refuse("structure,atom,barrier_eV\na.xyz," + between + ",1", "on no site");
  }

  private void refuse(String csv, String... words) throws IOException {
    Path hops = Files.writeString(folder.resolve("hops.csv"), csv);
    Failures.assertFails(ExitCode.BAD_DATA, () -> StructureTable.read(hops, crystal, RULES), words);
  }
}
