package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Several ranks, as threads, that work together, such as on one cube. */
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
    Lattice whole = new Lattice(Crystal.bcc(), cells, cells, cells);
    List<Record> records = each(size, rank -> part.on(rank, whole));
    for (Record record : records) {
      assertThat(record.observables()).isEqualTo(records.get(0).observables());
      assertThat(record.time()).isEqualTo(records.get(0).time());
    }
    return records.get(0);
  }

  /** Lets ranks do their parts, and returns what each has found. */
  static <T> List<T> each(int size, Function<Communicator, T> part) throws Exception {
    Communicator[] ranks = LocalRanks.open(size);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<T>> parts = new ArrayList<>();
      for (Communicator rank : ranks) {
        parts.add(threads.submit(() -> onOne(part, rank)));
      }
      List<T> found = new ArrayList<>();
      for (Future<T> one : parts) {
        found.add(one.get());
      }
      return found;
    } finally {
      threads.shutdownNow();
    }
  }

  /** A rank that fails ends the others, which would wait for it. */
  private static <T> T onOne(Function<Communicator, T> part, Communicator rank) {
    try {
      return part.apply(rank);
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
