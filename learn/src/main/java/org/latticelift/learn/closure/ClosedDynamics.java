package org.latticelift.learn.closure;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/**
 * The dynamics of a system, with closures behind the observables of large states.
 *
 * @param dynamics without closures
 * @param encoder of the closures
 * @param encoding shape of its input
 * @param <S> state
 */
record ClosedDynamics<S>(EncodableDynamics<S> dynamics, PatchEncoder encoder, Encoding encoding)
    implements InterruptibleDynamics<S> {
  @Override
  public S initial(Extent extent, RandomStream stream) {
    return dynamics.initial(extent, stream);
  }

  @Override
  public Progression advance(S state, Duration duration, RandomStream stream) {
    return dynamics.advance(state, duration, stream);
  }

  @Override
  public Stretch begin(S state, Duration duration, RandomStream stream) {
    return Stretch.begin(dynamics, state, duration, stream);
  }

  @Override
  public Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory) {
    return Stretch.resume(dynamics, state, duration, stream, memory);
  }

  @Override
  public double[] observe(S state) {
    return joined(dynamics.observe(state), encoder.state(WholeInput.of(dynamics, state, encoding)));
  }

  private static double[] joined(double[] observables, double[] closures) {
    double[] all = Arrays.copyOf(observables, observables.length + closures.length);
    System.arraycopy(closures, 0, all, observables.length, closures.length);
    return all;
  }
}
