package org.latticelift.sim.system;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;

/**
 * A lattice system as the stages see it: facts, dynamics at a condition, how states are stored, and
 * what it can do beyond being run ({@link #options}). Immutable and safe for several threads
 * ({@code S}: state).
 */
public interface LatticeSystem<S> {
  /** Name, conditions, observables, sizes, units, costs; always the same. */
  SystemFacts facts();

  /** How states are stored. */
  StateCodec<S> codec();

  /** Dynamics for one thread at one condition. */
  Dynamics<S> dynamics(Condition condition, RunContext context);

  /**
   * What it can do beyond being run. A decorator hands this on as a whole, changed where it has to
   * be, so that nothing is lost. Returns nothing unless the system says otherwise.
   */
  default SystemOptions<S> options() {
    return SystemOptions.none();
  }

  /**
   * What observables are counted from, such as the number of neighbours in a random alloy ({@code
   * extent}: the small or the large system); the number subtracted from each observable; empty
   * where nothing is.
   */
  default double[] reference(Extent extent) {
    return new double[0];
  }

  /**
   * Observables of the initial states of the large system, on average: where predictions start
   * unless they are given another start; one number per observable; all 0 unless the system says
   * otherwise.
   */
  default double[] start() {
    return new double[macroscopics().size()];
  }

  /**
   * How many initial states of the large system give their mean observables: 1 where all are the
   * same, fewer than usual where each takes long to make.
   */
  default int initialStates() {
    return 100;
  }

  /** What the observables mean, and what the system is made of, for a reader of results. */
  default List<String> explanation() {
    return List.of();
  }

  /** What all observables are, in a few words for the axis of a figure. */
  default String axis() {
    return "observable";
  }

  /** What a reader must know of numbers of this system, whatever a run finds. */
  default List<String> caveats() {
    return List.of();
  }

  /**
   * What predictions and direct runs share, so that their agreement says nothing of it; sentences
   * that stand beside every verdict.
   */
  default List<String> shared() {
    return List.of();
  }

  /**
   * What the configuration leaves to be taken for granted, for whoever reads the results;
   * sentences; none unless the system says otherwise.
   */
  default List<String> remarks(boolean small, boolean large) {
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

  /** Refuses a configured initial state with which nothing begins. */
  default void checkStart(boolean small, boolean large) {
    // A system without states from files.
  }

  /**
   * Tries out what somebody else's program has to keep for results to mean something, with streams
   * of its own; what was tried, in order; nothing where the program itself is the simulator.
   */
  default List<Trial> trials() {
    return List.of();
  }

  /**
   * Something that was tried.
   *
   * @param what holds, in words
   * @param passed whether it does; empty where it could not be tried
   * @param found what was seen
   */
  public record Trial(String what, Optional<Boolean> passed, String found) {}

  /** {@link SystemFacts#name} of the {@link #facts}. */
  default String name() {
    return facts().name();
  }

  /** {@link SystemFacts#conditions} of the {@link #facts}. */
  default List<Condition> conditions() {
    return facts().conditions();
  }

  /** {@link SystemFacts#macroscopics} of the {@link #facts}. */
  default Macroscopics macroscopics() {
    return facts().macroscopics();
  }

  /** {@link SystemFacts#small} of the {@link #facts}. */
  default Extent small() {
    return facts().small();
  }

  /** {@link SystemFacts#large} of the {@link #facts}. */
  default Extent large() {
    return facts().large();
  }

  /** {@link SystemFacts#timeUnit} of the {@link #facts}. */
  default String timeUnit() {
    return facts().timeUnit();
  }

  /** {@link SystemFacts#timeStep} of the {@link #facts}. */
  default double timeStep() {
    return facts().timeStep();
  }

  /** {@link SystemFacts#costs} of the {@link #facts}. */
  default CostEstimate costs() {
    return facts().costs();
  }

  /**
   * Dynamics of a run that nobody stops ({@code meanEventTime}: mean time per event and patch; 0
   * where it is not known).
   */
  default Dynamics<S> dynamics(Condition condition, double meanEventTime) {
    return dynamics(condition, RunContext.of(meanEventTime));
  }

  /**
   * How large states are made and evolved in part, that of the {@link #options}; an error with exit
   * code 65 where the system can only be run.
   */
  default Lifting lifting() {
    return options()
        .lifting()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "pairs of system " + name(),
                    "system",
                    "systems whose options have 'lifting': this one can only be run",
                    "Use its runs alone ('simulate', 'direct'), or choose another system"));
  }

  /**
   * What an encoder of closure variables is given, that of the {@link #options}; an error with exit
   * code 65 where the system has none.
   */
  default Encoding encoding() {
    return options()
        .encoding()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "closure variables of system " + name(),
                    "closure.dim",
                    "0: this system has no encoder",
                    "Remove the section closure"));
  }

  /** A system that can be lifted; an error with exit code 65 where it can only be run; the same. */
  static <S> LatticeSystem<S> liftable(LatticeSystem<S> system) {
    system.lifting();
    return system;
  }

  /**
   * A system whose patches an encoder can read; an error with exit code 65 where it has none; the
   * same.
   */
  static <S> LatticeSystem<S> encodable(LatticeSystem<S> system) {
    system.encoding();
    return system;
  }
}
