package org.latticelift.sim.vacancy.basin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class PathFactorisationTest {
  private static final int DRAWS = 8_000;
  private static final double KOLMOGOROV = 1.95;
  private final RandomStream stream = new Streams(2).stream(Purpose.CHECK, 41);

  /** Two states: a hand-made case with everything in closed form. */
  @Test
  void twoStatesFollowTheClosedForm() {
    AbsorbingChain chain = new AbsorbingChain();
    int a = chain.add();
    int b = chain.add();
    chain.connect(a, b, 3, 5);
    chain.leaving(a, 0.2);
    chain.leaving(b, 0.1);
    PathFactorisation paths = new PathFactorisation();
    paths.factorise(chain, a, 0);
    // Mean times solve 3.2 A = 1 + 5 B, 5.1 B = 3 A.
    double meanA = 1 / (3.2 - 3 * 5 / 5.1);
    double[] time = new double[2];
    long fromB = 0;
    for (int i = 0; i < DRAWS; i++) {
      paths.draw(stream);
      time[0] += paths.time(a) / DRAWS;
      time[1] += (paths.visited() >> b & 1) == 0 ? 0 : paths.time(b) / DRAWS;
      fromB += paths.end() == b ? 1 : 0;
    }
    double error = 4 * meanA / Math.sqrt(DRAWS);
    assertThat(time[0]).isCloseTo(meanA, within(error));
    assertThat(time[1]).isCloseTo(meanA * 3 / 5.1, within(error));
    double expected = 0.1 * meanA * 3 / 5.1;
    assertThat((double) fromB / DRAWS).isCloseTo(expected, within(4 * Math.sqrt(expected / DRAWS)));
  }

  @Test
  void passagesFollowTheLawOfTheWalk() {
    for (int example = 0; example < 6; example++) {
      AbsorbingChain chain = Chains.random(3 + 3 * example, 0.3 * example, 10, example);
      comparesWithWalk(chain, Long.numberOfTrailingZeros(chain.states()));
    }
  }

  private void comparesWithWalk(AbsorbingChain chain, int start) {
    PathFactorisation paths = new PathFactorisation();
    paths.factorise(chain, start, 0);
    ChainWalk walk = new ChainWalk();
    double[][] duration = new double[2][DRAWS];
    double[][] jumps = new double[2][DRAWS];
    double[][] weighted = new double[2][DRAWS];
    double[][] visits = new double[2][DRAWS];
    long[] end = new long[64];
    double[] expected = new double[64];
    for (int k = 0; k < DRAWS; k++) {
      paths.draw(stream);
      duration[0][k] = paths.duration();
      jumps[0][k] = paths.jumps();
      end[paths.end()]++;
      for (int i = 0; i < 64; i++) {
        if ((paths.visited() >>> i & 1) != 0) {
          weighted[0][k] += i * paths.time(i);
          visits[0][k] += i * i * (double) paths.arrivals(i);
        }
      }
      walk.walk(chain, start, Double.POSITIVE_INFINITY, stream);
      duration[1][k] = walk.duration();
      jumps[1][k] = walk.jumps();
      for (int i = 0; i < 64; i++) {
        weighted[1][k] += i * walk.time(i);
        visits[1][k] += i * i * (double) walk.arrivals(i);
      }
    }
    double[] probability = Chains.exits(chain, start);
    for (int i = 0; i < 64; i++) {
      expected[i] = DRAWS * probability[i];
    }
    assertThat(Samples.kolmogorov(duration[0], duration[1])).isLessThan(KOLMOGOROV);
    assertThat(Samples.kolmogorov(jumps[0], jumps[1])).isLessThan(KOLMOGOROV);
    assertThat(Samples.kolmogorov(weighted[0], weighted[1])).isLessThan(KOLMOGOROV);
    assertThat(Samples.kolmogorov(visits[0], visits[1])).isLessThan(KOLMOGOROV);
    assertThat(Samples.chiSquareExcess(end, expected)).isLessThan(4.5);
  }

  @Test
  void arrivalsTimesAndJumpsAddUp() {
    AbsorbingChain chain = Chains.random(20, 1, 30, 7);
    PathFactorisation paths = new PathFactorisation();
    for (double interruption : new double[] {0, 0.3}) {
      paths.factorise(chain, 4, interruption);
      for (int k = 0; k < 1000; k++) {
        paths.draw(stream);
        long arrivals = 0;
        double time = 0;
        for (int i = 0; i < 64; i++) {
          if ((paths.visited() >>> i & 1) != 0) {
            arrivals += paths.arrivals(i);
            time += paths.time(i);
          }
        }
        assertThat(paths.jumps()).isEqualTo(arrivals - (paths.interrupted() ? 1 : 0));
        assertThat(paths.duration()).isCloseTo(time, within(1e-9 * time));
        assertThat(paths.visited() >>> paths.end() & 1).isEqualTo(1);
      }
    }
  }

  /** A basin so deep that 1 minus a return probability has hardly a correct digit. */
  @Test
  void deepBasinsKeepTheirPrecision() {
    AbsorbingChain chain = new AbsorbingChain();
    double forth = 1;
    double back = 3000;
    for (int i = 0; i < 5; i++) {
      chain.add();
      if (i > 0) {
        chain.connect(i - 1, i, forth, back);
      }
    }
    chain.leaving(4, forth);
    // First passage of a birth and death process: a sum of positive terms.
    double expected = 0;
    for (int k = 0; k < 5; k++) {
      for (int j = 0; j <= k; j++) {
        expected += Math.pow(back / forth, k - j) / forth;
      }
    }
    assertThat(expected).isGreaterThan(8e13);
    PathFactorisation paths = new PathFactorisation();
    paths.factorise(chain, 0, 0);
    double mean = 0;
    double jumps = 0;
    for (int k = 0; k < DRAWS; k++) {
      paths.draw(stream);
      mean += paths.duration() / DRAWS;
      jumps += (double) paths.jumps() / DRAWS;
      assertThat(paths.end()).isEqualTo(4);
    }
    assertThat(mean / expected).isCloseTo(1, within(4 / Math.sqrt(DRAWS)));
    assertThat(jumps / (2 * expected)).isCloseTo(1, within(4 / Math.sqrt(DRAWS)));
  }

  @Test
  void needsAWayOut() {
    AbsorbingChain chain = new AbsorbingChain();
    chain.add();
    chain.add();
    chain.connect(0, 1, 1, 1);
    PathFactorisation paths = new PathFactorisation();
    assertThatThrownBy(() -> paths.factorise(chain, 0, 0)).isInstanceOf(ArithmeticException.class);
    paths.factorise(chain, 0, 0.5);
    paths.draw(stream);
    assertThat(paths.interrupted()).isTrue();
  }
}
