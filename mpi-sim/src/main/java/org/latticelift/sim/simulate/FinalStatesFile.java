package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionGroup;
import org.latticelift.sim.system.StateCodec;

/**
 * {@code final.h5}: the last state of each run, one contiguous dataset each, in groups such as
 * {@code T2000/run0}, named and typed by the system's codec, with the details that the codec adds.
 * Attributes of the file as in {@link SnapshotsFile}.
 *
 * @param <S> state
 */
public final class FinalStatesFile<S> {
  /** Name in a run directory. */
  public static final String NAME = "final.h5";

  private final RunStore<S> runs;
  private final StateCodec<S> codec;

  FinalStatesFile(RunStore<S> runs) {
    this.runs = runs;
    this.codec = runs.system().codec();
  }

  /** One state at a time is in memory. */
  void write(Path file, Provenance provenance) {
    List<SlabDataset> slabs = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describe(writer, runs.system(), runs.extent());
      provenance.writeTo(writer);
      for (Condition condition : runs.system().conditions()) {
        ConditionGroup.write(writer, condition);
        for (int run = 0; run < runs.runs(); run++) {
          String name = RunRecords.group(condition, run);
          writer.group(name);
          slabs.add(StateSeries.reserveOne(writer, name, codec, runs.extent()));
          codec.details(writer, name, runs.run(condition, run).last());
        }
      }
    }
    fill(slabs);
  }

  private void fill(List<SlabDataset> slabs) {
    int at = 0;
    for (Condition condition : runs.system().conditions()) {
      for (int run = 0; run < runs.runs(); run++) {
        SlabDataset slab = slabs.get(at++);
        slab.writeStored(0, codec.encode(runs.run(condition, run).last()));
        slab.force();
        slab.close();
      }
    }
  }
}
