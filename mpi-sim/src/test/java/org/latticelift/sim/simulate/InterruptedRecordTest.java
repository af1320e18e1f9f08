package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.simulate.RunStore.RunPosition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Runs that are stopped in the middle of a record, again and again, and continued. */
class InterruptedRecordTest {
  private static final String ALLOY =
      """
      system: alloy
      conditions: {temperature_K: [%s]}
      lattice: {small: 8, large: 16, vacancy_concentration: 0.002}
      barrier: {model: %s}
      kinetics: {acceleration: %s}
      simulate: {runs: 1, records: 2, sampling: %s, duration: %s}
      """;
  private static final String ISING =
      """
      system: ising
      conditions: {temperature: [%s]}
      lattice: {small: %s, large: 192, dynamics: %s}
      simulate: {runs: 1, records: 2, sampling: %s, duration: %s}
      """;
  private static final String CURIE_WEISS =
      """
      system: curie-weiss
      conditions: {temperature: [1.1]}
      lattice: {small: 16, large: 32}
      simulate: {runs: 1, records: 2, sampling: %s, duration: %s}
      """;
  private static final String PREDATOR_PREY =
      """
      system: predator-prey
      conditions: {noise: [0.02]}
      lattice: {small: 100, large: 200, patch: 40}
      simulate: {runs: 1, records: 2, sampling: %s, duration: %s}
      """;
  private static final String CHAIN =
      """
      system: linear-chain
      conditions: {force: [0.2]}
      lattice: {small: 20, large: 40}
      simulate: {runs: 1, records: 2, sampling: %s, duration: %s}
      """;

  @TempDir Path folder;

  private static ConfigNode config(String system) {
    String yaml =
        switch (system) {
          case "alloy by events" ->
              ALLOY.formatted("1500", "pairwise", "none", "events", "{events: 13000}");
          case "alloy by time" ->
              ALLOY.formatted("1500", "pairwise", "none", "time", "{time_s: 6e-5}");
          case "alloy with flicker" ->
              ALLOY.formatted("500", "compact", "flicker", "time", "{time_s: 1e5}");
          case "ising by acceptance" ->
              ISING.formatted("3", "32", "continuous", "time", "{time: 4000}");
          case "ising by class lists" ->
              ISING.formatted("1.3", "32", "continuous", "events", "{events: 1.5e6}");
          case "ising by sweeps" -> ISING.formatted("2.5", "192", "sweeps", "time", "{time: 700}");
          case "curie-weiss by events" -> CURIE_WEISS.formatted("events", "{events: 1.2e6}");
          case "curie-weiss by time" -> CURIE_WEISS.formatted("time", "{time: 10000}");
          case "predator-prey" -> PREDATOR_PREY.formatted("events", "{events: 18000}");
          case "chain" -> CHAIN.formatted("events", "{events: 350000}");
          default -> throw new IllegalArgumentException(system);
        };
    return ConfigNode.parse(yaml, "test.yaml");
  }

  private <S> int run(LatticeSystem<S> system, String name, ConfigNode root, int pieces) {
    StopSignal stop = StopSignal.none();
    int[] made = new int[1];
    OpenMode mode = Files.exists(folder.resolve(name)) ? OpenMode.RESUME : OpenMode.NEW;
    try (RunDirectory directory = RunDirectory.open(folder.resolve(name), mode, "test")) {
      StageContext context =
          new StageContext(
              directory, Provenance.here("{}", 7, 1), 7, 1, ProgressFactory.quiet(), stop);
      new SimulateStage<>(
              new Interrupting<>(system, stop, pieces, made),
              Binder.bind(root.section("simulate"), SimulateConfig.class),
              Binder.bind(root.section("checkpoint"), CheckpointConfig.class))
          .run(context);
    }
    return made[0];
  }

  private static LatticeSystem<?> system(ConfigNode root) {
    return SystemProvider.find(root.get("system")).create(root);
  }

  /** Stops after so many pieces, goes on, stops again, to the end; how often it was stopped. */
  private int interrupted(String name, ConfigNode root, int pieces) {
    for (int stops = 0; ; stops++) {
      try {
        run(system(root), name, root, pieces);
        return stops;
      } catch (LatticeLiftException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.STOPPED);
        assertThat(stops).as("stops").isLessThan(1000);
      }
    }
  }

  private void requireEqual(String one, String other, ConfigNode root) {
    String dataset = system(root).codec().dataset();
    String group = "/" + system(root).conditions().get(0).name() + "/";
    try (Hdf5Reader a = Hdf5Reader.open(folder.resolve(one).resolve(SnapshotsFile.NAME));
        Hdf5Reader b = Hdf5Reader.open(folder.resolve(other).resolve(SnapshotsFile.NAME))) {
      for (String each : new String[] {"time", "observables", dataset, "jumps"}) {
        assertThat(a.doubles(group + each)).isEqualTo(b.doubles(group + each));
      }
    }
  }

  @Tag("pipeline")
  @ParameterizedTest
  @CsvSource({
    "alloy by events, 1",
    "alloy by events, 3",
    "alloy by time, 1",
    "alloy by time, 2",
    "alloy with flicker, 1",
    "ising by acceptance, 1",
    "ising by acceptance, 2",
    "ising by class lists, 1",
    "ising by class lists, 2",
    "ising by sweeps, 1",
    "curie-weiss by events, 1",
    "curie-weiss by events, 2",
    "curie-weiss by time, 1",
    "predator-prey, 1",
    "predator-prey, 3",
    "chain, 1",
    "chain, 2"
  })
  void goesOnBitForBit(String system, int pieces) {
    ConfigNode root = config(system);
    int undisturbed = run(system(root), "whole", root, 0);
    assertThat(undisturbed).as("pieces of " + system).isGreaterThan(4);
    assertThat(interrupted("stopped", root, pieces)).isEqualTo(undisturbed / pieces);
    requireEqual("stopped", "whole", root);
  }

  /** A year's record ends with the first piece. */
  @ParameterizedTest
  @CsvSource({
    "alloy by events, simulate.duration, {events: 1e12}",
    "alloy by time, simulate.duration, {time_s: 1}",
    "ising by acceptance, simulate.duration, {time: 1e9}",
    "ising by sweeps, simulate.duration, {time: 1e9}",
    "curie-weiss by time, simulate.duration, {time: 1e10}",
    "predator-prey, simulate.duration, {events: 1e12}",
    "chain, simulate.duration, {events: 1e12}"
  })
  void stopsWithinALongRecord(String system, String key, String value) throws IOException {
    ConfigNode root = config(system).with(key, value).with("simulate.records", "1");
    assertFails(ExitCode.STOPPED, () -> run(system(root), "long", root, 1));
    try (var files = Files.list(folder.resolve("long/checkpoint"))) {
      RunPosition position = RunPosition.read(files.findFirst().orElseThrow());
      assertThat(position.records()).isZero();
      assertThat(position.stretch()).isPresent();
    }
  }

  /** A system that does not know of pieces stops at the next record. */
  @Test
  void aSystemInOnePieceStopsAtTheNextRecord() {
    String yaml = "simulate: {runs: 1, records: 5, duration: {time_s: 50}}";
    ConfigNode root = ConfigNode.parse(yaml, "test.yaml");
    Relaxing system = new Relaxing(3);
    run(system, "whole", root, 0);
    for (int stops = 0; stops < 4; stops++) {
      assertFails(() -> run(system, "stopped", root, 1));
    }
    run(system, "stopped", root, 0);
    try (Hdf5Reader a = Hdf5Reader.open(folder.resolve("stopped/snapshots.h5"));
        Hdf5Reader b = Hdf5Reader.open(folder.resolve("whole/snapshots.h5"))) {
      assertThat(a.doubles("/C3/observables")).isEqualTo(b.doubles("/C3/observables"));
    }
  }

  /** A checkpoint that knows nothing of pieces is refused, not misread. */
  @Test
  void aCheckpointOfAnotherFormatIsRefused() throws IOException {
    Path file = folder.resolve("old.ckpt");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(0x4c4c5232); // the format before
      out.writeUTF("TIME");
      out.writeDouble(1);
      out.write(new byte[64]);
    }
    assertFails(ExitCode.BAD_DATA, () -> RunPosition.read(file), "old.ckpt", "--overwrite");
  }
}
