package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.ScheduledSystem;
import org.latticelift.sim.schedule.Segment;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/**
 * One solute atom and one vacancy that bind, in a periodic box of 250 sites whose temperature steps
 * (EX-51). Their distance is a Markov chain of 249 states, whose law is a product of exponentials
 * of two generators, found here from the energies alone.
 */
class ScheduledSoluteTest {
  private static final int SIDE = 10; // half cells
  private static final double BINDING = 0.25;
  private static final double SOLVENT = 1.0;
  private static final double SOLUTE = 0.8;
  private static final double BOLTZMANN = 8.617333e-5;
  private static final int RECORDS = 3;
  private static final int RUNS = 2000;

  private static LatticeSystem<?> system(String acceleration) {
    ConfigNode root =
        ConfigNode.parse(
            "{system: alloy, conditions: {temperature_K: [900]}, lattice: {small: 5, large: 5,"
                + " species: [Nb, Mo], composition: {Nb: 248, Mo: 1}, vacancy_concentration: 0.004},"
                + " barrier: {model: pairwise, pairwise: {activation: [1.0, 0.8], shells: [[[0, 0],"
                + " [0, 0]]], vacancy: [[0, -0.25]]}}, kinetics: {acceleration: "
                + acceleration
                + "}}",
            "test");
    return SystemProvider.find(root.get("system")).create(root);
  }

  /** Share of runs in which they are neighbours, at each record. */
  private static <S> double[] bound(LatticeSystem<S> system, Schedule schedule) {
    double reference = system.reference(system.small())[1];
    return counted(new ScheduledSystem<>(system, schedule, RECORDS, 1), reference);
  }

  private static <S> double[] counted(LatticeSystem<S> system, double reference) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 0);
    RandomStream stream = new Streams(5).stream(Purpose.DIRECT);
    double[] bound = new double[RECORDS];
    for (int run = 0; run < RUNS; run++) {
      S state = dynamics.initial(system.small(), stream);
      for (int r = 0; r < RECORDS; r++) {
        dynamics.advance(state, Duration.time(0), stream);
        double pairs = (dynamics.observe(state)[1] + reference) * 248;
        assertThat(pairs).isCloseTo(Math.rint(pairs), within(1e-6));
        bound[r] += (8 - Math.rint(pairs)) / RUNS;
      }
    }
    return bound;
  }

  /** The chain of the vector from the vacancy to the solute, in half cells. */
  private static final class Distance {
    private final List<int[]> states = new ArrayList<>();
    private final int[][][] index = new int[SIDE][SIDE][SIDE];

    Distance() {
      for (int x = 0; x < SIDE; x++) {
        for (int y = 0; y < SIDE; y++) {
          for (int z = 0; z < SIDE; z++) {
            if (x % 2 == y % 2 && y % 2 == z % 2 && x + y + z > 0) {
              index[x][y][z] = states.size();
              states.add(new int[] {x, y, z});
            }
          }
        }
      }
    }

    private static boolean neighbours(int[] r) {
      for (int axis : r) {
        if (axis != 1 && axis != SIDE - 1) {
          return false;
        }
      }
      return true;
    }

    private static double energy(int[] r) {
      return neighbours(r) ? -BINDING : 0;
    }

    double[] uniform() {
      double[] law = new double[states.size()];
      java.util.Arrays.fill(law, 1.0 / law.length);
      return law;
    }

    double bound(double[] law) {
      double sum = 0;
      for (int s = 0; s < law.length; s++) {
        sum += neighbours(states.get(s)) ? law[s] : 0;
      }
      return sum;
    }

    /** The law a time later: Taylor's series of the exponential, in short parts. */
    double[] after(double[] law, double kelvin, double time) {
      int[][] target = new int[states.size()][8];
      double[][] rate = new double[states.size()][8];
      double fastest = 0;
      for (int s = 0; s < rate.length; s++) {
        double total = 0;
        for (int d = 0; d < 8; d++) {
          total += hop(states.get(s), d, kelvin, target[s], rate[s]);
        }
        fastest = Math.max(fastest, total);
      }
      int parts = 1 + (int) (fastest * time / 2);
      double[] now = law;
      for (int part = 0; part < parts; part++) {
        double[] term = now;
        double[] sum = now.clone();
        for (int k = 1; k < 30; k++) {
          term = changed(term, target, rate, time / parts / k);
          for (int s = 0; s < sum.length; s++) {
            sum[s] += term[s];
          }
        }
        now = sum;
      }
      return now;
    }

    /** Where a hop of the vacancy leads, and its rate. */
    private double hop(int[] r, int d, double kelvin, int[] target, double[] rate) {
      int[] hop = {d / 4 * 2 - 1, d / 2 % 2 * 2 - 1, d % 2 * 2 - 1};
      int[] to = new int[3];
      boolean solute = true;
      for (int axis = 0; axis < 3; axis++) {
        solute &= r[axis] == Math.floorMod(hop[axis], SIDE);
      }
      for (int axis = 0; axis < 3; axis++) {
        to[axis] = Math.floorMod(solute ? -hop[axis] : r[axis] - hop[axis], SIDE);
      }
      double barrier = (solute ? SOLUTE : SOLVENT) + (energy(to) - energy(r)) / 2;
      target[d] = index[to[0]][to[1]][to[2]];
      rate[d] = 1e13 * Math.exp(-barrier / (BOLTZMANN * kelvin));
      return rate[d];
    }

    private static double[] changed(double[] law, int[][] target, double[][] rate, double factor) {
      double[] change = new double[law.length];
      for (int s = 0; s < law.length; s++) {
        for (int d = 0; d < 8; d++) {
          double flow = factor * law[s] * rate[s][d];
          change[s] -= flow;
          change[target[s][d]] += flow;
        }
      }
      return change;
    }
  }

  private static double[] exact(Schedule schedule) {
    Distance chain = new Distance();
    assertThat(chain.states).hasSize(249);
    double[] law = chain.uniform();
    double[] bound = new double[RECORDS];
    double now = 0;
    for (int r = 0; r < RECORDS; r++) {
      double record = schedule.length() * (r + 1) / RECORDS;
      for (Segment segment : schedule.segments()) {
        double end = Math.min(record, segment.end());
        if (end > Math.max(now, segment.start())) {
          law = chain.after(law, segment.from(), end - Math.max(now, segment.start()));
        }
      }
      now = record;
      bound[r] = chain.bound(law);
    }
    return bound;
  }

  /** Steps between and at records, down and up, with plain jumps and with resolved flicker. */
  @Tag("law")
  @ParameterizedTest
  @CsvSource({
    "none, 900, 0.3e-6, 700, 1.8e-6",
    "flicker, 900, 0.3e-6, 700, 1.8e-6",
    "none, 700, 1.2e-6, 950, 0.15e-6",
    "flicker, 700, 1.2e-6, 950, 0.15e-6"
  })
  void neighboursFollowTheMatrixExponential(
      String acceleration, double first, double during, double second, double then) {
    Schedule schedule =
        ScheduleSpec.fromConfig(
                ConfigNode.parse(
                    "[{anneal: {at: "
                        + first
                        + ", time_s: "
                        + during
                        + "}}, {anneal: {at: "
                        + second
                        + ", time_s: "
                        + then
                        + "}}]",
                    "test"))
            .schedule("temperature_K", "s");
    double[] exact = exact(schedule);
    double[] found = bound(system(acceleration), schedule);
    for (int r = 0; r < RECORDS; r++) {
      double error = Math.sqrt(exact[r] * (1 - exact[r]) / RUNS);
      assertThat(found[r]).as("record " + r).isCloseTo(exact[r], within(4 * error));
    }
  }
}
