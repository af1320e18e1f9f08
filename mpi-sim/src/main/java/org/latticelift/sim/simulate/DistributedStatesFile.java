package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionGroup;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.SavedState;
import org.latticelift.sim.system.StateCodec;

/**
 * {@code final.h5} of distributed runs, as {@link FinalStatesFile} writes it of others: the first
 * rank makes the file and reserves the datasets, then every rank copies its share of planes from
 * the saved states. One plane per rank is in memory.
 */
final class DistributedStatesFile<S> {
  private final DistributedDynamics dynamics;
  private final Communicator ranks;
  private final RunStore<S> runs;
  private final StateCodec<S> codec;

  DistributedStatesFile(DistributedDynamics dynamics, Communicator ranks, RunStore<S> runs) {
    this.dynamics = dynamics;
    this.ranks = ranks;
    this.runs = runs;
    this.codec = runs.system().codec();
  }

  /** A saved state and the group it goes to. */
  private record Last(String group, Path saved) {}

  /** Collective. */
  void write(StageContext context) {
    List<Last> states = states();
    RunDirectory directory = context.directory();
    if (ranks.rank() == 0) {
      directory.commit(
          FinalStatesFile.NAME,
          beside -> {
            reserve(beside, context, states);
            ranks.barrier();
            fill(beside, states);
          });
    } else {
      ranks.barrier();
      fill(directory.beside(FinalStatesFile.NAME), states);
    }
    ranks.barrier();
  }

  private List<Last> states() {
    List<Last> states = new ArrayList<>();
    for (Condition condition : runs.system().conditions()) {
      for (int run = 0; run < runs.runs(); run++) {
        RunStore.Run<S> store = runs.run(condition, run);
        RunPosition position = DistributedTask.agreed(ranks, store).orElseThrow();
        String group = RunRecords.group(condition, run);
        states.add(new Last(group, DistributedTask.state(store, position)));
      }
    }
    return states;
  }

  private void reserve(Path file, StageContext context, List<Last> states) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describe(writer, runs.system(), runs.extent());
      context.provenance().writeTo(writer);
      runs.system().conditions().forEach(condition -> ConditionGroup.write(writer, condition));
      for (Last last : states) {
        writer.group(last.group());
        StateSeries.reserveOne(writer, last.group(), codec, runs.extent());
        try (SavedState saved = dynamics.open(last.saved())) {
          saved.details(writer, last.group());
        }
      }
    }
  }

  private void fill(Path file, List<Last> states) {
    for (Last last : states) {
      try (SavedState saved = dynamics.open(last.saved());
          SlabDataset slab = SlabDataset.open(file, StateSeries.path(last.group(), codec))) {
        for (int x = from(saved, ranks.rank()); x < from(saved, ranks.rank() + 1); x++) {
          byte[] plane = saved.plane(x);
          slab.write((long) x * plane.length, plane, 0, plane.length);
        }
        slab.force();
      }
    }
    ranks.barrier();
  }

  /** First plane of a rank. */
  private int from(SavedState saved, int rank) {
    return (int) ((long) saved.planes() * rank / ranks.size());
  }
}
