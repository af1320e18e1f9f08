package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.ShapeSimulator.Shapes;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

/** AL-53, DI-23. */
class SumRulesTest {
  private final RandomStream stream = new Streams(5).stream(Purpose.CHECK);

  private double[] complete(Macroscopics map, double[] all) {
    double[] completed = new double[all.length];
    for (int i = 0; i < all.length; i++) {
      completed[i] = map.offset()[i];
      for (int j = 0; j < map.independent().length; j++) {
        completed[i] += map.matrix()[i][j] * all[map.independent()[j]];
      }
    }
    return completed;
  }

  private void check(List<String> species, long[] counts, double tolerance) {
    check(species, counts, "[pair]", 1, tolerance);
  }

  private void check(
      List<String> species, long[] counts, String observables, int shells, double tolerance) {
    Cells cells = new Cells(6, 6, 6);
    Lattice lattice =
        AlloyState.random(new Shapes(Crystal.bcc()).of(cells), counts, stream).lattice();
    OrderParameters order =
        OrderParameters.of(Crystal.bcc(), species, counts, ObservableList.parse(observables));
    Counts bonds = order.newCounts();
    order.recount(lattice, bonds);
    double[] all = new double[order.size()];
    order.values(bonds, 1, all);
    double[] reference =
        IntStream.range(0, order.size()).mapToDouble(i -> -order.reference(i)).toArray();
    List<String> units = IntStream.range(0, order.size()).mapToObj(order::units).toList();
    Macroscopics map =
        new SumRules(SumRulesTest::neighbours, species, counts, order.names(), reference)
            .apply(units);
    long present = Arrays.stream(counts).skip(1).filter(atoms -> atoms > 0).count();
    assertThat(map.independent()).hasSize((int) (present * (present - 1) / 2) * shells);
    double[] completed = complete(map, all);
    for (int i = 0; i < all.length; i++) {
      assertThat(completed[i]).isCloseTo(all[i], org.assertj.core.data.Offset.offset(tolerance));
    }
  }

  @Test
  void withoutVacanciesTheOthersFollowExactly() {
    check(List.of("Nb", "Mo", "Ta"), new long[] {0, 144, 144, 144}, 1e-12);
    check(List.of("Nb", "Mo", "Ta"), new long[] {0, 100, 132, 200}, 1e-12);
    check(List.of("A", "B"), new long[] {0, 200, 232}, 1e-12);
    check(List.of("A", "B", "C", "D"), new long[] {0, 100, 100, 101, 131}, 1e-12);
  }

  /** Their pairs have no bonds, and no atoms to count them for. */
  @Test
  void theFirstSpeciesMayHaveNoAtoms() {
    check(List.of("Nb", "Mo", "Ta"), new long[] {0, 0, 216, 216}, 1e-12);
    check(List.of("Nb", "Mo", "Ta"), new long[] {0, 0, 132, 300}, 1e-12);
    check(List.of("Nb", "Mo", "Ta"), new long[] {0, 0, 0, 432}, 1e-12);
    check(List.of("A", "B", "C", "D"), new long[] {0, 0, 0, 101, 331}, 1e-12);
    check(List.of("Nb", "Mo", "Ta"), new long[] {1, 0, 216, 215}, 24.0 / 215);
  }

  /**
   * Ends of bonds at atoms are z for each atom less z for each vacancy, as long as none are
   * neighbours.
   */
  @Test
  void vacanciesTakeTheirBondsAway() {
    long[] counts = {8, 100, 150, 174};
    Macroscopics map =
        new SumRules(
                SumRulesTest::neighbours,
                List.of("Nb", "Mo", "Ta"),
                counts,
                List.of("NbNb", "NbMo", "NbTa", "MoMo", "MoTa", "TaTa"),
                new double[6])
            .apply(List.of("1", "1", "1", "1", "1", "1"));
    double[] orders = complete(map, new double[] {0, 0, 0, 2.3, 3.1, 2.9});
    double ends = 0;
    int k = 0;
    for (int i = 1; i <= 3; i++) {
      for (int j = i; j <= 3; j++) {
        ends += (i == j ? 1 : 2) * counts[i] * orders[k++];
      }
    }
    assertThat(ends).isCloseTo(8.0 * (424 - 8), org.assertj.core.data.Offset.offset(1e-9));
    double ofTa = 174 * orders[5] + 150 * orders[4] + 100 * orders[2];
    assertThat(ofTa / 174).isCloseTo(8 - 8.0 * 8 / 424, org.assertj.core.data.Offset.offset(1e-9));
  }

  /** Of every shell that is observed whole, wherever it stands; of chosen pairs nothing follows. */
  @Test
  void everyCompleteShellHasRulesOfItsOwn() {
    List<String> species = List.of("Nb", "Mo", "Ta");
    String three = "[pair, {pair: {shell: 2}}, {pair: {shell: 3}}]";
    check(species, new long[] {0, 144, 144, 144}, three, 3, 1e-12);
    check(species, new long[] {0, 100, 132, 200}, three, 3, 1e-12);
    check(species, new long[] {0, 0, 132, 300}, three, 3, 1e-12);
    check(species, new long[] {1, 144, 144, 143}, three, 3, 36.0 / 143);
    String mixed = "[{pair: {shell: 3}}, {pair: {shell: 2, pairs: [MoMo, MoTa, TaTa]}}, pair]";
    check(species, new long[] {0, 100, 132, 200}, mixed, 3, 1e-12);
  }

  private static int neighbours(int shell) {
    return new int[] {8, 6, 12}[shell - 1];
  }

  /** One vacancy: the eight bonds it takes are spread by chance, at most 3 x 8 / N_1. */
  @Test
  void withVacanciesTheDeviationIsThatOfTheirNeighbours() {
    check(List.of("Nb", "Mo", "Ta"), new long[] {1, 144, 144, 143}, 24.0 / 143);
  }
}
