package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.learn.ensemble.EnsembleStage.EnsembleTasks;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/** Predictions that are stopped in the middle of a record, again and again, and continued. */
class InterruptedEnsembleTest {
  private static final double[] KELVIN = {1000, 2000};
  private static final double[] UNIT = {1e-3, 1e-6};
  private static final SdeModel MODEL = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);

  @TempDir Path folder;

  /** The kernel in Java, whose process is asked to stop while a piece is integrated. */
  private record Interrupting(StopSignal stop, int pieces, int[] made) implements EnsembleKernel {
    private static final EnsembleKernel JAVA = new JavaKernel();

    @Override
    public String name() {
      return JAVA.name();
    }

    @Override
    public void check() {
      JAVA.check();
    }

    @Override
    public int block() {
      return JAVA.block();
    }

    @Override
    public Program program(SdeArchitecture shape, SdeParameters parameters, double condition) {
      Program program = JAVA.program(shape, parameters, condition);
      return (count, noise) -> new Counted(program.walkers(count, noise), this);
    }
  }

  private record Counted(Walkers walkers, Interrupting kernel) implements Walkers {
    @Override
    public int count() {
      return walkers.count();
    }

    @Override
    public void start(double[] initial) {
      walkers.start(initial);
    }

    @Override
    public float get(int variable, int trajectory) {
      return walkers.get(variable, trajectory);
    }

    @Override
    public void advance(long steps, double h, double factor, StepScheme scheme) {
      walkers.advance(steps, h, factor, scheme);
      kernel.made()[0]++;
      if (kernel.made()[0] == kernel.pieces()) {
        kernel.stop().request();
      }
    }

    @Override
    public void relax(long steps, double h) {
      walkers.relax(steps, h);
    }

    @Override
    public byte[] save() {
      return walkers.save();
    }

    @Override
    public void restore(byte[] saved) {
      walkers.restore(saved);
    }

    @Override
    public boolean finite() {
      return walkers.finite();
    }
  }

  /** All blocks; whether a stop came before. */
  private byte[][] run(String name, String yaml, int pieces, int[] made) {
    OpenMode mode = Files.exists(folder.resolve(name)) ? OpenMode.RESUME : OpenMode.NEW;
    StopSignal stop = StopSignal.none();
    try (RunDirectory directory = RunDirectory.open(folder.resolve(name), mode, "test")) {
      KeptResults kept = new KeptResults(directory, "checkpoint/ensemble", 1e9, stop);
      Ensemble ensemble =
          new Ensemble(
              MODEL,
              LinearModels.config(yaml),
              new Interrupting(stop, pieces, made),
              new Streams(12),
              Condition.of("temperature_K", 2000));
      EnsembleTasks tasks = new EnsembleTasks(List.of(ensemble));
      byte[][] blocks =
          TaskDistributor.threads(1, stop).collect(tasks.count(), task -> tasks.run(task, kept));
      kept.delete();
      assertThat(directory.results()).isEmpty();
      return blocks;
    }
  }

  private int interrupted(String yaml, int pieces, byte[][] whole) {
    for (int stops = 0; ; stops++) {
      try {
        assertThat(run("stopped", yaml, pieces, new int[1])).isEqualTo(whole);
        return stops;
      } catch (LatticeLiftException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.STOPPED);
        assertThat(stops).isLessThan(1000);
      }
    }
  }

  /** Two long records of many trajectories in several blocks, and many of a few in one. */
  @ParameterizedTest
  @CsvSource({"100, 3, 1", "100, 3, 2", "100, 3, 5", "1, 3, 1", "5, 40, 7"})
  void goesOnBitForBit(int trajectories, int records, int pieces) {
    String yaml =
        "{trajectories: "
            + trajectories
            + ", records: "
            + records
            + ", horizon: {relaxations: 10}, step: "
            + (trajectories == 1 ? 5e-5 : 3e-3)
            + "}";
    int[] made = new int[1];
    byte[][] whole = run("whole", yaml, 0, made);
    assertThat(made[0]).isGreaterThan(5);
    assertThat(interrupted(yaml, pieces, whole)).isBetween(made[0] / pieces - 1, made[0] / pieces);
  }

  /** Blocks that were finished are not made again. */
  @Test
  void finishedBlocksAreKept() {
    String yaml = "{trajectories: 200, records: 3}";
    int[] made = new int[1];
    byte[][] whole = run("whole", yaml, 0, made);
    int[] first = new int[1];
    try {
      run("some", yaml, made[0] / 2, first);
    } catch (LatticeLiftException e) {
      assertThat(e.exitCode()).isEqualTo(ExitCode.STOPPED);
    }
    int[] second = new int[1];
    assertThat(run("some", yaml, 0, second)).isEqualTo(whole);
    assertThat(first[0] + second[0]).isEqualTo(made[0]);
    assertThat(second[0]).isPositive();
  }
}
