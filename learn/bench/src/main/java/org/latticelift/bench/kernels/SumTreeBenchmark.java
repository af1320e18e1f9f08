package org.latticelift.bench.kernels;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.kmc.Search;
import org.latticelift.sim.vacancy.kmc.SumTree;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Selection among rates in nanoseconds: a search and an update at the place found. Checks the cost
 * model of {@code SumTree}.
 */
public class SumTreeBenchmark extends KernelBenchmark {
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
