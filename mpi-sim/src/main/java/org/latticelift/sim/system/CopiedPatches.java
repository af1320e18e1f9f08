package org.latticelift.sim.system;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;

/**
 * Patches that are evolved in a copy of the whole state, with everything around them standing
 * still: the simplest ones, at the cost of the whole state for each. {@link Patches} of their own
 * cost what moves.
 *
 * @param dynamics that observe the state and its patches
 * @param state not modified
 * @param copy makes another state that is equal
 * @param count number K of patches
 * @param compensators observables of a compensator, 0 where none is asked for
 * @param mover evolves some patches
 * @param <S> state
 */
public record CopiedPatches<S>(
    Dynamics<S> dynamics,
    S state,
    UnaryOperator<S> copy,
    long count,
    int compensators,
    Mover<S> mover)
    implements Patches<S> {
  /** Evolves consecutive patches ({@code S}: state). */
  @FunctionalInterface
  public interface Mover<S> {
    /**
     * Evolves.
     *
     * @param state changed in these patches alone
     * @param patches how many, in the same environment as in the whole
     * @param duration how long; events are those of all these patches
     * @param drift receives the integral of rates times changes of the sums over these patches
     *     (EX-05), in units of one patch; empty where it is not asked for
     */
    Progression move(
        S state, long first, long patches, Duration duration, RandomStream stream, double[] drift);
  }

  /** Changes of all observables of the whole, in units of the patch. */
  @Override
  public PartialEvolution evolve(long patch, Duration duration, RandomStream stream) {
    double[] drift = new double[compensators];
    S moved = copy.apply(state);
    Progression made = mover.move(moved, patch, 1, duration, stream, drift);
    double[] change = dynamics.observe(moved);
    double[] whole = dynamics.observe(state);
    Arrays.setAll(change, i -> (change[i] - whole[i]) * count);
    double[] before = dynamics.observePatch(state, patch);
    return new PartialEvolution(patch, before, change, made.events(), made.time(), 0, drift);
  }

  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    double[] drift = new double[compensators];
    S moved = copy.apply(state);
    boolean byTime = duration.kind() == Duration.Kind.TIME;
    Duration all = byTime ? duration : Duration.events((long) duration.value() * count);
    Progression made = mover.move(moved, 0, count, all, stream, drift);
    long[] patches = LongStream.range(0, count).toArray();
    double[][] changes = new double[patches.length][];
    for (int k = 0; k < patches.length; k++) {
      double[] before = dynamics.observePatch(state, k);
      double[] after = dynamics.observePatch(moved, k);
      Arrays.setAll(after, i -> after[i] - before[i]);
      changes[k] = after;
    }
    Arrays.setAll(drift, i -> drift[i] / count);
    return JointEvolution.of(patches, changes, drift, made);
  }
}
