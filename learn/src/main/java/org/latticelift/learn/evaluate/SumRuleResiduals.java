package org.latticelift.learn.evaluate;

import java.util.List;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

/**
 * How well observables obey the linear relations of their system, such as the sum rules of pair
 * order parameters (AL-53).
 *
 * @param relations none where the system has no such rules
 */
record SumRuleResiduals(List<LinearRelation> relations) {
  /**
   * What the sums are short of zero by, on average: in an alloy the vacancies next to an atom; NaN
   * without rules.
   */
  double meanDeficit() {
    return relations.isEmpty()
        ? Double.NaN
        : -relations.stream().mapToDouble(LinearRelation::constant).average().orElseThrow();
  }

  /**
   * Largest difference of a weighted sum and its constant, in units of the observables; NaN without
   * rules.
   */
  double residual(double[] values) {
    double largest = relations.isEmpty() ? Double.NaN : 0;
    for (LinearRelation relation : relations) {
      largest = Math.max(largest, Math.abs(relation.residual(values)));
    }
    return largest;
  }
}
