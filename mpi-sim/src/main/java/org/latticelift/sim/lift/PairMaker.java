package org.latticelift.sim.lift;

import java.util.Optional;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LiftableDynamics;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.PatchDynamics;

/**
 * Makes the samples of one condition, each from random streams of its own.
 *
 * @param condition the condition
 * @param dynamics of this thread
 * @param draw small snapshots at the condition, for each sample
 * @param large size to reach
 * @param duration of a partial evolution
 * @param plan what is evolved of each state; one patch for dynamics that choose it themselves
 * @param streams of the run
 * @param <S> state
 */
public record PairMaker<S>(
    Condition condition,
    LiftableDynamics<S> dynamics,
    SnapshotDraw<S> draw,
    Extent large,
    Duration duration,
    EvolutionPlan plan,
    Streams streams) {

  /**
   * A large state (ME-82), relaxed as the configuration says.
   *
   * @param sample its number; with the condition and the seed it decides the state
   * @return a new state
   */
  public S upsample(int sample) {
    return dynamics.upsample(
        draw.pool(sample),
        large,
        streams.stream(Purpose.UPSAMPLE, condition.key(), sample),
        streams.stream(Purpose.RELAX, condition.key(), sample));
  }

  /**
   * The observables of a large state.
   *
   * @param state not modified
   * @return z, m values
   */
  public double[] observe(S state) {
    return dynamics.observeUpsampled(state);
  }

  /**
   * Evolves patches of a large state (ME-17, EX-01).
   *
   * @param state from {@link #upsample}; unchanged on return
   * @param sample the same number
   * @return what became of the patches
   */
  public SampleEvolution evolve(S state, int sample) {
    return evolve(state, sample, Optional.empty());
  }

  /**
   * Evolves patches of a large state.
   *
   * @param inputs where wanted, also told what the patches look like before and after
   */
  SampleEvolution evolve(S state, int sample, Optional<PatchInputs> inputs) {
    if (dynamics instanceof PatchDynamics<S> patchwise) {
      return new PatchSampler<S>(condition, duration, plan, streams)
          .evolve(patchwise, state, sample, inputs);
    }
    inputs.ifPresent(patches -> show(state, sample, patches));
    return single(dynamics.evolve(state, duration, first(sample)));
  }

  private RandomStream first(int sample) {
    return streams.stream(Purpose.EVOLVE, condition.key(), sample);
  }

  /** The same evolution once more, for whoever looks at it. */
  private void show(S state, int sample, PatchInputs inputs) {
    EncodableDynamics<S> shown = EncodableDynamics.of(dynamics);
    PartialEvolution made =
        shown.evolve(
            state,
            duration,
            first(sample),
            (evolved, patch) -> inputs.after(shown.encoderInput(evolved, patch)));
    inputs.before(shown.encoderInput(state, made.patch()));
  }

  private static SampleEvolution single(PartialEvolution made) {
    return new SampleEvolution(
        new long[] {made.patch()},
        made.before(),
        made.increment(),
        made.increment(),
        new double[0],
        Optional.empty(),
        new double[0],
        made.events(),
        made.time(),
        made.blocked(),
        Optional.empty());
  }
}
