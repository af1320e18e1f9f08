package org.latticelift.sim.systems.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.RunContext;

/** Large states of which a worker keeps one at a time, and mosaics of small ones. */
class KeptStatesTest {
  @TempDir private Path folder;

  private ExternalSystem system(String way, int workers) throws IOException {
    ExternalTool.run("python3", "--version"); // skips without it
    Path script = folder.resolve("worker.py");
    if (!Files.exists(script)) {
      Files.copy(KeptStatesTest.class.getResourceAsStream("worker.py"), script);
    }
    String yaml =
        """
        system: external
        conditions: {heat: [2]}
        external: {command: [python3, '%s', '%s'], workers: %d}
        lattice: {small: 1, large: 1}
        """
            .formatted(script, way, workers);
    return (ExternalSystem) new ExternalProvider().create(ConfigNode.parse(yaml, "test"));
  }

  private static RandomStream stream(int task) {
    return new Streams(3).stream(Purpose.CHECK, task);
  }

  private static ExternalState at(ExternalSystem system, ExternalDynamics dynamics, int task) {
    ExternalState state = dynamics.initial(system.large(), stream(0));
    dynamics.advance(state, Duration.time(101), stream(task));
    return state;
  }

  private static double place(ExternalState state) {
    return java.nio.ByteBuffer.wrap(state.bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** The increment of this worker is the place of the state that it keeps, and the steps. */
  private static void requireOf(ExternalState state, Patches<ExternalState> patches) {
    assertThat(patches.evolve(0, Duration.events(3), stream(1)).increment())
        .containsExactly(place(state) + 3, -place(state) - 3);
    assertThat(patches.evolveAll(Duration.events(5), stream(2)).increments())
        .isDeepEqualTo(new double[][] {{place(state) + 5, -place(state) - 5}});
  }

  @Test
  void oneWorkerAnswersForTwoLargeStates() throws IOException {
    ExternalSystem system = system("patches", 1);
    ExternalDynamics one = system.dynamics(system.conditions().get(0), RunContext.of(0));
    ExternalDynamics two = system.dynamics(system.conditions().get(0), RunContext.of(1));
    ExternalState a = at(system, one, 7);
    ExternalState b = at(system, two, 8);
    assertThat(place(a)).isNotEqualTo(place(b));
    Patches<ExternalState> ofA = one.patches(a, false);
    Patches<ExternalState> ofB = two.patches(b, false);
    for (int turn = 0; turn < 2; turn++) {
      requireOf(a, ofA);
      requireOf(b, ofB);
    }
    assertThat(one.observePatch(a, 0)).containsExactly(place(a) / 100, 1 - place(a) / 100);
    assertThat(two.observePatch(b, 0)).containsExactly(place(b) / 100, 1 - place(b) / 100);
  }

  /** A state that has moved on is another state. */
  @Test
  void aStateThatMovedIsOpenedAgain() throws IOException {
    ExternalSystem system = system("patches", 1);
    ExternalDynamics dynamics = system.dynamics(system.conditions().get(0), RunContext.of(0));
    ExternalState state = at(system, dynamics, 7);
    requireOf(state, dynamics.patches(state, false));
    double before = place(state);
    dynamics.advance(state, Duration.time(33), stream(9));
    assertThat(place(state)).isNotEqualTo(before);
    requireOf(state, dynamics.patches(state, false));
  }

  /** Another worker, which keeps nothing, is told the state first. */
  @Test
  void aWorkerThatWasReplacedIsToldTheStateAgain() throws IOException {
    ExternalSystem system = system("patches", 1);
    ExternalDynamics dynamics = system.dynamics(system.conditions().get(0), RunContext.of(0));
    ExternalState state = at(system, dynamics, 7);
    Patches<ExternalState> patches = dynamics.patches(state, false);
    requireOf(state, patches);
    system.workers().renew();
    requireOf(state, patches);
  }

  /** Small arrays of 2 x 3 in a large one of 4 x 9, in turn along the last axis first. */
  @Test
  void mosaicsOfArraysThatAreNotSquare() throws IOException {
    ExternalSystem system = system("array", 1);
    ExternalDynamics dynamics = system.dynamics(system.conditions().get(0), RunContext.of(0));
    List<byte[]> tiles =
        List.of("ABCabc", "DEFdef", "GHIghi", "JKLjkl").stream()
            .map(text -> text.getBytes(StandardCharsets.US_ASCII))
            .toList();
    String mosaic = new String(dynamics.mosaic(tiles, system.large()), StandardCharsets.US_ASCII);
    assertThat(mosaic).isEqualTo("ABCDEFGHI" + "abcdefghi" + "JKLABCDEF" + "jklabcdef");
  }
}
