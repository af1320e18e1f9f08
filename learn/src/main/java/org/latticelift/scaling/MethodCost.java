package org.latticelift.scaling;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.latticelift.rundir.StagePlan;

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
      Set.of("simulate", "evolve", "closure", "train", "ensemble");

  /**
   * Sums plans.
   *
   * @param condition name
   * @param sites of the large system
   * @param plans of all stages
   * @return their costs
   */
  public static MethodCost of(String condition, long sites, List<StagePlan> plans) {
    return new MethodCost(
        condition,
        sites,
        plans.stream()
            .filter(plan -> METHOD.contains(plan.stage()))
            .mapToDouble(StagePlan::seconds)
            .sum(),
        plans.stream()
            .filter(plan -> plan.stage().equals("direct"))
            .mapToDouble(StagePlan::seconds)
            .sum());
  }

  /**
   * From which size on the method is cheaper, by interpolation of logarithms.
   *
   * @param costs of one condition, sizes ascending
   * @return number of sites; empty if never within these sizes
   */
  public static OptionalDouble breakEven(List<MethodCost> costs) {
    for (int i = 0; i < costs.size(); i++) {
      MethodCost here = costs.get(i);
      if (here.directSeconds >= here.methodSeconds) {
        return OptionalDouble.of(i == 0 ? here.sites : between(costs.get(i - 1), here));
      }
    }
    return OptionalDouble.empty();
  }

  private static double between(MethodCost below, MethodCost above) {
    double low = Math.log(below.directSeconds / below.methodSeconds);
    double high = Math.log(above.directSeconds / above.methodSeconds);
    double part = low / (low - high);
    return below.sites * Math.pow((double) above.sites / below.sites, part);
  }
}
