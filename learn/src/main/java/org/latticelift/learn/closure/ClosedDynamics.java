package org.latticelift.learn.closure;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.EvolvedPatch;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
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
    implements EncodableDynamics<S>, InterruptibleDynamics<S> {
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

  @Override
  public double[] observePatch(S state, long patch) {
    return joined(
        dynamics.observePatch(state, patch), encoder.state(dynamics.encoderInput(state, patch)));
  }

  private static double[] joined(double[] observables, double[] closures) {
    double[] all = Arrays.copyOf(observables, observables.length + closures.length);
    System.arraycopy(closures, 0, all, observables.length, closures.length);
    return all;
  }

  @Override
  public float[] encoderInput(S state, long patch) {
    return dynamics.encoderInput(state, patch);
  }

  @Override
  public S upsample(SnapshotPool<S> pool, Extent extent, RandomStream build, RandomStream relax) {
    return dynamics.upsample(pool, extent, build, relax);
  }

  @Override
  public void relax(S state, RandomStream stream) {
    dynamics.relax(state, stream);
  }

  @Override
  public PartialEvolution evolve(
      S state, Duration duration, RandomStream stream, EvolvedPatch<S> look) {
    double[][] after = new double[1][];
    PartialEvolution made =
        dynamics.evolve(
            state,
            duration,
            stream,
            (evolved, patch) -> {
              after[0] = encoder.state(dynamics.encoderInput(evolved, patch));
              look.seen(evolved, patch);
            });
    double[] before = encoder.state(dynamics.encoderInput(state, made.patch()));
    double[] change = new double[before.length];
    Arrays.setAll(change, i -> after[0][i] - before[i]);
    return new PartialEvolution(
        made.patch(),
        joined(made.before(), before),
        joined(made.increment(), change),
        made.events(),
        made.time(),
        made.blocked());
  }
}
