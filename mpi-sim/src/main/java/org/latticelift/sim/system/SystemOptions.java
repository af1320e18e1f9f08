package org.latticelift.sim.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * What a system can do beyond being run at its conditions.
 *
 * @param lifting large states are built and evolved in part, so that training samples can be made
 * @param encoding patches can be the input of an encoder, so that closure variables can be learned
 *     (ME-05)
 * @param upsampling large states are drawn from a model that is fitted to all small snapshots first
 * @param equilibrium what is known of the equilibrium of the large system
 * @param distributed how ranks hold the large state together, where the configuration asks for it
 * @param family cheaper dynamics for one condition after the other than new ones each time
 * @param relaxation how long observables take to relax, as known before anything is simulated
 * @param vacancies nothing moves but by vacancies, so that their number sets the time (EX-52)
 * @param recording what records of runs have beside observables
 * @param imported what another program has made, in place of all that needs dynamics
 * @param <S> state
 */
public record SystemOptions<S>(
    Optional<Lifting> lifting,
    Optional<Encoding> encoding,
    Optional<FittedUpsampling<S>> upsampling,
    Equilibrium<S> equilibrium,
    Optional<DistributedDynamics> distributed,
    Optional<ConditionFamily<S>> family,
    Optional<KnownRelaxation> relaxation,
    Optional<Vacancies> vacancies,
    Recording recording,
    Optional<Imported> imported) {
  /** A system that can only be run ({@code S}: state). */
  public static <S> SystemOptions<S> none() {
    return elsewhere(Optional.empty());
  }

  /** A system that was run elsewhere ({@code results}: of these runs; {@code S}: state). */
  public static <S> SystemOptions<S> of(Imported results) {
    return elsewhere(Optional.of(results));
  }

  private static <S> SystemOptions<S> elsewhere(Optional<Imported> results) {
    return new SystemOptions<>(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Equilibrium.unknown(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Recording.NONE,
        results);
  }

  /**
   * A system of which training samples can be made.
   *
   * @param lifting how
   * @param <S> state
   */
  public static <S> SystemOptions<S> of(Lifting lifting) {
    SystemOptions<S> none = none();
    return none.with(Optional.of(lifting), none.encoding, none.upsampling, none.equilibrium);
  }

  private SystemOptions<S> with(
      Optional<Lifting> large,
      Optional<Encoding> encoder,
      Optional<FittedUpsampling<S>> model,
      Equilibrium<S> known) {
    return new SystemOptions<>(
        large,
        encoder,
        model,
        known,
        distributed,
        family,
        relaxation,
        vacancies,
        recording,
        imported);
  }

  /** The same with an encoder. */
  public SystemOptions<S> withEncoding(Encoding other) {
    return with(lifting, Optional.of(other), upsampling, equilibrium);
  }

  /** The same with other dynamics of direct runs. */
  public SystemOptions<S> withDirect(DirectDynamics<S> other) {
    return with(
        lifting, encoding, upsampling, new Equilibrium<>(Optional.of(other), equilibrium.size()));
  }

  /** The same with a model of large states, or without one. */
  public SystemOptions<S> withUpsampling(Optional<FittedUpsampling<S>> other) {
    return with(lifting, encoding, other, equilibrium);
  }

  /**
   * Those of the system with another type of states, for which dynamics are made otherwise: without
   * all that is made of such states.
   *
   * @param distribution over ranks
   * @param values of the condition in time
   * @param <T> other state
   */
  public <T> SystemOptions<T> onSchedule(
      Optional<DistributedDynamics> distribution, DoubleUnaryOperator values) {
    return new SystemOptions<>(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Equilibrium.unknown(),
        distribution,
        Optional.empty(),
        relaxation,
        vacancies,
        new Recording(Optional.of(values), Optional.empty()),
        Optional.empty());
  }

  /**
   * Other dynamics for direct runs of the large system, which reach the same equilibrium sooner
   * ({@code direct.dynamics}).
   */
  public Optional<DirectDynamics<S>> direct() {
    return equilibrium.direct();
  }

  /** What the size of the small system does to its equilibrium means. */
  public Optional<SizeCorrection<S>> sizeCorrection() {
    return equilibrium.size();
  }

  /** The value of the condition by time since the start of a run, where it does not stay. */
  public Optional<DoubleUnaryOperator> course() {
    return recording.course();
  }

  /** Numbers that every record of a run has beside its observables. */
  public Optional<Measured> measured() {
    return recording.measured();
  }

  /**
   * What records of runs have beside observables.
   *
   * @param course see {@link SystemOptions#course}
   * @param measured see {@link SystemOptions#measured}
   */
  public record Recording(Optional<DoubleUnaryOperator> course, Optional<Measured> measured) {
    static final Recording NONE = new Recording(Optional.empty(), Optional.empty());

    /** Of a system whose conditions stay. */
    public static Recording of(Optional<Measured> measured) {
      return new Recording(Optional.empty(), measured);
    }
  }

  /**
   * What {@link Dynamics#measure} gives.
   *
   * @param dataset name of its dataset in the group of a run
   * @param columns numbers of a record
   * @param siteBytes memory that a run needs for it, by site
   * @param effort what the memory is for, for a plan; may be empty
   * @param info of the dataset [record, columns]
   * @param legend attributes of the file that explain the columns
   */
  public record Measured(
      String dataset,
      int columns,
      int siteBytes,
      String effort,
      DatasetInfo info,
      Map<String, List<String>> legend) {}

  /**
   * What is known of the equilibrium of the large system beside its own dynamics.
   *
   * @param direct see {@link SystemOptions#direct}
   * @param size see {@link SystemOptions#sizeCorrection}
   */
  public record Equilibrium<S>(
      Optional<DirectDynamics<S>> direct, Optional<SizeCorrection<S>> size) {
    /** Nothing ({@code S}: state). */
    static <S> Equilibrium<S> unknown() {
      return new Equilibrium<>(Optional.empty(), Optional.empty());
    }

    /** How it depends on the size, if that is known ({@code S}: state). */
    public static <S> Equilibrium<S> of(Optional<SizeCorrection<S>> size) {
      return new Equilibrium<>(Optional.empty(), size);
    }
  }

  /**
   * Samples a model that small states are fitted with at both sizes, for the finite-size correction
   * of their means (EX-65; {@code S}: state).
   */
  @FunctionalInterface
  public interface SizeCorrection<S> {
    /**
     * Of a condition ({@code late}: small states after equilibration); empty without a good fit.
     */
    Optional<SizeDifference> of(SnapshotPool<S> late, RandomStream stream);
  }

  /**
   * Equilibrium means of the large system less those of the small one, and standard errors; one of
   * each observable.
   */
  public record SizeDifference(double[] mean, double[] error) {}

  /** Makes the dynamics of direct runs ({@code S}: state). */
  @FunctionalInterface
  public interface DirectDynamics<S> {
    /**
     * For one thread at one condition ({@code stop}: a request to stop); new workspaces; the
     * system's own dynamics unless the configuration says otherwise.
     */
    Dynamics<S> at(Condition condition, StopSignal stop);
  }

  /** Keeps what does not depend on the condition, such as barriers ({@code S}: state). */
  @FunctionalInterface
  public interface ConditionFamily<S> {
    /**
     * A maker of dynamics for one thread ({@code stop}: a request to stop); gives the dynamics of
     * any condition, with the results of new ones.
     */
    Function<Condition, Dynamics<S>> forThread(StopSignal stop);
  }

  /**
   * For advice only; changes no result.
   *
   * @param events per patch at a condition, until the slowest observable has made all but 1/e of
   *     its way from the usual initial states; empty where it is not known
   * @param basis what the numbers rest on
   */
  public record KnownRelaxation(Function<Condition, OptionalDouble> events, String basis) {}

  /**
   * The atoms and vacancies that are simulated.
   *
   * @param concentration vacancies per site
   * @param composition species and their shares of the atoms, such as {@code Mo 0.5, Ta 0.5}
   */
  public record Vacancies(double concentration, String composition) {}

  /**
   * A model of large states that is fitted to all small snapshots of a condition first ({@code S}:
   * state).
   */
  public interface FittedUpsampling<S> {
    /** The file that keeps what was fitted. */
    String file();

    /**
     * What the fit depends on besides the small runs and their groups, so that runs of equal small
     * runs can share one; keys of section {@code upsample}.
     */
    Set<String> fitKeys();

    /**
     * Fits one condition.
     *
     * @param groups of the runs (EX-07); none where they are not dealt
     * @param part file of this condition, being written
     */
    void fit(
        Condition condition,
        SnapshotPool<S> pool,
        List<SnapshotPool<S>> groups,
        Streams streams,
        FitObserver observer,
        Hdf5Writer part);

    /**
     * Writes the parts of all conditions into one file ({@code parts}: of {@link #fit}, in the
     * order of the conditions).
     */
    void join(List<Path> parts, Hdf5Writer file);

    /**
     * The system that upsamples with what was fitted ({@code file}: of {@link #join}); otherwise
     * the same.
     */
    LatticeSystem<S> fitted(Path file);
  }

  /** Sees a fit at work; may end it by an exception. */
  @FunctionalInterface
  public interface FitObserver {
    FitObserver NONE = (group, groups, stage, stages) -> {};

    /**
     * The fit of one stage of the relaxation begins ({@code group}: 0 for all runs, else 1 to
     * {@code groups}; {@code stage}: 1 to {@code stages}).
     */
    void begins(int group, int groups, int stage, int stages);
  }
}
