package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.ScheduledSystem;
import org.latticelift.sim.system.Patches.EvolvedPatch;
import org.latticelift.sim.system.Patches.PartialEvolution;

/** What only some systems can do: those that can do it rightly, the others say what is missing. */
class AbilitiesTest {
  private static LatticeSystem<?> system(String name, String condition, String lattice) {
    String yaml =
        "{system: " + name + ", conditions: {" + condition + "}, lattice: {" + lattice + "}}";
    return SystemProvider.find(ConfigNode.parse(name, "test"))
        .create(ConfigNode.parse(yaml, "test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ising | temperature: [2] | small: 8, large: 32",
        "predator-prey | noise: [0.02] | small: 32, large: 64, patch: 16"
      })
  void inputsOfEncodersHaveTheShapeThatIsTold(String name, String condition, String lattice) {
    encodesOnlyWhatItLooksAt(LatticeSystem.encodable(system(name, condition, lattice)));
  }

  private static <S> void encodesOnlyWhatItLooksAt(LatticeSystem<S> system) {
    Dynamics<S> dynamics = dynamics(system);
    S state = dynamics.initial(system.large(), stream(0));
    assertThat(system.encoding().patches()).isEqualTo((int) system.large().patches());
    float[][] seen = new float[1][];
    PartialEvolution made =
        evolved(
            dynamics.patches(state, false),
            (evolved, patch) -> seen[0] = dynamics.encoderInput(evolved, patch));
    float[] back = dynamics.encoderInput(state, made.patch());
    assertThat(back).hasSize(system.encoding().inputs()).isNotEqualTo(seen[0]);
    assertThat(dynamics.evolve(state, Duration.events(200), stream(1)).increment())
        .isEqualTo(made.increment());
  }

  private static <S> PartialEvolution evolved(Patches<S> patches, EvolvedPatch<S> look) {
    RandomStream stream = stream(1);
    return patches.evolve(patches.draw(stream), Duration.events(200), stream, look);
  }

  @Test
  void systemsWithoutEncoderSaySo() {
    LatticeSystem<?> chain = system("linear-chain", "force: [2]", "small: 8, large: 16");
    assertFails(
        () -> LatticeSystem.encodable(chain),
        "closure variables of system linear-chain (closure.dim)");
  }

  /** Pairs are made at fixed conditions. */
  @Test
  void systemsUnderAScheduleOnlyRun() {
    LatticeSystem<?> chain = system("linear-chain", "force: [2]", "small: 8, large: 16");
    assertThat(LatticeSystem.liftable(chain)).isSameAs(chain);
    ScheduleSpec anneal =
        ScheduleSpec.fromConfig(ConfigNode.parse("{anneal: {at: 2, time: 1}}", "test"));
    LatticeSystem<?> scheduled =
        new ScheduledSystem<>(chain, anneal.schedule("force", "1"), 10, 0.1);
    assertThat(scheduled.options().lifting()).isEmpty();
    assertFails(
        ExitCode.BAD_DATA,
        () -> LatticeSystem.liftable(scheduled),
        "pairs of system linear-chain (system)");
  }

  @Test
  void dynamicsThatCannotBeInterruptedEvolveInOnePieceAndDoNotResume() {
    LatticeSystem<?> chain = system("linear-chain", "force: [2]", "small: 8, large: 16");
    evolvesInOnePiece(dynamics(chain), chain.small());
  }

  private static <S> void evolvesInOnePiece(Dynamics<S> pieces, Extent extent) {
    Dynamics<S> plain = new DelegatedDynamics<>(pieces);
    S state = plain.initial(extent, stream(0));
    S twin = plain.initial(extent, stream(0));
    Stretch stretch = plain.begin(state, Duration.events(5), stream(1));
    stretch.advance();
    assertThat(stretch.done()).isTrue();
    assertThat(stretch.made()).isEqualTo(pieces.advance(twin, Duration.events(5), stream(1)));
    assertThat(plain.observe(state)).isEqualTo(pieces.observe(twin));
    assertFails(
        () -> plain.resume(state, Duration.events(5), stream(1), new byte[8]),
        "a run that was saved between two records",
        "DelegatedDynamics");
  }

  private static <S> Dynamics<S> dynamics(LatticeSystem<S> system) {
    return system.dynamics(system.conditions().get(0), 0);
  }

  private static RandomStream stream(int number) {
    return new Streams(3).stream(Purpose.CHECK, number);
  }
}
