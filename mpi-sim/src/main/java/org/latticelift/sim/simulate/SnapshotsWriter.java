package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.simulate.SnapshotsFile.Slabs;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionGroup;

/**
 * Joins the logs of runs to {@code snapshots.h5}: the kept states of each condition, run after run.
 * Where not every record has its state, all records stand beside them.
 *
 * @param <S> state
 */
final class SnapshotsWriter<S> {
  private final RunStore<S> runs;

  SnapshotsWriter(RunStore<S> runs) {
    this.runs = runs;
  }

  /** Joins segment after segment, so that memory does not grow with the number of runs. */
  void write(Path file, Provenance provenance) {
    List<Slabs> slabs = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describe(writer, runs.system(), runs.extent());
      provenance.writeTo(writer);
      for (Condition condition : runs.system().conditions()) {
        ConditionGroup.write(writer, condition);
        if (runs.statesEvery() > 0) {
          slabs.add(SnapshotsFile.reserve(writer, runs, condition));
          course(writer, condition);
        }
        if (runs.statesEvery() != 1) {
          RunRecords.write(writer, condition, runs.trajectories(condition), runs.system());
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

  /** Values of the condition beside the states of runs in which it changes. */
  private void course(Hdf5Writer writer, Condition condition) {
    if (runs.system().course().isEmpty()) {
      return;
    }
    double[] values =
        IntStream.range(0, runs.runs())
            .mapToObj(run -> runs.run(condition, run).trajectory().every(runs.statesEvery()))
            .flatMapToDouble(kept -> Arrays.stream(kept.times()))
            .map(runs.system().course().get())
            .toArray();
    writer.dataset(
        ConditionGroup.path(condition) + "/" + condition.parameter(),
        values,
        new long[] {values.length},
        DatasetInfo.of("1", "condition of the snapshot", "snapshot"));
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
      String dataset = StateSeries.path("", runs.system().codec());
      if (segment.exists(dataset)) {
        byte[] bytes = segment.bytes(dataset);
        slab.writeStored(at, bytes);
        at += bytes.length / runs.system().codec().elementType().bytes();
      }
    }
  }
}
