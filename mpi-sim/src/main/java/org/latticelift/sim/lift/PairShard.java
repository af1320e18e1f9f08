package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.PartialEvolution;

/**
 * The pairs of some samples of one condition while they are made, and the file they are committed
 * to.
 */
final class PairShard {
  /** States that are kept, as bytes. */
  static final String STATES = "/states";

  private final int observables;
  private final double[] z0;
  private final double[] z1;
  private final double[] patch0;
  private final double[] patch1;
  private final double[] dt;
  private final long[] patch;
  private final int[] events;
  private final double[] blocked;
  private final List<byte[]> states = new ArrayList<>();
  private int size;

  PairShard(int capacity, int observables) {
    this.observables = observables;
    z0 = new double[capacity * observables];
    z1 = new double[capacity * observables];
    patch0 = new double[capacity * observables];
    patch1 = new double[capacity * observables];
    dt = new double[capacity];
    patch = new long[capacity];
    events = new int[capacity];
    blocked = new double[capacity];
  }

  boolean isFull() {
    return size == dt.length;
  }

  /** Adds z and z plus the increment of the patch (ME-17), and the patch itself (ME-18). */
  void add(double[] z, PartialEvolution evolution) {
    for (int i = 0; i < observables; i++) {
      int at = size * observables + i;
      z0[at] = z[i];
      z1[at] = z[i] + evolution.increment()[i];
      patch0[at] = evolution.before()[i];
      patch1[at] = evolution.before()[i] + evolution.increment()[i];
    }
    dt[size] = evolution.seconds();
    patch[size] = evolution.patch();
    events[size] = Math.toIntExact(evolution.events());
    blocked[size] = evolution.blocked();
    size++;
  }

  void keep(byte[] state) {
    states.add(state);
  }

  void write(Path file) {
    write(file, Optional.empty());
  }

  void write(Path file, Optional<PatchInputs> inputs) {
    long[] n = {size};
    long[] nm = {size, observables};
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset("/z0", z0, nm, DatasetInfo.of("1", "before", "pair", "observable"));
      writer.dataset("/z1", z1, nm, DatasetInfo.of("1", "after", "pair", "observable"));
      writer.dataset("/patch_z0", patch0, nm, DatasetInfo.of("1", "patch", "pair", "observable"));
      writer.dataset("/patch_z1", patch1, nm, DatasetInfo.of("1", "patch", "pair", "observable"));
      writer.dataset("/dt", dt, n, DatasetInfo.of("s", "duration", "pair"));
      writer.dataset("/patch", patch, n, DatasetInfo.of("1", "patch", "pair"));
      writer.dataset("/events", events, n, DatasetInfo.of("1", "events", "pair"));
      writer.dataset("/blocked", blocked, n, DatasetInfo.of("1", "met the wall", "pair"));
      inputs.ifPresent(patches -> patches.write(writer));
      if (!states.isEmpty()) {
        writeStates(writer);
      }
    }
  }

  private void writeStates(Hdf5Writer writer) {
    int length = states.get(0).length;
    byte[] all = new byte[Math.multiplyExact(length, states.size())];
    for (int i = 0; i < states.size(); i++) {
      System.arraycopy(states.get(i), 0, all, i * length, length);
    }
    writer.dataset(
        STATES,
        all,
        new long[] {states.size(), length},
        DatasetInfo.of("1", "bytes of large states", "snapshot", "byte"));
  }
}
