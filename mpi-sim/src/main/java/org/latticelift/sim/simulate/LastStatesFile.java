package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.StateCodec;

/**
 * {@code final.h5}: the last state of each run, one contiguous dataset each, in groups such as
 * {@code T2000/run0}.
 *
 * @param <S> state
 */
final class LastStatesFile<S> {
  private final RunStore<S> runs;
  private final StateCodec<S> codec;

  LastStatesFile(RunStore<S> runs) {
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
        String group = StateSeries.group(writer, condition);
        for (int run = 0; run < runs.runs(); run++) {
          String name = group + "/run" + run;
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
