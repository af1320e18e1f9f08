package org.latticelift.bench.kernels;

import java.util.concurrent.TimeUnit;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.kmc.Search;
import org.latticelift.sim.vacancy.kmc.SumTree;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Selection among rates in nanoseconds: a search and an update at the place found. Checks the cost
 * model of {@code SumTree}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SumTreeBenchmark {
  /** Vacancies: of 1024 sites, of half a million, and of a billion. */
  @Param({"1", "512", "1048576"})
  public int leaves;

  private final Search search = new Search();
  private SumTree tree;
  private RandomStream random;

  /** Fills the tree. */
  @Setup
  public void fill() {
    random = new Streams(1).stream(Purpose.BENCHMARK);
    tree = new SumTree(leaves);
    for (int i = 0; i < leaves; i++) {
      tree.setLeaf(i, random.uniform());
    }
    tree.rebuild();
  }

  /** A random number, a search and an update. */
  @Benchmark
  public int selectAndUpdate() {
    search.target = random.uniform() * tree.total();
    int found = tree.find(search);
    tree.set(found, 0.5 + 0.5 * search.target);
    return found;
  }
}
