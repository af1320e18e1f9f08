package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.system.Condition;

/**
 * {@code snapshots.h5}: the kept states of each condition, run after run, with what was recorded
 * about each. Where not every record has its state, all records stand in groups {@code run0} and so
 * on beside them, as in {@code trajectory.h5}.
 *
 * @param <S> state
 */
final class SnapshotsFile<S> {
  private final RunStore<S> runs;

  SnapshotsFile(RunStore<S> runs) {
    this.runs = runs;
  }

  /** Joins segment after segment, so that memory does not grow with the number of runs. */
  void write(Path file, Provenance provenance) {
    List<Slabs> slabs = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describe(writer, runs.system(), runs.extent());
      provenance.writeTo(writer);
      for (Condition condition : runs.system().conditions()) {
        String group = StateSeries.group(writer, condition);
        if (runs.statesEvery() > 0) {
          slabs.add(reserve(writer, condition, group));
        }
        if (runs.statesEvery() != 1) {
          TrajectoryFile.writeRuns(writer, group, runs.trajectories(condition), runs.system());
        }
      }
    }
    for (Slabs series : slabs) {
      for (int run = 0; run < runs.runs(); run++) {
        fill(series, run);
      }
      series.close();
    }
  }

  /** The datasets of a condition. */
  private record Slabs(
      Condition condition,
      SlabDataset states,
      SlabDataset time,
      SlabDataset jumps,
      SlabDataset observables,
      SlabDataset run) {
    void close() {
      for (SlabDataset slab : List.of(states, time, jumps, observables, run)) {
        slab.force();
        slab.close();
      }
    }
  }

  private Slabs reserve(Hdf5Writer writer, Condition condition, String group) {
    long total = (long) runs.states(condition) * runs.runs();
    long[] n = {total};
    List<String> names = runs.system().macroscopics().names();
    return new Slabs(
        condition,
        StateSeries.reserve(writer, group, total, runs.system().codec(), runs.extent()),
        writer.reserve(
            group + "/time",
            ElementType.FLOAT64,
            n,
            DatasetInfo.of(runs.system().timeUnit(), "physical time of the snapshot", "snapshot")),
        writer.reserve(
            group + "/jumps",
            ElementType.INT64,
            n,
            DatasetInfo.of("1", "events since the start of the run", "snapshot")),
        writer.reserve(
            group + "/observables",
            ElementType.FLOAT64,
            new long[] {total, names.size()},
            DatasetInfo.of(
                "1", "observables " + String.join(" ", names), "snapshot", "observable")),
        writer.reserve(
            group + "/run",
            ElementType.INT32,
            n,
            DatasetInfo.of("1", "index of the run", "snapshot")));
  }

  private void fill(Slabs to, int run) {
    int perRun = runs.states(to.condition());
    Trajectory kept = runs.run(to.condition(), run).trajectory().every(runs.statesEvery());
    long first = (long) run * perRun;
    to.time().write(first, kept.times(), 0, perRun);
    to.jumps().write(first, kept.jumps(), 0, perRun);
    double[] observables = kept.observables();
    to.observables().write(first * observables.length / perRun, observables, 0, observables.length);
    int[] numbers = new int[perRun];
    Arrays.fill(numbers, run);
    to.run().write(first, numbers, 0, perRun);
    States states = new States(to.states(), first);
    runs.run(to.condition(), run).forEachSegment(states::append);
  }

  /** Appends the states of segments. */
  private final class States {
    private final SlabDataset slab;
    private long at;

    States(SlabDataset slab, long first) {
      this.slab = slab;
      this.at = first * StateSeries.elements(runs.system().codec(), runs.extent());
    }

    void append(Hdf5Reader segment) {
      String dataset = "/" + runs.system().codec().dataset();
      if (segment.exists(dataset)) {
        byte[] bytes = segment.bytes(dataset);
        slab.writeStored(at, bytes);
        at += bytes.length / runs.system().codec().elementType().bytes();
      }
    }
  }
}
