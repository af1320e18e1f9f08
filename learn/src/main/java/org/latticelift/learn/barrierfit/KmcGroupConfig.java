package org.latticelift.learn.barrierfit;

import java.util.List;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.random.RandomStream;

/**
 * Environments met by vacancies in kinetic Monte Carlo with the teacher. Each member is one
 * history: a random alloy that goes through all stages. An environment is kept when it is new in
 * its member; keeping is spread evenly over the jumps of a stage.
 *
 * @param name category
 * @param kind {@code kmc}
 * @param share relative to the other groups
 * @param members number of independent histories
 * @param cells cells per axis
 * @param composition how the composition of each history is drawn
 * @param minVacancies fewest vacancies
 * @param maxVacancies most vacancies; all lie in the environment of the first at the start
 * @param stages temperatures and jumps
 */
public record KmcGroupConfig(
    String name,
    @OneOf("kmc") String kind,
    @Range(min = 0) double share,
    @Doc("independent histories") @Default("1") @Range(min = 1, max = 100000) int members,
    @Doc("cells per axis") @Default("8") @Range(min = 5, max = 64) int cells,
    @Doc("how the composition of each history is drawn") @Default("{}") AtomMixConfig composition,
    @Doc("fewest vacancies") @Default("1") @Range(min = 1, max = 20) int minVacancies,
    @Doc("most vacancies") @Default("1") @Range(min = 1, max = 20) int maxVacancies,
    @Doc("temperatures and jumps, in order") List<KmcStageConfig> stages)
    implements SampleGroup {

  /**
   * Checks ranges that depend on each other.
   *
   * @param name category
   * @param kind {@code kmc}
   * @param share relative to the other groups
   * @param members number of independent histories
   * @param cells cells per axis
   * @param composition how the composition of each history is drawn
   * @param minVacancies fewest vacancies
   * @param maxVacancies most vacancies; all lie in the environment of the first at the start
   * @param stages temperatures and jumps
   */
  public KmcGroupConfig {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("stages is empty");
    }
    if (maxVacancies < minVacancies) {
      throw new IllegalArgumentException("max_vacancies is below min_vacancies");
    }
  }

  @Override
  public int members(int wanted) {
    return Math.max(1, Math.min(members, wanted / stages.size()));
  }

  @Override
  public byte[] member(SampleContext context, int wanted, RandomStream stream) {
    SampledHistory history = new SampledHistory(context, cells, stream);
    history.fill(composition);
    history.placeVacancies(minVacancies, maxVacancies);
    for (int i = 0; i < stages.size(); i++) {
      int from = (int) ((long) wanted * i / stages.size());
      int to = (int) ((long) wanted * (i + 1) / stages.size());
      history.run(stages.get(i), to - from);
    }
    return history.environments();
  }
}
