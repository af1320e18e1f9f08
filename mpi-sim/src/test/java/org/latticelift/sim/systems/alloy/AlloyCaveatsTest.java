package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.LatticeSystem;

/** What a reader of a report is told of an alloy, whatever a run finds. */
class AlloyCaveatsTest {
  private static List<String> caveats(String kelvin, String more) {
    return system(kelvin, more).caveats();
  }

  private static LatticeSystem<?> system(String kelvin, String more) {
    String yaml = "conditions: {temperature_K: [" + kelvin + "]}\n" + more;
    return new AlloyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
  }

  /** Of pairs alone: B2 order counts no neighbours. */
  @Test
  void theAxisOfPairsSaysWhatTheyAre() {
    assertThat(system("2000", "").axis()).isEqualTo("neighbours per atom beyond a random alloy");
    assertThat(system("2000", "lattice: {observables: [pair, b2]}").axis()).isEqualTo("observable");
  }

  @Test
  void coldRunsSayHowFarTheBarriersAreFromDetailedBalance() {
    assertThat(caveats("600, 2000", "barrier: {model: small}"))
        .anyMatch(text -> text.matches("(?s).*model small do not obey.* 0\\.1[0-9]* eV.*600 K.*"));
    assertThat(caveats("1000, 2000", "barrier: {model: small}"))
        .noneMatch(text -> text.contains("detailed balance"));
    assertThat(caveats("600", "barrier: {model: pairwise}"))
        .noneMatch(text -> text.contains("detailed balance"));
  }

  @Test
  void copiesAreSaidToBeCopies() {
    assertThat(caveats("2000", "upsample: {tiles: replicate}"))
        .anyMatch(text -> text.contains("periodic copies"));
    assertThat(caveats("2000", "upsample: {tiles: independent}"))
        .noneMatch(text -> text.contains("periodic copies"));
  }

  @Test
  void fitsThatAllModelsShareAreSaidToBeShared() {
    assertThat(caveats("2000", "upsample: {tiles: maxent, groups: none}"))
        .anyMatch(text -> text.contains("fitted to all small runs"));
    assertThat(caveats("2000", "upsample: {tiles: maxent}"))
        .noneMatch(text -> text.contains("fitted"));
    assertThat(caveats("2000", "upsample: {tiles: replicate}"))
        .noneMatch(text -> text.contains("fitted"));
  }
}
