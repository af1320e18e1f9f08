package org.latticelift.sim.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.Streams;

/**
 * A system whose large states may be drawn from a model that is fitted to all small snapshots of a
 * condition first.
 *
 * @param <S> state
 */
public interface FittedUpsampling<S> extends LiftableSystem<S> {
  /**
   * The file that keeps what was fitted.
   *
   * @return its name; empty where the configuration needs no fit
   */
  Optional<String> fittedFile();

  /**
   * What the fit depends on besides the small runs and their groups, so that runs of equal small
   * runs can share one.
   *
   * @return keys of section {@code upsample}
   */
  Set<String> fitKeys();

  /**
   * Fits one condition.
   *
   * @param condition one of the conditions
   * @param pool all its snapshots
   * @param groups the same dealt into groups (EX-07), for fits of each; empty without groups
   * @param streams of the run
   * @param observer sees every stage begin
   * @param part a new file, which {@link #join} reads
   */
  void fit(
      Condition condition,
      SnapshotPool<S> pool,
      List<SnapshotPool<S>> groups,
      Streams streams,
      FitObserver observer,
      Hdf5Writer part);

  /**
   * Writes the parts of all conditions into one file.
   *
   * @param parts in the order of the conditions
   * @param file a new file
   */
  void join(List<Path> parts, Hdf5Writer file);

  /**
   * The system that upsamples with what was fitted.
   *
   * @param file what {@link #join} has written
   * @return otherwise the same
   */
  LiftableSystem<S> fitted(Path file);
}
