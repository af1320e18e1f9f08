package org.latticelift.bench.study.scaling;

import java.util.List;
import java.util.Optional;
import org.latticelift.bench.study.scaling.MethodCost.StageTime;
import org.latticelift.bench.study.scaling.StudyFiles.Measurement;

/**
 * A study: everything that was measured and estimated.
 *
 * @param measurements of distributed kinetic Monte Carlo
 * @param costs fitted to them
 * @param stages wall times of the stages of the method; may be empty
 * @param method estimated costs; may be empty
 * @param answers what a set of questions costs; empty without stages or direct runs
 */
public record ScalingStudy(
    List<Measurement> measurements,
    RankCosts costs,
    List<StageTime> stages,
    List<MethodCost> method,
    Optional<Answers> answers) {
  static final List<Long> PREDICTED =
      List.of(1L, 2L, 4L, 8L, 16L, 64L, 256L, 1024L, 4096L, 10_000L);

  /** A series ({@code name}: strong or weak), by ranks. */
  public List<Measurement> series(String name) {
    return measurements.stream().filter(m -> m.series().equals(name)).toList();
  }

  /** What the model says of a series ({@code name}: strong or weak); efficiency, a prediction. */
  public double predicted(String name, long ranks) {
    List<Measurement> measured = series(name);
    Measurement one = measured.get(0);
    double events = (double) one.speed().events() / one.speed().cycles();
    double bytes =
        measured.stream()
            .filter(m -> m.ranks() == 2)
            .mapToDouble(m -> m.speed().mean().bytes())
            .findFirst()
            .orElse(0);
    return name.equals(Measurement.STRONG)
        ? costs.strong(ranks, events, bytes)
        : costs.weak(ranks, events, bytes);
  }
}
