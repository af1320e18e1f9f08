package org.latticelift.sim.vacancy.hamiltonian;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.EnsembleAverages;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;

/**
 * The fitted stages of one condition, and from them the Hamiltonian for large states like any
 * single record, or the mean of some: that of the nearest stage, with J of nearest neighbours moved
 * by C^-1 (n of the stage - n of the records), n the numbers of nearest pairs of atoms (EX-21). All
 * other pairs follow as they do in the ensemble.
 *
 * <p>Not more is moved than what order parameters are made of. How one vacancy happens to be
 * surrounded in one record is no mean that a large state should have. And the numbers of all pairs
 * of a record are one draw of few waves: a large lattice that has them on average would have the
 * same excess in waves of all lengths, and is close to ordering where the record is not. Immutable.
 */
public final class StagedEnsembles {
  private final List<FittedStage> stages;
  private final int[] fitted;
  private final CountCovariance[] apart;
  private final CountCovariance[] moving;
  private final long sites;

  /** Prepares the rule ({@code stages}: of one condition, at least one). */
  public StagedEnsembles(List<FittedStage> stages, long sites) {
    this.stages = List.copyOf(stages);
    this.sites = sites;
    EffectiveHamiltonian like = stages.get(0).hamiltonian();
    fitted = EnsembleAverages.fitted(like.kinds(), like.shells());
    int perShell = like.kinds().parameters().length;
    int vacancies = like.kinds().vacancyParameters();
    apart = covariances(k -> k % perShell >= vacancies);
    moving = covariances(k -> k < perShell && k >= vacancies);
  }

  private CountCovariance[] covariances(IntPredicate free) {
    return stages.stream()
        .map(s -> new CountCovariance(s.covariance(), free))
        .toArray(CountCovariance[]::new);
  }

  /**
   * The Hamiltonian of large states like the mean of records ({@code records}: pairs of all shells
   * of states of the records' box, at least one), to be sampled at any size.
   */
  public EffectiveHamiltonian like(List<PairCounts> records) {
    double[] counts = perSite(records);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int s = 0; s < apart.length; s++) {
      double distance = apart[s].distance(difference(s, counts));
      if (distance < least) {
        least = distance;
        nearest = s;
      }
    }
    double[] move = moving[nearest].solve(difference(nearest, counts));
    EffectiveHamiltonian from = stages.get(nearest).hamiltonian();
    double[] parameters = from.parameters();
    for (int i = 0; i < move.length; i++) {
      double moved = parameters[i] + move[i];
      parameters[i] =
          Math.max(-EffectiveHamiltonian.MOST, Math.min(EffectiveHamiltonian.MOST, moved));
    }
    return new EffectiveHamiltonian(from.kinds(), from.shells(), parameters);
  }

  private double[] perSite(List<PairCounts> records) {
    long[] sum = records.get(0).array();
    for (PairCounts record : records.subList(1, records.size())) {
      long[] counts = record.array();
      Arrays.setAll(sum, k -> sum[k] + counts[k]);
    }
    return Arrays.stream(sum).mapToDouble(n -> (double) n / (sites * records.size())).toArray();
  }

  private double[] difference(int stage, double[] counts) {
    double[] sampled = stages.get(stage).sampled();
    return IntStream.of(fitted).mapToDouble(k -> sampled[k] - counts[k]).toArray();
  }

  /**
   * Ensembles for large states of one condition: those of the fit to all runs, and of each group
   * its own, so that states of different groups share no fit (EX-07). Immutable.
   *
   * @param all of all runs
   * @param groups of each group; empty where groups were not told apart
   */
  public record GroupedEnsembles(StagedEnsembles all, List<StagedEnsembles> groups) {
    /**
     * The Hamiltonian of large states like the mean of records ({@code group}: of the records; -1
     * without groups; {@code records}: their pairs of all shells, at least one), to be sampled at
     * any size.
     */
    public EffectiveHamiltonian like(int group, List<PairCounts> records) {
      return (group < 0 || groups.isEmpty() ? all : groups.get(group)).like(records);
    }
  }

  /**
   * What was fitted at one condition.
   *
   * @param all the fit to all runs, stages in the order of time
   * @param groups the same stages fitted to each group of runs (EX-07); empty without groups
   */
  public record FittedStages(List<FittedStage> all, List<List<FittedStage>> groups) {
    /** Without groups ({@code all}: the fit to all runs). */
    public FittedStages(List<FittedStage> all) {
      this(all, List.of());
    }

    /** The rule by which large states are made. */
    public GroupedEnsembles ensembles(long sites) {
      return new GroupedEnsembles(
          new StagedEnsembles(all, sites),
          groups.stream().map(stages -> new StagedEnsembles(stages, sites)).toList());
    }
  }
}
