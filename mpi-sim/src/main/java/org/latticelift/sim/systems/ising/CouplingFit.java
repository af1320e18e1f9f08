package org.latticelift.sim.systems.ising;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.FitObserver;
import org.latticelift.sim.system.RelaxationStages;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Fits the effective coupling of every stage of the relaxation, in the records' own box: a lattice
 * of another size has other walls at the same coupling and magnetisation, and it is the coupling
 * that sizes have in common (EX-21). By stochastic approximation: a record is mixed at the present
 * coupling, which grows by what walls are too many, less and less (H. Robbins and S. Monro, 1951),
 * and the result is the mean of the second half (B. T. Polyak and A. B. Juditsky, 1992).
 *
 * <p>A step mixes one small lattice, some 0.1 ms for 16 x 16 spins.
 */
final class CouplingFit {
  /** As few states as a first stage has: the beginning of runs is fast. */
  private static final int FEWEST_STATES = 16;

  private static final int STEPS = 2000;

  /** Of the coupling by an excess of one wall per site: 2 / (T^2 specific heat), about. */
  private static final double GAIN = 0.3;

  /** Steps after which the gain is halved. */
  private static final double STEADY = 20;

  /** At this coupling hardly any single spin is unlike those around it. */
  private static final double STRONGEST = 1.5;

  private final int mixing;
  private final RandomStream stream;

  /**
   * @param mixing that spins of the minority change places in either half of a step
   */
  CouplingFit(int mixing, RandomStream stream) {
    this.mixing = mixing;
    this.stream = stream;
  }

  /**
   * Fits all stages.
   *
   * @param pool records of all runs
   * @param inverse 1/T, where the first stage begins
   * @param observer sees every stage begin
   * @return in the order of time
   */
  List<EffectiveCoupling> fit(
      SnapshotPool<SpinLattice> pool, double inverse, FitObserver observer) {
    List<EffectiveCoupling> stages = new ArrayList<>();
    GeometricClusters clusters = new GeometricClusters(pool.snapshot(0, 0).neighbours());
    double coupling = Math.min(STRONGEST, inverse);
    List<int[]> ranges = RelaxationStages.of(pool.runs(), pool.records(), FEWEST_STATES);
    for (int[] range : ranges) {
      observer.begins(0, 0, stages.size() + 1, ranges.size());
      EffectiveCoupling stage = stage(pool, range, clusters, coupling);
      stages.add(stage);
      coupling = stage.coupling();
    }
    return stages;
  }

  private EffectiveCoupling stage(
      SnapshotPool<SpinLattice> pool, int[] range, GeometricClusters clusters, double guess) {
    double coupling = guess;
    double couplings = 0;
    double wanted = 0;
    double sampled = 0;
    int half = STEPS / 2;
    for (int step = 0; step < STEPS; step++) {
      int record = range[0] + stream.below(range[1] - range[0]);
      SpinLattice small = pool.snapshot(stream.below(pool.runs()), record);
      byte[] spins = small.spins();
      clusters.equilibrate(spins, coupling, mixing, stream);
      double density = SpinLattice.of(spins).wallDensity();
      double gain = GAIN / (1 + step / STEADY);
      coupling += gain * 2 * (density - small.wallDensity());
      coupling = Math.max(0, Math.min(STRONGEST, coupling));
      if (step >= half) {
        couplings += coupling / (STEPS - half);
        wanted += small.wallDensity() / (STEPS - half);
        sampled += density / (STEPS - half);
      }
    }
    long states = (long) pool.runs() * (range[1] - range[0]);
    return new EffectiveCoupling(range[0], range[1] - 1, states, couplings, wanted, sampled);
  }
}
