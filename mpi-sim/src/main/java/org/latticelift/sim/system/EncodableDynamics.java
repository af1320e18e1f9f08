package org.latticelift.sim.system;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * The dynamics of an {@link EncodableSystem}, which shows patches as the input of an encoder.
 *
 * @param <S> state
 */
public interface EncodableDynamics<S> extends LiftableDynamics<S> {
  /**
   * A patch as the input of an encoder (ME-05).
   *
   * @param state not modified
   * @param patch 0 to K - 1
   * @return numbers in the order of {@link EncodableSystem#encoding}
   */
  float[] encoderInput(S state, long patch);

  /**
   * As {@link #evolve(Object, Duration, RandomStream)}, and shows the evolved patch.
   *
   * @param state unchanged on return
   * @param duration how long
   * @param stream randomness of choice and evolution
   * @param look sees the evolved patch
   * @return the same as without looking
   */
  PartialEvolution evolve(S state, Duration duration, RandomStream stream, EvolvedPatch<S> look);

  @Override
  default PartialEvolution evolve(S state, Duration duration, RandomStream stream) {
    return evolve(state, duration, stream, (evolved, patch) -> {});
  }

  /**
   * Dynamics as ones of these; an error with exit code 65 where they are none.
   *
   * @param dynamics any
   * @param <S> state
   * @return the same
   */
  static <S> EncodableDynamics<S> of(Dynamics<S> dynamics) {
    if (dynamics instanceof EncodableDynamics<S> encodable) {
      return encodable;
    }
    throw LatticeLiftException.badData(
        "closure variables of " + dynamics.getClass().getSimpleName(),
        "closure.dim",
        "0: these dynamics show no patches to an encoder",
        "Remove the section closure");
  }
}
