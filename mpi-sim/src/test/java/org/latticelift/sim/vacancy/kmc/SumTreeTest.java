package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;

class SumTreeTest {
  @Test
  void findsTheFirstLeafWhoseCumulativeSumReachesTheTarget() {
    double[] leaves = {0, 2, 0, 3, 1, 0, 0, 4, 0};
    SumTree tree = new SumTree(leaves.length);
    for (int i = 0; i < leaves.length; i++) {
      tree.set(i, leaves[i]);
    }
    assertThat(tree.total()).isEqualTo(10);
    double[] targets = {1e-300, 2, 2.5, 5, 5.5, 6, 6.5, 10};
    int[] expected = {1, 1, 3, 3, 4, 4, 7, 7};
    Search search = new Search();
    for (int i = 0; i < targets.length; i++) {
      search.target = targets[i];
      assertThat(tree.find(search)).as("%s", targets[i]).isEqualTo(expected[i]);
      assertThat(search.target).isPositive().isLessThanOrEqualTo(leaves[expected[i]]);
    }
  }

  @Test
  void neverFindsAnEmptyLeafEvenBeyondTheSum() {
    RandomStream stream = RandomAlloy.stream(4, 4);
    Search search = new Search();
    for (int trial = 0; trial < 2000; trial++) {
      int n = 1 + stream.below(40);
      SumTree tree = new SumTree(n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double leaf = stream.below(3) == 0 ? StrictMath.exp(60 * stream.uniform() - 30) : 0;
        tree.set(i, leaf);
        sum += leaf;
      }
      assertThat(tree.total()).isEqualTo(sum, within(1e-13 * sum));
      if (sum > 0) {
        search.target = stream.below(2) == 0 ? 1.0001 * sum : stream.uniform() * tree.total();
        assertThat(tree.leaf(tree.find(search))).isPositive();
      }
    }
  }

  @Test
  void sumsDependOnTheLeavesOnly() {
    SumTree stepwise = new SumTree(13);
    SumTree atOnce = new SumTree(13);
    RandomStream stream = RandomAlloy.stream(5, 4);
    for (int i = 0; i < 1000; i++) {
      stepwise.set(stream.below(13), stream.uniform());
    }
    for (int i = 0; i < 13; i++) {
      atOnce.setLeaf(i, stepwise.leaf(i));
    }
    atOnce.rebuild();
    assertThat(atOnce.total()).isEqualTo(stepwise.total());
  }

  /** Two million updates that differ by twenty orders of magnitude leave no trace in any sum. */
  @Test
  void sumsDoNotDrift() {
    int leaves = 100;
    SumTree tree = new SumTree(leaves);
    RandomStream stream = RandomAlloy.stream(6, 4);
    for (int i = 0; i < 2_000_000; i++) {
      double scale = (i & 7) == 0 ? 1e10 : 1e-10;
      tree.set(stream.below(leaves), (i & 3) == 1 ? 0 : scale * stream.uniform());
    }
    SumTree fresh = new SumTree(leaves);
    for (int i = 0; i < leaves; i++) {
      fresh.set(i, tree.leaf(i));
    }
    assertThat(tree.total()).isPositive().isEqualTo(fresh.total());
    for (int i = 0; i < leaves; i++) {
      tree.set(i, 0);
    }
    assertThat(tree.total()).isZero();
  }
}
