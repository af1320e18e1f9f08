package org.latticelift.sim.lift;

import java.util.Optional;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.PartialEvolution;

/**
 * Makes the samples of one condition, each from random streams of its own.
 *
 * @param condition the condition
 * @param dynamics of this thread
 * @param draw small snapshots at the condition, for each sample
 * @param large size to reach
 * @param duration of a partial evolution
 * @param streams of the run
 * @param <S> state
 */
public record PairMaker<S>(
    Condition condition,
    Dynamics<S> dynamics,
    SnapshotDraw<S> draw,
    Extent large,
    Duration duration,
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
    return dynamics.observe(state);
  }

  /**
   * Evolves one patch (ME-17).
   *
   * @param state from {@link #upsample}, changed
   * @param sample the same number
   * @return what became of the patch
   */
  public PartialEvolution evolve(S state, int sample) {
    return dynamics.evolve(
        state, duration, streams.stream(Purpose.EVOLVE, condition.key(), sample));
  }

  /**
   * The same evolution.
   *
   * @param inputs where wanted, also told what the patch looks like before and after
   */
  PartialEvolution evolve(S state, int sample, Optional<PatchInputs> inputs) {
    return inputs
        .map(patches -> evolve(state, sample, patches))
        .orElseGet(() -> evolve(state, sample));
  }

  private PartialEvolution evolve(S state, int sample, PatchInputs inputs) {
    EncodableDynamics<S> shown = EncodableDynamics.of(dynamics);
    PartialEvolution made =
        shown.evolve(
            state,
            duration,
            streams.stream(Purpose.EVOLVE, condition.key(), sample),
            (evolved, patch) -> inputs.after(shown.encoderInput(evolved, patch)));
    inputs.before(shown.encoderInput(state, made.patch()));
    return made;
  }
}
