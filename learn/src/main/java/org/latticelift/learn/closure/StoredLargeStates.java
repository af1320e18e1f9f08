package org.latticelift.learn.closure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Encoding;

/**
 * The states of {@code large.h5}, all conditions one after the other, read one at a time.
 *
 * @param <S> state
 */
final class StoredLargeStates<S> implements LargeStates {
  private final SnapshotsFile file;
  private final EncodableSystem<S> system;
  private final EncodableDynamics<S> dynamics;
  private final int observables;
  private final Encoding encoding;
  private final List<Series> series = new ArrayList<>();
  private int count;

  /** The states of one condition. */
  private record Series(Condition condition, int first, int count, double[] observables) {}

  StoredLargeStates(SnapshotsFile file, EncodableSystem<S> system) {
    this.file = file;
    this.system = system;
    this.dynamics = system.dynamics(system.conditions().get(0), 0);
    this.observables = system.macroscopics().size();
    this.encoding = system.encoding();
    for (Condition condition : system.conditions()) {
      int here = file.count(condition, system.codec(), system.large());
      double[] observed = file.observables(condition, here, observables);
      series.add(new Series(condition, count, here, observed));
      count += here;
    }
  }

  /**
   * Checks that every pair has its state.
   *
   * @param pairs number of pairs
   */
  void requirePairs(long pairs) {
    if (count != pairs) {
      throw LatticeLiftException.badData(
          count + " large states for " + pairs + " pairs",
          file.file().toString(),
          "one for each pair",
          "Run the stage lift again with this closure.dim, in a new run directory");
    }
  }

  @Override
  public int count() {
    return count;
  }

  private Series of(int state) {
    int at = 0;
    while (state >= series.get(at).first() + series.get(at).count()) {
      at++;
    }
    return series.get(at);
  }

  @Override
  public void patches(int state, float[] into, int at) {
    Series from = of(state);
    int index = state - from.first();
    byte[] bytes = file.state(from.condition(), system.codec(), system.large(), index);
    S decoded = system.codec().decode(bytes, system.large());
    WholeInput.write(dynamics, decoded, encoding, into, at);
  }

  @Override
  public double[] observables(int state) {
    Series from = of(state);
    int first = (state - from.first()) * observables;
    return Arrays.copyOfRange(from.observables(), first, first + observables);
  }
}
