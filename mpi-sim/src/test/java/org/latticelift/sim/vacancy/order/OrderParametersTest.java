package org.latticelift.sim.vacancy.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.HalfGrid;
import org.latticelift.sim.vacancy.lattice.Lattice;

class OrderParametersTest {
  static final List<String> NB_MO_TA = List.of("Nb", "Mo", "Ta");
  private static final String EQUIMOLAR = "[{pair: {reference: equimolar}}]";

  private static OrderParameters order(Lattice lattice, String yaml) {
    return OrderParameters.of(
        lattice.crystal(), NB_MO_TA, lattice.counts(), ObservableList.parse(yaml));
  }

  private static double[] values(Lattice lattice, List<String> species, String yaml) {
    OrderParameters order =
        OrderParameters.of(
            lattice.crystal(), species, lattice.counts(), ObservableList.parse(yaml));
    Counts counts = order.newCounts();
    order.recount(lattice, counts);
    double[] values = new double[order.size()];
    order.values(counts, 1, values);
    return values;
  }

  /** The lattice of AL-37. */
  private static Lattice vectorA() {
    byte[] grid = new byte[4096];
    for (int p = 0; p < 4096; p++) {
      int i = p / 256;
      int j = p / 16 % 16;
      int k = p % 16;
      boolean site = (i & 1) == (j & 1) && (j & 1) == (k & 1);
      grid[p] = (byte) (site ? 1 + (7 * i + 11 * j + 13 * k + i * j + j * k * k) % 3 : -1);
    }
    return HalfGrid.toLattice(grid, 16, "AL-37");
  }

  @Test
  void testVectorAOfAl54() {
    Lattice lattice = vectorA();
    assertThat(lattice.counts()).startsWith(0, 227, 453, 344);
    assertThat(values(lattice, NB_MO_TA, EQUIMOLAR))
        .containsExactly(
            new double[] {-1.397944, 1.236417, 0.161527, 0.715232, -0.004415, -0.038760},
            within(5e-7));
    assertThat(lattice.get(4, 4, 4, 0)).isEqualTo((byte) 3);
    lattice.set(4, 4, 4, 0, Lattice.VACANCY);
    assertThat(values(lattice, NB_MO_TA, EQUIMOLAR))
        .containsExactly(
            new double[] {-1.397944, 1.236417, 0.152717, 0.715232, -0.013245, -0.042760},
            within(5e-7));
  }

  @Test
  void initialConfigurationOfAl54() throws IOException {
    List<String> lines = Files.readAllLines(SharedData.find("initial-1024.dump"));
    byte[] grid = new byte[4096];
    java.util.Arrays.fill(grid, (byte) -1);
    for (String line : lines.subList(9, lines.size())) {
      String[] field = line.strip().split("\\s+");
      int point = 0;
      for (int axis = 2; axis < 5; axis++) {
        point = 16 * point + (int) Math.round(Double.parseDouble(field[axis]) / 1.62);
      }
      grid[point] = Byte.parseByte(field[1]);
    }
    Lattice lattice = HalfGrid.toLattice(grid, 16, "initial-1024.dump");
    assertThat(lattice.counts()).startsWith(0, 341, 341, 342);
    assertThat(values(lattice, NB_MO_TA, EQUIMOLAR))
        .containsExactly(
            new double[] {0.0723, -0.0538, -0.0186, 0.1427, -0.0890, 0.1228}, within(5.1e-5));
    lattice.set(0, Lattice.VACANCY);
    assertThat(values(lattice, NB_MO_TA, EQUIMOLAR))
        .containsExactly(
            new double[] {0.0723, -0.0626, -0.0186, 0.1333, -0.0873, 0.1228}, within(5.1e-5));
  }

  @Test
  void namesFollowAl51() {
    OrderParameters order =
        OrderParameters.of(
            Crystal.bcc(),
            NB_MO_TA,
            new long[] {1, 341, 340, 342},
            ObservableList.parse("[pair, {pair: {shell: 2}}, {warren_cowley: {shell: 1}}, b2]"));
    assertThat(order.names())
        .startsWith("NbNb", "NbMo", "NbTa", "MoMo", "MoTa", "TaTa", "shell2.NbNb")
        .endsWith("warren_cowley.TaTa", "b2.Nb", "b2.Mo", "b2.Ta")
        .hasSize(21);
    assertThat(order.units(0)).isEqualTo("1");
    assertThat(order.reference(3)).isEqualTo(-8 * 340.0 / 1023);
    assertThat(order.reference(9)).isEqualTo(-6 * 340.0 / 1023);
  }

  @Test
  void sumRulesOfAl53HoldWithTheVacancyNeighbours() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 8, 8, 8, 3, 1, 3);
    double[] v = values(lattice, NB_MO_TA, "[pair]");
    long[] n = lattice.counts();
    double[] bonds = {
      n[1] * (v[0] + v[1] + v[2]),
      n[1] * v[1] + n[2] * (v[3] + v[4]),
      n[1] * v[2] + n[2] * v[4] + n[3] * v[5]
    };
    double[] expected = {8.0 * n[1], 8.0 * n[2], 8.0 * n[3]};
    double atoms = n[1] + n[2] + n[3];
    double[] reference = new double[3];
    for (int s = 0; s < 3; s++) {
      for (int other = 0; other < 3; other++) {
        int first = Math.min(s, other) + 1;
        int second = Math.max(s, other) + 1;
        reference[s] += n[first] * 8.0 * n[second] / atoms;
      }
    }
    long[] around = new long[4];
    long vacancy = lattice.vacancies()[0];
    for (var offset : Crystal.bcc().shell((int) (vacancy % 2), 1)) {
      around[lattice.get(lattice.neighbour(vacancy, offset))]++;
    }
    for (int s = 0; s < 3; s++) {
      double neighbours = bonds[s] + reference[s];
      assertThat(neighbours).isEqualTo(expected[s] - around[s + 1], within(1e-9));
    }
  }

  @Test
  void recountEqualsThePlainTwin() {
    for (Crystal crystal : new Crystal[] {Crystal.bcc(), Crystal.fcc()}) {
      Lattice lattice = RandomAlloy.of(crystal, 5, 6, 7, 4, 9, 17);
      for (int shell = 1; shell <= crystal.environment(0).shellCount(); shell++) {
        OrderParameters order =
            OrderParameters.of(
                crystal,
                List.of("A", "B", "C", "D"),
                lattice.counts(),
                ObservableList.parse("[{pair: {shell: " + shell + "}}]"));
        Counts counts = order.newCounts();
        order.recount(lattice, counts);
        assertThat(counts.array()).isEqualTo(PlainPairs.count(lattice, shell, 4));
      }
    }
  }

  @Test
  void perfectB2() {
    Lattice lattice = new Lattice(Crystal.bcc(), 5, 5, 5);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (1 + site % 2));
    }
    double[] v = values(lattice, List.of("A", "B"), "[b2, pair, warren_cowley]");
    assertThat(v).containsExactly(new double[] {1, -1, -4, 4, -4, 1, -1, 1}, within(1e-12));
    assertFails(() -> values(new Lattice(Crystal.fcc(), 5, 5, 5), List.of("A"), "[b2]"), "fcc");
  }

  @Test
  void b2OfSomeSpeciesIsThatOfAll() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 6, 7, 3, 9, 23);
    double[] all = values(lattice, NB_MO_TA, "[b2]");
    double[] some = values(lattice, NB_MO_TA, "[{b2: {species: [Ta, Nb]}}]");
    assertThat(some).containsExactly(all[2], all[0]);
  }

  @Test
  void someOfThePairsAreThoseOfAll() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 6, 7, 3, 9, 23);
    double[] all = values(lattice, NB_MO_TA, "[{pair: {shell: 8}}]");
    String yaml = "[{pair: {shell: 8, pairs: [TaTa, NbMo]}}]";
    assertThat(values(lattice, NB_MO_TA, yaml)).containsExactly(all[5], all[1]);
    assertThat(order(lattice, yaml).names()).containsExactly("shell8.TaTa", "shell8.NbMo");
  }

  @Test
  void aRandomAlloyHasNoOrder() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 24, 24, 24, 3, 10, 23);
    for (double v : values(lattice, NB_MO_TA, "[pair, {pair: {shell: 3}}]")) {
      assertThat(v).isBetween(-0.12, 0.12);
    }
    double[] alpha = values(lattice, NB_MO_TA, "[warren_cowley]");
    for (double v : alpha) {
      assertThat(v).isBetween(-0.04, 0.04);
    }
  }

  /**
   * A twentieth of the sites is empty, and counts for nothing: neither as neighbour nor as share.
   */
  @Test
  void warrenCowleyIsOfAtomsBesideAtoms() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 12, 12, 12, 3, 173, 23);
    OrderParameters order = order(lattice, "[{warren_cowley: {shell: 2}}]");
    Counts counts = order.newCounts();
    order.recount(lattice, counts);
    double[] exact = new double[order.size()];
    order.exactValues(counts, exact);
    double[] linear = values(lattice, NB_MO_TA, "[{warren_cowley: {shell: 2}}]");
    double[][] beside = new double[4][4];
    double[] number = new double[4];
    for (int x = 0; x < 12; x++) {
      for (int y = 0; y < 12; y++) {
        for (int z = 0; z < 12; z++) {
          for (int b = 0; b < 2; b++) {
            int here = lattice.get(x, y, z, b);
            number[here]++;
            for (int[] d : new int[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}) {
              int there = lattice.get((x + d[0]) % 12, (y + d[1]) % 12, (z + d[2]) % 12, b);
              beside[here][there]++;
              beside[there][here]++;
            }
          }
        }
      }
    }
    int k = 0;
    for (int i = 1; i <= 3; i++) {
      double atoms = beside[i][1] + beside[i][2] + beside[i][3];
      for (int j = i; j <= 3; j++) {
        double expected = 1 - beside[i][j] / atoms / (number[j] / (3456 - 173));
        assertThat(exact[k]).as("pair %d", k).isCloseTo(expected, within(1e-12));
        assertThat(linear[k]).as("pair %d", k).isCloseTo(expected, within(0.015));
        k++;
      }
    }
  }

  /** Every corner takes the place of its centre, every centre that of the next corner. */
  private static Lattice shifted(Lattice lattice) {
    Lattice shifted = new Lattice(Crystal.bcc(), lattice.nx(), lattice.ny(), lattice.nz());
    for (int i = 0; i < lattice.nx(); i++) {
      for (int j = 0; j < lattice.ny(); j++) {
        for (int k = 0; k < lattice.nz(); k++) {
          shifted.set(i, j, k, 1, lattice.get(i, j, k, 0));
          int x = (i + 1) % lattice.nx();
          int y = (j + 1) % lattice.ny();
          int z = (k + 1) % lattice.nz();
          shifted.set(x, y, z, 0, lattice.get(i, j, k, 1));
        }
      }
    }
    return shifted;
  }

  @Test
  void aShiftedCrystalIsTheMirrorImage() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 6, 7, 3, 9, 23);
    String yaml = "[pair, b2, {warren_cowley: {shell: 2}}]";
    int[] signs = order(lattice, yaml).mirror();
    double[] values = values(lattice, NB_MO_TA, yaml);
    double[] image = values(shifted(lattice), NB_MO_TA, yaml);
    assertThat(signs).hasSize(15);
    assertThat(values[6]).isNotZero();
    for (int i = 0; i < signs.length; i++) {
      assertThat(image[i]).as("value %d", i).isCloseTo(signs[i] * values[i], within(1e-12));
    }
  }

  @Test
  void withoutOrderOfSublatticesThereIsNoMirrorImage() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 6, 2);
    assertThat(order(lattice, "[pair]").mirror()).isEmpty();
    assertThat(order(lattice, "[b2, {class: corner_vacancies, factor: 6}]").mirror()).isEmpty();
  }

  @Test
  void aUsersOwnParameterIsFound() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 6, 2);
    double[] v = values(lattice, NB_MO_TA, "[{class: corner_vacancies, factor: 6}]");
    long corners = java.util.Arrays.stream(lattice.vacancies()).filter(s -> s % 2 == 0).count();
    assertThat(v).containsExactly(corners);
  }

  @Test
  void wrongConfigurationsAreRefused() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 0, 1);
    String[] wrong = {
      "[pear]",
      "[]",
      "[{pair: {shel: 2}}]",
      "[{pair: {shell: 9}}]",
      "[{pair: {shell: 0}}]",
      "[pair, pair]",
      "[{pair: {pairs: [MoW]}}]",
      "[{pair: {pairs: []}}]",
      "[{pair: {pairs: [MoMo, MoMo]}}]",
      "[{b2: {shell: 1}}]",
      "[{b2: {species: [W]}}]",
      "[{b2: {species: [Mo, Mo]}}]",
      "[{pair: {}, b2: {}}]",
      "[{class: unheard}]"
    };
    for (String yaml : wrong) {
      assertThatThrownBy(() -> values(lattice, NB_MO_TA, yaml))
          .as(yaml)
          .isInstanceOf(LatticeLiftException.class);
    }
    assertFails(() -> values(lattice, List.of("Nb", "Mo"), "[pair]"), "species code 3");
  }
}
