package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.evaluate.Evaluator.SumRuleResiduals;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Macroscopics.LinearRelation;
import org.latticelift.sim.system.SystemProvider;

final class SumRuleResidualsTest {
  private static final double Z = 8;

  private static LatticeSystem<?> alloy(String lattice) {
    String yaml =
        "{conditions: {temperature_K: [2000]}, barrier: {model: pairwise}, lattice: {small: 8,"
            + " large: 8, %s}}";
    return SystemProvider.find(ConfigNode.parse("alloy", "test"))
        .create(ConfigNode.parse(String.format(yaml, lattice), "test"));
  }

  private static LatticeSystem<?> firstShell(String lattice) {
    return alloy(lattice + ", observables: [pair]");
  }

  private static SumRuleResiduals rules(LatticeSystem<?> system) {
    return new SumRuleResiduals(system.facts().relations());
  }

  private static <S> double[] observed(LatticeSystem<S> system, int run) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 0);
    return dynamics.observe(
        dynamics.initial(system.large(), new Streams(2).stream(Purpose.CHECK, run)));
  }

  /** AL-120, rows 2000 K and 800 K; the table's residual is without the vacancies. */
  @Test
  void theTableOfThePaperHasItsResiduals() {
    SumRuleResiduals rules = rules(firstShell("composition: {Nb: 1, Mo: 1, Ta: 1}"));
    double vacancies = Z / 1023; // beside an atom
    double[] at2000 = {-0.0504, 0.1711, -0.1312, -0.6371, 0.4622, -0.3357};
    double[] at800 = {-0.2536, 0.5954, -0.3298, -1.6726, 1.1154, -0.7564};
    assertThat(rules.meanDeficit()).isCloseTo(vacancies, within(1e-9));
    assertThat(rules.residual(at2000)).isCloseTo(0.0041, within(0.0006));
    assertThat(rules.residual(at800)).isCloseTo(0.038 + vacancies, within(0.0006));
  }

  /** AL-02 and its numbers at 2000 K, against 8/3: 341 Nb, 340 Mo, 342 Ta; of three digits. */
  @Test
  void nearlyEqualNumbersAreWeightedToo() {
    double[] reference = {-0.057, 0.164, -0.116, -0.665, 0.486, -0.352};
    String equimolar = "observables: [{pair: {reference: equimolar}}]";
    SumRuleResiduals rules = rules(alloy("composition: {Nb: 341, Mo: 340, Ta: 342}, " + equimolar));
    assertThat(rules.residual(reference)).isLessThan(0.002);
  }

  /**
   * States whose bonds are counted obey the rules up to the neighbours of their vacancy: of its
   * eight neighbours those of one species are at most eight, on average their share.
   */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 2, 3", "3, 2, 1", "1, 10, 30", "0.6, 0.05, 0.35"})
  void realStatesObeyTheRulesOfTheirComposition(double nb, double mo, double ta) {
    double[] parts = {nb, mo, ta};
    String composition = "composition: {Nb: " + nb + ", Mo: " + mo + ", Ta: " + ta + "}";
    LatticeSystem<?> system = firstShell(composition);
    SumRuleResiduals rules = rules(system);
    assertThat(system.facts().relations())
        .extracting(LinearRelation::name)
        .containsExactly("Nb", "Mo", "Ta");
    assertThat(rules.meanDeficit()).isCloseTo(Z / 1023, within(1e-9));
    double fewest = Math.floor(1023 * Arrays.stream(parts).min().orElseThrow() / (nb + mo + ta));
    for (int run = 0; run < 20; run++) {
      assertThat(rules.residual(observed(system, run))).isLessThan(Z / fewest);
    }
  }

  /** Three rules for each of the shells that are observed unless others are asked for. */
  @Test
  void everyShellHasItsRules() {
    LatticeSystem<?> system = alloy("composition: {Nb: 1, Mo: 2, Ta: 3}");
    assertThat(system.facts().relations())
        .extracting(LinearRelation::name)
        .containsExactly(
            "Nb",
            "Mo",
            "Ta",
            "shell2.Nb",
            "shell2.Mo",
            "shell2.Ta",
            "shell3.Nb",
            "shell3.Mo",
            "shell3.Ta");
    SumRuleResiduals rules = rules(system);
    assertThat(rules.meanDeficit()).isCloseTo((8 + 6 + 12) / 3.0 / 1023, within(1e-9));
    for (int run = 0; run < 20; run++) {
      assertThat(rules.residual(observed(system, run))).isLessThan(12.0 / 170);
    }
  }

  /** A bond too many, per atom of Mo: 0.1, and per atom of Ta, which there are 3/2 of, 0.0667. */
  @Test
  void whatBreaksARuleIsFoundInNeighboursPerAtom() {
    LatticeSystem<?> system = alloy("composition: {Nb: 1, Mo: 2, Ta: 3}");
    SumRuleResiduals rules = rules(system);
    double[] values = system.macroscopics().offset().clone(); // obeys all rules
    assertThat(rules.residual(values)).isLessThan(1e-12);
    values[4] += 0.1;
    assertThat(rules.residual(values)).isCloseTo(0.1, within(1e-9));
    values[3] -= 0.1; // makes up for it in the rule of Mo
    assertThat(rules.residual(values)).isCloseTo(0.1 * 341 / 511, within(1e-3));
  }

  /** Whatever orders are taken against. */
  @Test
  void ordersAgainstEqualPartsHaveRulesToo() {
    LatticeSystem<?> system =
        alloy(
            "composition: {Nb: 1, Mo: 2, Ta: 3}, observables: [{pair: {reference: equimolar}}, b2]");
    SumRuleResiduals rules = rules(system);
    for (int run = 0; run < 20; run++) {
      assertThat(rules.residual(observed(system, run))).isLessThan(Z / 170);
    }
  }

  /** Then the pairs of the others have rules. */
  @Test
  void theFirstSpeciesMayHaveNoAtoms() {
    LatticeSystem<?> system = firstShell("composition: {Nb: 0, Mo: 1, Ta: 2}");
    assertThat(system.facts().relations())
        .extracting(LinearRelation::name)
        .containsExactly("Mo", "Ta");
    SumRuleResiduals rules = rules(system);
    assertThat(rules.meanDeficit()).isCloseTo(Z / 1023, within(1e-9));
    double[] values = observed(system, 0);
    assertThat(rules.residual(values)).isLessThan(Z / 341);
    values[3] += 0.1;
    assertThat(rules.residual(values)).isGreaterThan(0.1 - Z / 341);
  }

  @Test
  void rulesNeedAllPairs() {
    assertThat(alloy("observables: [b2]").facts().relations()).isEmpty();
    assertThat(new SumRuleResiduals(List.of()).residual(new double[] {1})).isNaN();
  }
}
