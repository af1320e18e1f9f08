package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Means of initial states, against what random placement has exactly. */
class InitialMeansTest {
  private static LatticeSystem<?> alloy(int small, int large) {
    String yaml =
        "{system: alloy, conditions: {temperature_K: [2000]}, barrier: {model: pairwise}, lattice: {small: "
            + small
            + ", large: "
            + large
            + ", vacancy_concentration: 0.004, composition: {Nb: 1, Mo: 2, Ta: 1}}}";
    ConfigNode root = ConfigNode.parse(yaml, "test");
    return SystemProvider.find(root.get("system")).create(root);
  }

  private static double[] means(LatticeSystem<?> system) {
    Condition condition = system.conditions().get(0);
    return new InitialMeans<>(system).at(condition, 3).orElseThrow();
  }

  /** Of 250 sites with a vacancy: every pair of sites is as likely as any other. */
  @Test
  void randomAtomsHaveThePairsOfTheirNumbers() {
    LatticeSystem<?> system = alloy(5, 5);
    assertThat(system.initialStates()).isEqualTo(1000);
    double[] means = means(system);
    int unlike = system.macroscopics().names().indexOf("NbTa");
    int like = system.macroscopics().names().indexOf("NbNb");
    // of 249 atoms beside an Nb atom, which is none of them
    assertThat(means[unlike]).isCloseTo(0, within(0.02));
    assertThat(means[like]).isCloseTo(-8 / 249.0, within(0.02));
  }

  /** A few states have the noise of a few. */
  @Test
  void manyStatesAreOneNumber() {
    LatticeSystem<?> system = alloy(5, 10);
    Condition condition = system.conditions().get(0);
    double one = new InitialMeans<>(system).at(condition, 1).orElseThrow()[0];
    double other = new InitialMeans<>(system).at(condition, 2).orElseThrow()[0];
    assertThat(one).isNotEqualTo(other).isCloseTo(other, within(0.005));
  }
}
