package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpLog;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The law of the simulator in closed state spaces of one and two vacancies, against exact results.
 * All error bars are five standard deviations of the estimate at the fixed seeds.
 */
class DetailedBalanceTest {
  private static final double SIGMAS = 5;

  @Test
  void theModelObeysDetailedBalance() {
    for (ClosedChain chain : new ClosedChain[] {new ClosedChain(1), new ClosedChain(0, 2)}) {
      for (int i = 0; i < chain.boltzmann.length; i++) {
        for (int j = 0; j < chain.boltzmann.length; j++) {
          double forth = chain.boltzmann[i] * chain.generator[i][j];
          double back = chain.boltzmann[j] * chain.generator[j][i];
          assertThat(forth).isEqualTo(back, within(1e-12 * Math.abs(forth) + 1e-300));
        }
      }
    }
    assertThat(new ClosedChain(1).states).hasSize(4);
    assertThat(new ClosedChain(0, 2).states).hasSize(6);
  }

  @Test
  void totalRateIsThatOfTheGenerator() {
    ClosedChain chain = new ClosedChain(0, 2);
    for (int s = 0; s < chain.states.size(); s++) {
      VacancySimulator simulator = chain.simulator(chain.states.get(s).copy());
      assertThat(simulator.totalRate() / -chain.generator[s][s]).isEqualTo(1, within(1e-5));
    }
  }

  @Test
  void timeInEachStateIsBoltzmannsWithOneVacancy() {
    stationary(new ClosedChain(1), Clock.EXPONENTIAL, 3);
    stationary(new ClosedChain(1), Clock.MEAN, 4);
  }

  @Test
  void timeInEachStateIsBoltzmannsWithTwoVacancies() {
    stationary(new ClosedChain(0, 2), Clock.EXPONENTIAL, 5);
    stationary(new ClosedChain(0, 2), Clock.MEAN, 6);
  }

  /** Shares of time in blocks of jumps; the error bar is from the scatter of the blocks. */
  private static void stationary(ClosedChain chain, Clock clock, long seed) {
    Lattice lattice = chain.start.copy();
    VacancySimulator simulator = chain.simulator(lattice);
    RandomStream stream = RandomAlloy.stream(seed, 0);
    simulator.runEvents(1000, clock, stream);
    int n = chain.boltzmann.length;
    int blocks = 100;
    double[] sum = new double[n];
    double[] squares = new double[n];
    for (int block = 0; block < blocks; block++) {
      double[] share = new double[n];
      double begin = simulator.time();
      for (int jump = 0; jump < 3000; jump++) {
        int state = chain.state(lattice);
        double before = simulator.time();
        simulator.runEvents(1, clock, stream);
        share[state] += simulator.time() - before;
      }
      for (int s = 0; s < n; s++) {
        share[s] /= simulator.time() - begin;
        sum[s] += share[s] / blocks;
        squares[s] += share[s] * share[s] / blocks;
      }
    }
    for (int s = 0; s < n; s++) {
      double error = Math.sqrt((squares[s] - sum[s] * sum[s]) / (blocks - 1));
      assertThat(error).isLessThan(0.01);
      assertThat(sum[s]).isEqualTo(chain.boltzmann[s], within(SIGMAS * error));
    }
  }

  @Test
  void stateAtATimeFollowsTheMatrixExponential() {
    transientLaw(new ClosedChain(0), 7);
    transientLaw(new ClosedChain(0, 2), 8);
  }

  private static void transientLaw(ClosedChain chain, long seed) {
    int n = chain.boltzmann.length;
    int runs = 20_000;
    double rate = -chain.generator[0][0];
    Lattice lattice = chain.start.copy();
    VacancySimulator simulator = chain.simulator(lattice);
    JumpLog log = new JumpLog(100);
    simulator.observe(log);
    long[] sites = lattice.vacancies();
    for (double scaled : new double[] {0.3, 1.5}) {
      double stop = scaled / rate;
      double[] exact = ClosedChain.exponential(chain.generator, stop)[0];
      long[] seen = new long[n];
      RandomStream stream = RandomAlloy.stream(seed, (long) (10 * scaled));
      for (int run = 0; run < runs; run++) {
        simulator.activate(sites);
        simulator.time(0);
        simulator.runUntil(stop, stream);
        assertThat(simulator.time()).isEqualTo(stop);
        seen[chain.state(lattice)]++;
        log.undo(lattice);
      }
      for (int s = 0; s < n; s++) {
        double error = Math.sqrt(exact[s] * (1 - exact[s]) / runs) + 1.0 / runs;
        assertThat((double) seen[s] / runs).isEqualTo(exact[s], within(SIGMAS * error));
      }
    }
  }

  @Test
  void exponentialClockHasTheMeanAndScatterOfTheMeanClock() {
    ClosedChain chain = new ClosedChain(1);
    double mean = 0;
    double square = 0;
    int runs = 50_000;
    RandomStream stream = RandomAlloy.stream(9, 0);
    Lattice lattice = chain.start.copy();
    VacancySimulator simulator = chain.simulator(lattice);
    JumpLog log = new JumpLog(1);
    simulator.observe(log);
    long[] sites = lattice.vacancies();
    double expected = 1 / simulator.totalRate();
    for (int run = 0; run < runs; run++) {
      simulator.activate(sites);
      simulator.time(0);
      simulator.runEvents(1, Clock.EXPONENTIAL, stream);
      double wait = simulator.time() / expected;
      mean += wait / runs;
      square += wait * wait / runs;
      log.undo(lattice);
    }
    assertThat(mean).isEqualTo(1, within(SIGMAS / Math.sqrt(runs)));
    assertThat(square).isEqualTo(2, within(SIGMAS * Math.sqrt(20.0 / runs)));
  }
}
