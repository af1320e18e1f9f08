package org.latticelift.learn.ensemble;

import java.util.function.IntFunction;
import org.latticelift.sim.random.RandomStream;

public interface Program {
  /** Trajectories with all states at 0 ({@code noise}: the stream of each, 0 to count - 1). */
  Walkers walkers(int count, IntFunction<RandomStream> noise);

  /**
   * Goes on under this equation where trajectories are that went by another condition ({@code
   * before}: of the same kernel and parameter set; not used any more; {@code noise}: the stream of
   * each, which is overwritten by that of the others); the same states with the same noise to come.
   */
  default Walkers continued(Walkers before, IntFunction<RandomStream> noise) {
    byte[] moved = before.save();
    int count = before.count();
    before.close();
    Walkers after = walkers(count, noise);
    after.restore(moved);
    return after;
  }
}
