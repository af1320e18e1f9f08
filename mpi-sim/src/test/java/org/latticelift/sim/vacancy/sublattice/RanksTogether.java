package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Several ranks, as threads, that simulate one cube together. */
final class RanksTogether {
  private RanksTogether() {}

  /** What a run leaves. */
  record Record(double time, long jumps, double[] observables, Lattice whole) {}

  /** What one of the ranks does. */
  interface Part {
    Record on(Communicator ranks, Lattice whole);
  }

  /** Lets ranks do their parts, and returns what they agree on. */
  static Record run(int size, int cells, Part part) throws Exception {
    Communicator[] ranks = LocalRanks.open(size);
    Lattice whole = new Lattice(Crystal.bcc(), cells, cells, cells);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<Record>> records = new ArrayList<>();
      for (Communicator rank : ranks) {
        records.add(threads.submit(() -> onOne(part, rank, whole)));
      }
      for (Future<Record> record : records) {
        assertThat(record.get().observables()).isEqualTo(records.get(0).get().observables());
        assertThat(record.get().time()).isEqualTo(records.get(0).get().time());
      }
      return records.get(0).get();
    } finally {
      threads.shutdownNow();
    }
  }

  /** A rank that fails ends the others, which would wait for it. */
  private static Record onOne(Part part, Communicator rank, Lattice whole) {
    try {
      return part.on(rank, whole);
    } catch (RuntimeException | Error e) {
      rank.abort(1);
      throw e;
    }
  }

  /** What a run has come to; the whole lattice is filled by all ranks. */
  static Record record(SublatticeRun run, Lattice whole) {
    double[] observed = run.observe();
    run.planes((bytes, x) -> System.arraycopy(bytes, 0, whole.plane(x), 0, bytes.length));
    return new Record(run.time(), run.events(), observed, whole);
  }
}
