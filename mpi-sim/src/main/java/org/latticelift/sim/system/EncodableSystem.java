package org.latticelift.sim.system;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;

/**
 * A system whose patches can be the input of an encoder, so that closure variables can be learned
 * (ME-05).
 *
 * @param <S> state
 */
public interface EncodableSystem<S> extends LiftableSystem<S> {
  /**
   * What an encoder is told.
   *
   * @return shape of the encoder input
   */
  Encoding encoding();

  @Override
  EncodableDynamics<S> dynamics(Condition condition, double meanEventTime, StopSignal stop);

  @Override
  default EncodableDynamics<S> dynamics(Condition condition, double meanEventTime) {
    return dynamics(condition, meanEventTime, StopSignal.none());
  }

  /**
   * A system as one of these; an error with exit code 65 where it is none.
   *
   * @param system any
   * @param <S> state
   * @return the same
   */
  static <S> EncodableSystem<S> of(MicroscopicSystem<S> system) {
    if (system instanceof EncodableSystem<S> encodable) {
      return encodable;
    }
    throw LatticeLiftException.badData(
        "closure variables of system " + system.name(),
        "closure.dim",
        "0: this system has no encoder",
        "Remove the section closure");
  }
}
