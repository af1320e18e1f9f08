package org.latticelift.sim.vacancy.basin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.basin.StoppedPassage.TimedPassage;

class StoppedPassageTest {
  private static final int DRAWS = 4_000;
  private static final double KOLMOGOROV = 1.95;
  private final RandomStream stream = new Streams(3).stream(Purpose.CHECK, 43);

  @Test
  void theStateAtTheStopFollowsTheMatrixExponential() {
    for (int example = 0; example < 4; example++) {
      AbsorbingChain chain = Chains.random(4 + 4 * example, 0.4 * example, 40, 20 + example);
      for (double stop : new double[] {0.3, 4, 15}) {
        double[] p = Chains.distribution(chain, 1, stop);
        double inside = 0;
        for (double value : p) {
          inside += value;
        }
        piecesReach(chain, stop, p, inside);
        conditionedReach(chain, stop, p, inside);
      }
    }
  }

  private void piecesReach(AbsorbingChain chain, double stop, double[] p, double inside) {
    long[] seen = new long[p.length + 1];
    double[] expected = new double[p.length + 1];
    for (int k = 0; k < DRAWS; k++) {
      int end = Pieces.end(chain, 1, stop, stream);
      seen[end < 0 ? p.length : end]++;
    }
    for (int i = 0; i < p.length; i++) {
      expected[i] = DRAWS * p[i];
    }
    expected[p.length] = DRAWS * (1 - inside);
    assertThat(Samples.chiSquareExcess(seen, expected)).isLessThan(4.5);
  }

  private void conditionedReach(AbsorbingChain chain, double stop, double[] p, double inside) {
    StoppedPassage stopped = new StoppedPassage();
    long[] seen = new long[p.length];
    double[] expected = new double[p.length];
    for (int k = 0; k < DRAWS; k++) {
      stopped.draw(chain, 1, stop, stream);
      seen[stopped.end()]++;
    }
    for (int i = 0; i < p.length; i++) {
      expected[i] = DRAWS * p[i] / inside;
    }
    assertThat(Samples.chiSquareExcess(seen, expected)).isLessThan(4.5);
  }

  /** Times, counts and state together, against walks that lasted. */
  @Test
  void timesAndCountsUpToTheStopFollowTheWalk() {
    AbsorbingChain chain = Chains.random(9, 0.6, 60, 31);
    StoppedPassage stopped = new StoppedPassage();
    ChainWalk walk = new ChainWalk();
    double[][] weighted = new double[2][DRAWS];
    double[][] jumps = new double[2][DRAWS];
    double[][] withState = new double[2][DRAWS];
    double stop = 17;
    for (int k = 0; k < DRAWS; k++) {
      stopped.draw(chain, 2, stop, stream);
      long departures = 0;
      double time = 0;
      for (int i = 0; i < 9; i++) {
        weighted[0][k] += i * stopped.time(i);
        departures += stopped.departures(i);
        time += stopped.time(i);
      }
      assertThat(departures).isEqualTo(stopped.jumps());
      assertThat(time).isCloseTo(stop, within(1e-9));
      jumps[0][k] = stopped.jumps() + 0.1 * stopped.departures(3);
      withState[0][k] = weighted[0][k] * (stopped.end() % 2 == 0 ? 1 : -1);
      do {
        walk.walk(chain, 2, stop, stream);
      } while (!walk.stopped());
      for (int i = 0; i < 9; i++) {
        weighted[1][k] += i * walk.time(i);
      }
      long from = walk.arrivals(3) - (walk.end() == 3 ? 1 : 0);
      jumps[1][k] = walk.jumps() + 0.1 * from;
      withState[1][k] = weighted[1][k] * (walk.end() % 2 == 0 ? 1 : -1);
    }
    assertThat(Samples.kolmogorov(weighted[0], weighted[1])).isLessThan(KOLMOGOROV);
    assertThat(Samples.kolmogorov(jumps[0], jumps[1])).isLessThan(KOLMOGOROV);
    assertThat(Samples.kolmogorov(withState[0], withState[1])).isLessThan(KOLMOGOROV);
  }

  /** Exit times of passages made in pieces equal those of whole passages. */
  @Test
  void piecesLeaveAtTheSameTimesAsWholePassages() {
    AbsorbingChain chain = Chains.random(12, 0.3, 20, 33);
    PathFactorisation whole = new PathFactorisation();
    whole.factorise(chain, 0, 0);
    TimedPassage piece = new TimedPassage();
    double[][] time = new double[2][DRAWS];
    for (int k = 0; k < DRAWS; k++) {
      whole.draw(stream);
      time[0][k] = Math.min(whole.duration(), 25);
      int at = 0;
      double now = 0;
      while (now < 25) {
        piece.draw(chain, at, 30 - now, k % 2 == 0 ? 2 : 9, stream);
        now += piece.passage().duration();
        if (!piece.passage().interrupted()) {
          break;
        }
        at = piece.passage().end();
      }
      time[1][k] = Math.min(now, 25);
    }
    assertThat(Samples.kolmogorov(time[0], time[1])).isLessThan(KOLMOGOROV);
  }

  /** Pieces first, the rest jump by jump. */
  private static final class Pieces {
    static int end(AbsorbingChain chain, int start, double stop, RandomStream stream) {
      TimedPassage piece = new TimedPassage();
      ChainWalk walk = new ChainWalk();
      int at = start;
      double left = stop;
      while (left > 0.4) {
        piece.draw(chain, at, left, 2, stream);
        if (!piece.passage().interrupted()) {
          return -1;
        }
        at = piece.passage().end();
        left -= piece.passage().duration();
      }
      walk.walk(chain, at, left, stream);
      return walk.stopped() ? walk.end() : -1;
    }
  }
}
