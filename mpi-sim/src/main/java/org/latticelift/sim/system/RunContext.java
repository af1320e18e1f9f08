package org.latticelift.sim.system;

import org.latticelift.io.run.task.StopSignal;

/**
 * What dynamics need to know of the run that they serve.
 *
 * @param meanEventTime mean time per event and patch, measured on the small system; 0 before it is
 *     known (durations given as {@code auto} then fail)
 * @param stop a request to stop, which changes no result. Upsampling, relaxing and partial
 *     evolutions that take long ask now and then, and end with {@link StopSignal#check}; the state
 *     is of no more use then
 */
public record RunContext(double meanEventTime, StopSignal stop) {
  /** Of a run that nobody stops. */
  public static RunContext of(double meanEventTime) {
    return new RunContext(meanEventTime, StopSignal.none());
  }
}
