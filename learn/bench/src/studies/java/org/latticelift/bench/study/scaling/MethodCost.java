package org.latticelift.bench.study.scaling;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latticelift.app.pipeline.MethodStage;
import org.latticelift.io.run.stage.StagePlan;

/**
 * Estimated work of the method and of a direct simulation for one condition and size.
 *
 * @param condition such as {@code T2000}
 * @param sites of the large system
 * @param methodSeconds core seconds of simulation, lifting, training and prediction
 * @param directSeconds core seconds of the direct runs that are configured
 */
public record MethodCost(String condition, long sites, double methodSeconds, double directSeconds) {
  private static final Set<String> METHOD =
      MethodStage.commands(MethodStage.Part.LEARNING, MethodStage.Part.PREDICTION);
  private static final String DIRECT = MethodStage.DIRECT.command();

  /** Sums plans. */
  public static MethodCost of(String condition, long sites, List<StagePlan> plans) {
    double method = 0;
    double direct = 0;
    for (StagePlan plan : plans) {
      method += METHOD.contains(plan.stage()) ? plan.seconds() : 0;
      direct += plan.stage().equals(DIRECT) ? plan.seconds() : 0;
    }
    return new MethodCost(condition, sites, method, direct);
  }

  /** Sums what stages have taken ({@code times}: of all stages on one rank with one thread). */
  public static MethodCost measured(String condition, long sites, List<StageTime> times) {
    double method = 0;
    double direct = 0;
    for (StageTime time : times) {
      method += METHOD.contains(time.stage()) ? time.seconds() : 0;
      direct += time.stage().equals(DIRECT) ? time.seconds() : 0;
    }
    return new MethodCost(condition, sites, method, direct);
  }

  /**
   * Corrects an estimate by what was measured where something was estimated, too ({@code
   * estimated}: cost of the same configuration); this estimate, times the ratios of the two kinds
   * of work; unchanged where one is unknown.
   */
  public MethodCost corrected(MethodCost measured, MethodCost estimated) {
    return new MethodCost(
        condition,
        sites,
        methodSeconds * ratio(measured.methodSeconds, estimated.methodSeconds),
        directSeconds * ratio(measured.directSeconds, estimated.directSeconds));
  }

  private static double ratio(double measured, double estimated) {
    return measured > 0 && estimated > 0 ? measured / estimated : 1;
  }

  /**
   * From which size on the method is cheaper, by interpolation of logarithms ({@code costs}: of one
   * condition, sizes ascending); size and cost there; empty if never within these sizes.
   */
  public static Optional<MethodCost> breakEven(List<MethodCost> costs) {
    for (int i = 0; i < costs.size(); i++) {
      MethodCost here = costs.get(i);
      if (here.directSeconds >= here.methodSeconds) {
        return Optional.of(i == 0 ? here : between(costs.get(i - 1), here));
      }
    }
    return Optional.empty();
  }

  private static MethodCost between(MethodCost below, MethodCost above) {
    double low = Math.log(below.directSeconds / below.methodSeconds);
    double high = Math.log(above.directSeconds / above.methodSeconds);
    double part = low / (low - high);
    double seconds = power(below.methodSeconds, above.methodSeconds, part);
    long sites = Math.round(power(below.sites, above.sites, part));
    return new MethodCost(below.condition, sites, seconds, seconds);
  }

  private static double power(double low, double high, double part) {
    return low * Math.pow(high / low, part);
  }

  /**
   * Wall time of a stage of the method, whose tasks ranks share.
   *
   * @param stage name
   * @param ranks number of ranks, one thread each
   * @param seconds wall time
   */
  public record StageTime(String stage, int ranks, double seconds) {}
}
