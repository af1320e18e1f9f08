package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.ScheduledSystem;

/** What only some systems can do: those that can do it rightly, the others say what is missing. */
class AbilitiesTest {
  private static MicroscopicSystem<?> system(String name, String condition, String lattice) {
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
    encodesOnlyWhatItLooksAt(EncodableSystem.of(system(name, condition, lattice)));
  }

  private static <S> void encodesOnlyWhatItLooksAt(EncodableSystem<S> system) {
    EncodableDynamics<S> dynamics = EncodableDynamics.of(dynamics(system));
    S state = dynamics.initial(system.large(), stream(0));
    assertThat(system.encoding().patches()).isEqualTo((int) system.large().patches());
    float[][] seen = new float[1][];
    PartialEvolution made =
        dynamics.evolve(
            state,
            Duration.events(200),
            stream(1),
            (evolved, patch) -> seen[0] = dynamics.encoderInput(evolved, patch));
    float[] back = dynamics.encoderInput(state, made.patch());
    assertThat(back).hasSize(system.encoding().inputs()).isNotEqualTo(seen[0]);
    assertThat(dynamics.evolve(state, Duration.events(200), stream(1)).increment())
        .isEqualTo(made.increment());
  }

  @Test
  void systemsWithoutEncoderSaySo() {
    MicroscopicSystem<?> chain = system("linear-chain", "force: [2]", "small: 8, large: 16");
    assertThatThrownBy(() -> EncodableSystem.of(chain))
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("closure variables of system linear-chain (closure.dim)");
    assertThatThrownBy(() -> EncodableDynamics.of(dynamics(chain)))
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("closure variables of ChainDynamics (closure.dim)");
  }

  /** Pairs are made at fixed conditions. */
  @Test
  void systemsUnderAScheduleOnlyRun() {
    MicroscopicSystem<?> chain = system("linear-chain", "force: [2]", "small: 8, large: 16");
    assertThat(LiftableSystem.of(chain)).isSameAs(chain);
    ScheduleSpec anneal =
        ScheduleSpec.fromConfig(ConfigNode.parse("{anneal: {at: 2, time: 1}}", "test"));
    MicroscopicSystem<?> scheduled =
        new ScheduledSystem<>(chain, anneal.schedule("force", "1"), 10, 0.1);
    assertThat(dynamics(scheduled)).isNotInstanceOf(LiftableDynamics.class);
    assertThatThrownBy(() -> LiftableSystem.of(scheduled))
        .isInstanceOfSatisfying(
            LatticeLiftException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
              assertThat(e).hasMessageContaining("pairs of system linear-chain (system)");
            });
  }

  @Test
  void dynamicsThatCannotBeInterruptedEvolveInOnePieceAndDoNotResume() {
    MicroscopicSystem<?> chain = system("linear-chain", "force: [2]", "small: 8, large: 16");
    evolvesInOnePiece(dynamics(chain), chain.small());
  }

  private static <S> void evolvesInOnePiece(Dynamics<S> pieces, Extent extent) {
    Dynamics<S> plain = new DelegatedDynamics<>(pieces);
    S state = plain.initial(extent, stream(0));
    S twin = plain.initial(extent, stream(0));
    Stretch stretch = Stretch.begin(plain, state, Duration.events(5), stream(1));
    stretch.advance();
    assertThat(stretch.done()).isTrue();
    assertThat(stretch.made()).isEqualTo(pieces.advance(twin, Duration.events(5), stream(1)));
    assertThat(plain.observe(state)).isEqualTo(pieces.observe(twin));
    assertThatThrownBy(
            () -> Stretch.resume(plain, state, Duration.events(5), stream(1), new byte[8]))
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("a run that was saved between two records")
        .hasMessageContaining("DelegatedDynamics");
  }

  private static <S> Dynamics<S> dynamics(MicroscopicSystem<S> system) {
    return system.dynamics(system.conditions().get(0), 0, StopSignal.none());
  }

  private static RandomStream stream(int number) {
    return new Streams(3).stream(Purpose.CHECK, number);
  }
}
