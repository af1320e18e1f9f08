package org.latticelift.sim.vacancy.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.HashModel;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;

class OrderParametersPropertyTest {
  private static final List<String> SPECIES = List.of("A", "B", "C", "D");

  private static OrderParameters order(Lattice lattice) {
    boolean bcc = lattice.crystal() == Crystal.bcc();
    return OrderParameters.of(
        lattice.crystal(),
        SPECIES,
        lattice.counts(),
        ObservableList.parse(
            "[pair, {pair: {shell: 2}}, {warren_cowley: {shell: 4}}"
                + (bcc ? ", b2, {class: corner_vacancies, factor: 1}]" : "]")));
  }

  private static Crystal crystal(int seed) {
    return seed % 2 == 0 ? Crystal.bcc() : Crystal.fcc();
  }

  /** Both crystals, and from one vacancy to many. */
  static IntStream vacancies() {
    return IntStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("vacancies")
  void jumpByJumpEqualsARecount(int vacancies) {
    int seed = vacancies;
    Crystal crystal = crystal(seed);
    Lattice lattice = RandomAlloy.of(crystal, 5, 6, 5, 4, vacancies, seed);
    long[] composition = lattice.counts();
    OrderParameters order = order(lattice);
    Counts kept = order.newCounts();
    order.recount(lattice, kept);
    Counts start = order.newCounts();
    order.recount(lattice, start);
    Counts change = order.newCounts();
    BarrierModel model = new HashModel(crystal, 4);
    VacancySimulator simulator = new VacancySimulator(lattice, model, 2000, null);
    simulator.activateAll();
    simulator.observe(order.tracker(kept));
    simulator.observe(order.tracker(change));
    Counts again = order.newCounts();
    for (int i = 0; i < 10; i++) {
      simulator.runEvents(7, Clock.MEAN, RandomAlloy.stream(seed, i));
      order.recount(lattice, again);
      assertThat(kept).isEqualTo(again);
    }
    for (int i = 0; i < again.array().length; i++) {
      assertThat(start.array()[i] + change.array()[i]).isEqualTo(again.array()[i]);
    }
    assertThat(lattice.counts()).isEqualTo(composition);
  }

  /** All 27 partitions below, in both crystals, each with a shift of its own. */
  static IntStream partitions() {
    return IntStream.range(0, 54);
  }

  @ParameterizedTest
  @MethodSource("partitions")
  void meanOverPatchesIsTheWhole(int seed) {
    int px = 1 + seed / 2 % 3;
    int py = 1 + seed / 6 % 3;
    int pz = 2 + seed / 18;
    int shift = RandomAlloy.stream(seed, 0).below(12);
    int[] tiles = {6 / px, 6 / py, 12 / pz};
    Crystal crystal = crystal(seed);
    Lattice lattice = RandomAlloy.of(crystal, 6, 6, 12, 4, 13, seed);
    OrderParameters order = order(lattice);
    Counts counts = order.newCounts();
    double[] whole = new double[order.size()];
    order.recount(lattice, counts);
    order.values(counts, 1, whole);
    int patches = px * py * pz;
    double[] mean = new double[order.size()];
    double[] patch = new double[order.size()];
    for (int p = 0; p < patches; p++) {
      CellBox box =
          new CellBox(
              (p % px * tiles[0] + shift) % 6,
              (p / px % py * tiles[1] + shift) % 6,
              (p / (px * py) * tiles[2] + shift) % 12,
              tiles[0],
              tiles[1],
              tiles[2]);
      order.recountPatch(lattice, box, counts);
      order.values(counts, patches, patch);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += patch[i] / patches;
      }
    }
    assertThat(mean).containsExactly(whole, within(1e-12));
  }
}
