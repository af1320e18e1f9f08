package org.latticelift.learn.closure;

import java.nio.file.Path;
import java.util.Arrays;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;

/** Mean closures of the initial states of a large system, where predictions begin. */
public final class InitialClosures {
  private static final int STATES = 32;

  private InitialClosures() {}

  /**
   * By the encoder of a run ({@code closureFile}: its {@code closure.h5}); one number per closure
   * variable.
   */
  public static double[] mean(Path closureFile, LatticeSystem<?> system, long seed) {
    try (PatchEncoder encoder = new PatchEncoder(ClosureFile.read(closureFile))) {
      return mean(encoder, LatticeSystem.encodable(system), new Streams(seed));
    }
  }

  static <S> double[] mean(PatchEncoder encoder, LatticeSystem<S> system, Streams streams) {
    Condition condition = system.conditions().get(0);
    Dynamics<S> dynamics = system.dynamics(condition, 0);
    double[] mean = {};
    for (int run = 0; run < STATES; run++) {
      S state =
          dynamics.initial(
              system.large(), streams.stream(Purpose.CLOSURE_START, condition.key(), run));
      double[] closures = encoder.state(WholeInput.of(dynamics, state, system.encoding()));
      double[] sum = run == 0 ? new double[closures.length] : mean;
      Arrays.setAll(sum, i -> sum[i] + closures[i] / STATES);
      mean = sum;
    }
    return mean;
  }
}
