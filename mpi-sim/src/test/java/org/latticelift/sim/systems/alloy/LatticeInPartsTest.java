package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.alloy.AlloyDynamics.WholeBlocks;
import org.latticelift.sim.systems.alloy.CopiedTile.CompositionRepair;
import org.latticelift.sim.systems.alloy.LatticeView.ReadableLattice;
import org.latticelift.sim.systems.alloy.LatticeView.StoredLattice;
import org.latticelift.sim.systems.alloy.ShapeSimulator.ShapeSimulators;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/** Large lattices that stay in parts (EX-25) against the same lattices stored site by site. */
class LatticeInPartsTest {
  private static final double KELVIN = 1500;

  /** Random small states of the right composition, a few runs and records of them. */
  private static final class Alloy {
    final AlloySystem system;
    final AlloyDynamics dynamics;
    final LiftingRules rules;
    final AlloyLattices lattices;
    final SnapshotPool<AlloyState> snapshots;

    Alloy(String yaml) {
      String all =
          """
          conditions: {temperature_K: [%s]}
          barrier: {model: pairwise}
          relax: {windows: none}
          %s
          """
              .formatted(KELVIN, yaml);
      system = (AlloySystem) new AlloyProvider().create(ConfigNode.parse(all, "test.yaml"));
      dynamics = (AlloyDynamics) system.dynamics(system.conditions().get(0), 0);
      rules = system.setup().rules();
      lattices = system.setup().lattices();
      Streams streams = new Streams(5);
      snapshots =
          SnapshotPool.of(
              3,
              300,
              (run, record) ->
                  lattices.initial(lattices.small(), streams.stream(Purpose.CHECK, run, record)));
    }

    AlloyState parts(int sample) {
      AlloyState state = dynamics.upsample(snapshots, system.large(), stream(sample), stream(0));
      if (lattices.largeSites() > lattices.smallSites()) {
        assertThat(state.sites()).isNotInstanceOf(StoredLattice.class);
      }
      return state;
    }

    AlloyState whole(int sample) {
      RandomStream stream = stream(sample);
      return AlloyState.scanned(
          rules
              .tiling(lattices.large())
              .build(
                  snapshots,
                  stream,
                  new WholeBlocks(
                      lattices.shapes(),
                      block ->
                          CompositionRepair.repair(
                              block, lattices.counts(block.sites()), stream))));
    }

    private static RandomStream stream(int sample) {
      return new Streams(6).stream(Purpose.UPSAMPLE, sample);
    }
  }

  private static final String BCC =
      "lattice: {small: 5, large: 40, vacancy_concentration: 0.004, observables: [pair, {pair:"
          + " {shell: 4}}, warren_cowley, b2]}\n";

  /** Compositions that are no multiple of a block are repaired at every level. */
  private static final String UNEQUAL =
      "lattice: {small: [5, 6, 7], large: [20, 24, 28], vacancy_concentration: 0.011904762, composition:"
          + " {Nb: 0.137, Mo: 0.52, Ta: 0.343}, observables: [pair, {pair: {shell: 5}}, b2]}\n";

  private static final String FCC =
      "lattice: {small: 5, large: 15, crystal: fcc, species: [A, B, C, D], composition: {A: 0.1, B:"
          + " 0.2, C: 0.303, D: 0.397}, vacancy_concentration: 0.004, observables: [pair, {pair:"
          + " {shell: 2}}]}\n";

  private static String lattice(String name) {
    return switch (name) {
      case "bcc" -> BCC;
      case "unequal" -> UNEQUAL;
      case "fcc" -> FCC;
      case "small = large" -> BCC.replace("large: 40", "large: 5");
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "bcc, replicate, doubling",
    "bcc, independent, doubling",
    "bcc, replicate, direct",
    "unequal, replicate, doubling",
    "unequal, independent, doubling",
    "unequal, replicate, direct",
    "unequal, independent, direct",
    "fcc, replicate, doubling",
    "fcc, independent, doubling",
    "small = large, replicate, doubling",
    "small = large, independent, doubling"
  })
  void partsAreTheWhole(String lattice, String tiles, String hierarchy) {
    Alloy alloy =
        new Alloy(
            lattice(lattice) + "upsample: {tiles: " + tiles + ", hierarchy: " + hierarchy + "}");
    for (int sample = 0; sample < 3; sample++) {
      AlloyState parts = alloy.parts(sample);
      AlloyState whole = alloy.whole(sample);
      LatticeView view = parts.sites();
      assertThat(view.counts()).isEqualTo(whole.lattice().counts());
      assertThat(view.vacancyCount()).isEqualTo(whole.vacancies().length);
      for (int k = 0; k < whole.vacancies().length; k++) {
        assertThat(view.vacancy(k)).isEqualTo(whole.vacancies()[k]);
      }
      assertThat(alloy.dynamics.observe(parts)).isEqualTo(alloy.dynamics.observe(whole));
      assertThat(parts.sites()).as("observed without being put together").isSameAs(view);
      assertThat(parts.lattice()).isEqualTo(whole.lattice());
      assertThat(parts.vacancies()).isEqualTo(whole.vacancies());
    }
  }

  @Test
  void anyBoxCanBeRead() {
    for (String tiles : new String[] {"replicate", "independent"}) {
      Alloy alloy = new Alloy(UNEQUAL + "upsample: {tiles: " + tiles + "}");
      ReadableLattice parts = (ReadableLattice) alloy.parts(1).sites();
      Lattice whole = alloy.whole(1).lattice();
      Lattice read = new Lattice(whole.crystal(), 13, 61, 9);
      CellBox box = new CellBox(2, 1, 3, 10, 59, 6);
      for (int[] from : new int[][] {{0, 0, 0}, {19, 23, 27}, {7, 13, 5}}) {
        read.set(1, 1, 3, 0, (byte) 9);
        parts.read(from[0], from[1], from[2], read, box);
        assertThat(read.get(1, 1, 3, 0)).as("outside of the box").isEqualTo((byte) 9);
        for (int i = 0; i < box.nx(); i++) {
          for (int j = 0; j < box.ny(); j++) {
            for (int k = 0; k < box.nz(); k++) {
              assertThat(read.get(2 + i, 1 + j, 3 + k, 1))
                  .isEqualTo(
                      whole.get((from[0] + i) % 20, (from[1] + j) % 24, (from[2] + k) % 28, 1));
            }
          }
        }
      }
    }
  }

  /** The evolution is compared with that of a simulator of the whole lattice. */
  @Tag("law")
  @ParameterizedTest
  @CsvSource({
    "replicate, environment: whole, 60",
    "independent, environment: whole, 60",
    "replicate, environment: ghost, 300",
    "independent, 'environment: buffer, buffer_cells: 1', 300",
    "replicate, 'environment: buffer, buffer_cells: 30', 300",
    "replicate, environment: whole, 8000"
  })
  void patchesEvolveAsInTheWhole(String tiles, String evolve, int jumps) {
    for (String kinetics : new String[] {"none", "flicker"}) {
      Alloy alloy =
          new Alloy(
              BCC
                  + "upsample: {tiles: "
                  + tiles
                  + "}\nkinetics: {acceleration: "
                  + kinetics
                  + "}\nevolve: {"
                  + evolve
                  + "}");
      AlloyState parts = alloy.parts(2);
      AlloyState whole = alloy.whole(2);
      var patches = alloy.dynamics.patches(parts, true);
      ShapeSimulator all =
          new ShapeSimulators(
                  alloy.system.setup().model(), alloy.lattices.shapes(), KELVIN, StopSignal.none())
              .of(whole.lattice());
      all.load(whole.lattice());
      double jump = jump(alloy, whole);
      for (int patch = 0; patch < whole.vacancies().length; patch += 59) {
        for (Duration duration :
            new Duration[] {Duration.events(jumps), Duration.time(jumps * jump)}) {
          RandomStream stream = new Streams(7).stream(Purpose.CHECK, patch);
          PartialEvolution made = patches.evolve(patch, duration, stream);
          compare(alloy, whole, all, made, duration);
        }
      }
      assertThat(parts.sites()).isNotInstanceOf(StoredLattice.class);
    }
  }

  private static double jump(Alloy alloy, AlloyState whole) {
    AlloyState copy = whole.copy();
    Progression made = alloy.dynamics.advance(copy, Duration.events(2000), Alloy.stream(8));
    return made.time() / made.events() * whole.vacancies().length;
  }

  private static void compare(
      Alloy alloy, AlloyState whole, ShapeSimulator all, PartialEvolution made, Duration duration) {
    Lattice lattice = whole.lattice();
    OrderParameters order = alloy.lattices.order(lattice.counts());
    Counts change = order.newCounts();
    long vacancy = whole.vacancies()[(int) made.patch()];
    CellBox box = alloy.lattices.patches().around(lattice.shape(), vacancy);
    Optional<CellBox> room =
        switch (alloy.rules.evolve().environment()) {
          case GHOST -> Optional.of(box);
          case BUFFER ->
              Optional.of(box.grown(lattice.shape(), alloy.rules.evolve().bufferCells()));
          default -> Optional.empty();
        };
    Progression expected =
        all.tryOut(
            new long[] {vacancy},
            duration,
            Clock.MEAN,
            new Streams(7).stream(Purpose.CHECK, made.patch()),
            order.tracker(change),
            room.map(cells -> cells.region(lattice)),
            Optional.of(all.drift(order, whole.vacancies().length)));
    double[] increment = new double[order.size()];
    order.difference(change, whole.vacancies().length, increment);
    assertThat(made.increment()).isEqualTo(increment);
    assertThat(made.time()).isEqualTo(expected.time());
    assertThat(made.events()).isEqualTo(expected.events());
    assertThat(made.blocked() > 0).isEqualTo(room.isPresent() && all.metWall());
    double[] before = new double[order.size()];
    order.recountPatch(lattice, box, change);
    order.values(change, (double) lattice.sites() / (box.cells() * 2), before);
    assertThat(made.before()).isEqualTo(before);
    assertThat(made.compensator()).hasSize(order.size());
  }

  /** 2.7e9 sites: counts, sites and vacancies need 64 bits, and nothing goes with their number. */
  @Tag("law")
  @Test
  void billionsOfSitesCostWhatAFewDo() {
    Alloy alloy =
        new Alloy(
            "lattice: {small: 5, large: 1100, vacancy_concentration: 0.004, composition: {Nb:"
                + " 0.137, Mo: 0.52, Ta: 0.343}}\nupsample: {tiles: replicate}");
    AlloyState state = alloy.parts(3);
    ReadableLattice view = (ReadableLattice) state.sites();
    assertThat(view.shape().sites()).isEqualTo(2_662_000_000L);
    assertThat(view.vacancyCount()).isEqualTo(10_648_000);
    assertThat(view.counts()[2]).isCloseTo((long) (0.52 * 2_651_352_000L), Offset.offset(2L));
    long last = view.vacancy(view.vacancyCount() - 1);
    assertThat(last).isGreaterThan(Integer.MAX_VALUE);
    Lattice around = new Lattice(view.shape().crystal(), 5, 5, 5);
    view.read(
        SiteIndex.x(last, 1100, 1100, 2),
        SiteIndex.y(last, 1100, 1100, 2),
        SiteIndex.z(last, 1100, 2),
        around);
    assertThat(around.get(0, 0, 0, SiteIndex.b(last, 2))).isZero();
    double[] small = alloy.dynamics.observe(alloy.snapshots.snapshot(0, 0));
    double[] z = alloy.dynamics.observe(state);
    assertThat(z).hasSameSizeAs(small);
    assertThat(z[0]).isBetween(-2.0, 2.0);
    var patches = alloy.dynamics.patches(state, false);
    PartialEvolution made =
        patches.evolve(patches.count() - 1, Duration.events(50), Alloy.stream(4));
    assertThat(made.events()).isEqualTo(50);
  }

  @Test
  void whatLooksAtAllSitesHasThemPutTogether() {
    Alloy alloy =
        new Alloy(BCC.replace("large: 40", "large: 10") + "upsample: {tiles: independent}");
    AlloyState state = alloy.parts(4);
    var patches = alloy.dynamics.patches(state, false);
    assertThat(patches.evolveAll(Duration.events(3), Alloy.stream(5)).patches()).hasSize(8);
    assertThat(state.sites()).isInstanceOf(StoredLattice.class);
    assertThat(alloy.system.codec().encode(state))
        .isEqualTo(alloy.system.codec().encode(alloy.whole(4)));
  }
}
