package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.HashModel;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

/** Displacements in a lattice that ranks share (EX-60). */
class SharedDisplacementsTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final int CELLS = 16;
  private static final Streams SEEDS = new Streams(3);
  private static final int RECORDS = 8;
  private static final SublatticeConfig CONFIG =
      new SublatticeConfig(4, Optional.of(0.5), Optional.empty(), 0);

  /** Species of one atom each, and the others. */
  private static final List<String> SPECIES = List.of("A", "B", "C", "D", "E", "F");

  private static final Columns LAYOUT = new Columns(SPECIES.size(), 4, false);

  private static final Percentage ROUNDING = Percentage.withPercentage(1e-10);

  @TempDir private Path folder;

  private static VacancyProblem problem(int vacancies, Kinetics kinetics) {
    long[] counts = {vacancies, 1, 1, 1, 1, 1, 2 * CELLS * CELLS * CELLS - vacancies - 5};
    OrderParameters order =
        OrderParameters.of(
            BCC, SPECIES, counts, ObservableList.fromConfig(ConfigNode.parse("[pair]", "test")));
    return new VacancyProblem(
        new HashModel(BCC, SPECIES.size()),
        kinetics,
        5000,
        1 << 20,
        CELLS,
        CELLS,
        CELLS,
        counts,
        order,
        Optional.of(LAYOUT));
  }

  private static SublatticeRun start(Communicator ranks, VacancyProblem problem) {
    InitialLattice random =
        InitialLattice.random(problem.counts(), SEEDS.stream(Purpose.DIRECT_INITIAL_STATE, 1, 0));
    return SublatticeRun.start(ranks, problem, CONFIG, SEEDS, random, 1, 0);
  }

  private static List<double[]> records(
      Communicator ranks, VacancyProblem problem, double seconds) {
    SublatticeRun run = start(ranks, problem);
    List<double[]> records = new ArrayList<>();
    records.add(run.measure());
    for (int record = 0; record < RECORDS; record++) {
      stretch(run, seconds);
      records.add(run.measure());
    }
    return records;
  }

  private static void stretch(SublatticeRun run, double seconds) {
    run.beginTime(seconds);
    while (!run.cycle()) {
      assertThat(run.time()).isPositive();
    }
  }

  /** Where a species has one atom the atom goes where its species does, over any border. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aSingleAtomGoesWhereItsSpeciesGoes(int size) throws Exception {
    for (double[] last : last(size, problem(300, Kinetics.PLAIN), 1e-12)) {
      for (int code = 1; code < SPECIES.size(); code++) {
        for (int length = 0; length < LAYOUT.lengths(); length++) {
          double square = last[LAYOUT.square(length, code)];
          assertThat(square).isCloseTo(last[LAYOUT.product(length, code, code)], ROUNDING);
          assertThat(square).isPositive();
          assertThat(last[LAYOUT.followed(length)])
              .isEqualTo(last[LAYOUT.level(length)])
              .isEqualTo(RECORDS >> length);
        }
      }
    }
  }

  /** A single vacancy goes the other way of all atoms together. */
  @Test
  void aSingleVacancyGoesAgainstAllAtoms() throws Exception {
    for (double[] last : last(4, problem(1, Kinetics.PLAIN), 1e-12)) {
      for (int length = 0; length < LAYOUT.lengths(); length++) {
        double sum = 0;
        for (int a = 1; a <= SPECIES.size(); a++) {
          for (int b = 1; b <= SPECIES.size(); b++) {
            sum += last[LAYOUT.product(length, a, b)];
          }
        }
        assertThat(last[LAYOUT.single(length) + 1]).isCloseTo(sum, ROUNDING).isPositive();
        assertThat(last[LAYOUT.single(length)]).isEqualTo(RECORDS >> length);
      }
    }
  }

  private static List<double[]> last(int size, VacancyProblem problem, double seconds)
      throws Exception {
    return RanksTogether.each(size, ranks -> records(ranks, problem, seconds).get(RECORDS));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyNumberOfRanksMeasuresTheSame(boolean flicker) throws Exception {
    VacancyProblem problem = problem(100, flicker ? Kinetics.flicker(16, true) : Kinetics.PLAIN);
    List<double[]> one = RanksTogether.each(1, ranks -> records(ranks, problem, 1e-12)).get(0);
    for (int size : new int[] {2, 4}) {
      for (List<double[]> many :
          RanksTogether.each(size, ranks -> records(ranks, problem, 1e-12))) {
        assertThat(many).usingRecursiveComparison().isEqualTo(one);
      }
    }
  }

  @Test
  void goesOnOnOtherRanksBitForBit() throws Exception {
    VacancyProblem problem = problem(100, Kinetics.PLAIN);
    List<double[]> whole = RanksTogether.each(2, ranks -> records(ranks, problem, 1e-12)).get(0);
    Path file = folder.resolve("run.ckpt");
    RanksTogether.each(4, ranks -> savedWithin(ranks, problem, file));
    for (List<double[]> rest : RanksTogether.each(3, ranks -> resumed(ranks, problem, file))) {
      assertThat(rest).usingRecursiveComparison().isEqualTo(whole.subList(6, RECORDS + 1));
    }
  }

  /** Within the sixth stretch. */
  private static Boolean savedWithin(Communicator ranks, VacancyProblem problem, Path file) {
    SublatticeRun run = start(ranks, problem);
    run.measure();
    for (int record = 0; record < 5; record++) {
      stretch(run, 1e-12);
      run.measure();
    }
    run.beginTime(1e-12);
    assertThat(run.cycle() || run.cycle()).isFalse();
    run.save(file);
    return true;
  }

  private static List<double[]> resumed(Communicator ranks, VacancyProblem problem, Path file) {
    SublatticeRun run = SublatticeRun.resume(ranks, problem, CONFIG, SEEDS, 1, 0, file);
    List<double[]> records = new ArrayList<>();
    while (!run.cycle()) {
      assertThat(run.time()).isPositive();
    }
    records.add(run.measure());
    for (int record = 6; record < RECORDS; record++) {
      stretch(run, 1e-12);
      records.add(run.measure());
    }
    return records;
  }
}
