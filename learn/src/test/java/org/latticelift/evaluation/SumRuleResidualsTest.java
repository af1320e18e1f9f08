package org.latticelift.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SumRuleResidualsTest {
  private static final List<String> PAIRS = List.of("NbNb", "NbMo", "NbTa", "MoMo", "MoTa", "TaTa");

  @Test
  void theTableOfThePaperHasItsResiduals() {
    // AL-120, rows 2000 K and 800 K; the table's residual is without the vacancies
    SumRuleResiduals rules = SumRuleResiduals.of(PAIRS).orElseThrow();
    double[] at2000 = {-0.0504, 0.1711, -0.1312, -0.6371, 0.4622, -0.3357};
    double[] at800 = {-0.2536, 0.5954, -0.3298, -1.6726, 1.1154, -0.7564};
    assertThat(rules.residual(at2000, 0)).isCloseTo(0.010, within(0.0006));
    assertThat(rules.residual(at800, 0)).isCloseTo(0.038, within(0.0006));
    assertThat(rules.residual(at2000, 8.0 / 1024)).isCloseTo(0.0041, within(0.0006));
  }

  @Test
  void unequalNumbersOfAtomsLeaveAResidual() {
    // 1024 sites with 341 Nb, 340 Mo, 342 Ta (AL-02): n_MoTa / N_Mo is not n_MoTa / N_Ta
    double[] reference = {-0.057, 0.164, -0.116, -0.665, 0.486, -0.352};
    double[] numbers = {8.0 / 3 - 0.116, 8.0 / 3 + 0.486, 8.0 / 3 - 0.352};
    double exact = numbers[0] * 341 / 342 + numbers[1] * 340 / 342 + numbers[2];
    assertThat(exact).isCloseTo(8 - 8.0 / 1024, within(0.001));
    assertThat(SumRuleResiduals.of(PAIRS).orElseThrow().residual(reference, 8.0 / 1024))
        .isCloseTo(0.0258, within(1e-4));
  }

  @Test
  void rulesNeedAllPairs() {
    assertThat(SumRuleResiduals.of(List.of("NbNb", "NbMo", "MoMo", "MoTa", "TaTa"))).isEmpty();
    assertThat(SumRuleResiduals.of(List.of("B2", "magnetisation"))).isEmpty();
    assertThat(SumRuleResiduals.of(List.of("B2", "FeFe", "FeCr", "CrCr")).orElseThrow().species())
        .containsExactly("Cr", "Fe");
  }
}
