package org.latticelift.sim.system;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.latticelift.io.run.task.StopSignal;

/**
 * A lattice system as the stages see it. Immutable and safe for several threads. What only some
 * systems can do is an interface of its own, such as {@link LiftableSystem}: a stage that needs it
 * asks for it.
 *
 * @param <S> state
 */
public interface MicroscopicSystem<S> {
  /**
   * Name of the system.
   *
   * @return as in the configuration
   */
  String name();

  /**
   * What is varied.
   *
   * @return at least one condition
   */
  List<Condition> conditions();

  /**
   * Observables and their relations.
   *
   * @return names, units and sum rules
   */
  Macroscopics macroscopics();

  /**
   * What observables are counted from, such as the number of neighbours in a random alloy.
   *
   * @param extent the small or the large system
   * @return the number subtracted from each observable; empty where nothing is
   */
  default double[] reference(Extent extent) {
    return new double[0];
  }

  /**
   * The system that can be simulated.
   *
   * @return its size, one patch
   */
  Extent small();

  /**
   * The system that is to be predicted.
   *
   * @return its size
   */
  Extent large();

  /**
   * How states are stored.
   *
   * @return the codec
   */
  StateCodec<S> codec();

  /**
   * Dynamics for one thread at one condition, which nobody stops.
   *
   * @param condition one of the conditions
   * @param meanEventTime mean time per event and patch, measured on the small system; 0 before it
   *     is known (durations given as {@code auto} then fail)
   * @return new workspaces
   */
  default Dynamics<S> dynamics(Condition condition, double meanEventTime) {
    return dynamics(condition, meanEventTime, StopSignal.none());
  }

  /**
   * The same, for a stage that may be asked to stop. Upsampling, relaxing and partial evolutions
   * that take long ask now and then, and end with {@link StopSignal#check}; the state is of no more
   * use then.
   *
   * @param condition one of the conditions
   * @param meanEventTime mean time per event and patch, measured on the small system
   * @param stop the request; changes no result
   * @return new workspaces
   */
  Dynamics<S> dynamics(Condition condition, double meanEventTime, StopSignal stop);

  /**
   * The time of a step, for systems whose time goes in equal steps.
   *
   * @return in units of {@link #timeUnit}; 0 where events happen at any time
   */
  default double timeStep() {
    return 0;
  }

  /**
   * What work costs.
   *
   * @return for estimates only; changes no result
   */
  CostEstimate costs();

  /**
   * What a reader must know of numbers of this system, whatever a run finds.
   *
   * @return complete sentences
   */
  default List<String> caveats() {
    return List.of();
  }

  /**
   * Finds mistakes of the configuration that make runs of a size impossible, before anything is
   * simulated; throws the error of the first one.
   *
   * @param extent {@link #small()} or {@link #large()}
   */
  default void checkRuns(Extent extent) {
    // A system whose states can always change.
  }

  /**
   * Refuses a configured initial state with which nothing begins.
   *
   * @param small whether initial states of the small system are needed
   * @param large whether those of the large one are
   */
  default void checkStart(boolean small, boolean large) {
    // A system without states from files.
  }

  /**
   * What the configuration leaves to be taken for granted, for whoever reads the results.
   *
   * @param small whether initial states of the small system are needed
   * @param large whether those of the large one are
   * @return sentences; none unless the system says otherwise
   */
  default List<String> remarks(boolean small, boolean large) {
    return List.of();
  }

  /**
   * How ranks hold the large state together, where the configuration asks for it.
   *
   * @return empty where every run is the task of one rank
   */
  default Optional<DistributedDynamics> distributed() {
    return Optional.empty();
  }

  /**
   * The value of the condition in time, where it does not stay.
   *
   * @return by time since the start of a run; empty where it stays
   */
  default Optional<DoubleUnaryOperator> course() {
    return Optional.empty();
  }

  /**
   * The unit of all times of this system, as files and plots name it.
   *
   * @return {@code s}, or {@code 1} where time has no unit
   */
  default String timeUnit() {
    return "s";
  }

  /**
   * Observables of the initial states of the large system, on average: where predictions start
   * unless they are told otherwise.
   *
   * @return one number per observable; all 0 unless the system says otherwise
   */
  default double[] start() {
    return new double[macroscopics().size()];
  }
}
