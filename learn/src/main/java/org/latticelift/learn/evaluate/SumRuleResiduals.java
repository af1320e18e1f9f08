package org.latticelift.learn.evaluate;

import java.util.List;
import java.util.Optional;
import org.latticelift.sim.system.LinearRelation;

/**
 * How well observables obey the linear relations of their system, such as the sum rules of pair
 * order parameters (AL-53).
 */
final class SumRuleResiduals {
  private final List<LinearRelation> relations;

  private SumRuleResiduals(List<LinearRelation> relations) {
    this.relations = List.copyOf(relations);
  }

  /**
   * Of the relations of a system.
   *
   * @param relations among its observables
   * @return empty where there are none
   */
  static Optional<SumRuleResiduals> of(List<LinearRelation> relations) {
    return relations.isEmpty() ? Optional.empty() : Optional.of(new SumRuleResiduals(relations));
  }

  /** What the sums are short of zero by, on average: in an alloy the vacancies beside an atom. */
  double meanDeficit() {
    return -relations.stream().mapToDouble(LinearRelation::constant).average().orElseThrow();
  }

  /**
   * Largest violation.
   *
   * @param values all observables
   * @return largest difference of a weighted sum and its constant, in units of the observables
   */
  double residual(double[] values) {
    double largest = 0;
    for (LinearRelation relation : relations) {
      largest = Math.max(largest, Math.abs(relation.residual(values)));
    }
    return largest;
  }
}
