package org.latticelift.sim.system;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.latticelift.sim.random.RandomStream;

/**
 * The patches of one large state, to be evolved one at a time or together. Every evolution starts
 * from that state and leaves it as it was, at the cost of what moves in it and not of the state
 * (EX-01). Serves one thread.
 */
public interface Patches<S> {
  /** Evolutions that cost as much as one, where many evolve at a time. */
  int AT_A_TIME = Long.SIZE;

  /**
   * Number of patches that can be evolved; K, or fewer where these stand for others that are not
   * there.
   */
  long count();

  /** Chooses a patch, all with the same probability (ME-12); 0 to K - 1. */
  default long draw(RandomStream stream) {
    return stream.below(count());
  }

  /**
   * Evolves one patch in its environment (ME-12) ({@code patch}: 0 to K - 1; {@code duration}: how
   * long; events are those of the patch); increment of the observables of the patch, duration, and
   * the compensator if asked for.
   */
  PartialEvolution evolve(long patch, Duration duration, RandomStream stream);

  /**
   * The same, for systems with an {@link Encoding} ({@code patch}: 0 to K - 1); the same as without
   * looking.
   */
  default PartialEvolution evolve(
      long patch, Duration duration, RandomStream stream, EvolvedPatch<S> look) {
    throw new IllegalStateException(
        getClass().getName()
            + " shows nothing to encoders, which the options of its system promise");
  }

  /**
   * Evolves the whole state together, whatever the environment of single patches is (EX-02, EX-03)
   * ({@code duration}: how long; events are those of a patch, K times as many happen); increments
   * of all patches in ascending order, and of the whole.
   */
  JointEvolution evolveAll(Duration duration, RandomStream stream);

  /**
   * Evolves patches, each as often and for the same time. Where many evolve at a time for much less
   * than one after the other ({@link CostEstimate#simultaneousShare}), increments have the law of
   * {@link #evolve}, not its bits, and are independent, but for patches that lie so near each other
   * that their surroundings are the same.
   *
   * @param chosen numbers of the patches, each once
   * @param streams randomness of the k-th {@value #AT_A_TIME} evolutions alone
   */
  default SimultaneousEvolutions evolveMany(
      long[] chosen, int evolutions, double time, IntFunction<RandomStream> streams) {
    double[][][] increments = new double[evolutions][chosen.length][];
    long events = 0;
    RandomStream stream = streams.apply(0);
    for (int k = 0; k < evolutions * chosen.length; k++) {
      stream = k > 0 && k % AT_A_TIME == 0 ? streams.apply(k / AT_A_TIME) : stream;
      PartialEvolution made = evolve(chosen[k % chosen.length], Duration.time(time), stream);
      increments[k / chosen.length][k % chosen.length] = made.increment();
      events += made.events();
    }
    return new SimultaneousEvolutions(increments, events);
  }

  /**
   * The result of evolving one patch of a large state (ME-12, ME-17).
   *
   * @param patch index of the patch, 0 to K - 1
   * @param before observables of the patch before
   * @param increment change of the observables of the patch; the full latent state becomes z +
   *     increment
   * @param events number of events
   * @param time duration
   * @param blocked fraction of the events that the environment refused (ghost and buffer), else 0
   * @param compensator integral of b(x) over the evolution, where b(x) is the sum over all events
   *     that this evolution allows of rate times change of the observables of the patch, or the
   *     deterministic part of a step; the increment minus it has mean zero whatever the state was
   *     (Dynkin's formula, EX-05); empty unless asked for
   */
  record PartialEvolution(
      long patch,
      double[] before,
      double[] increment,
      long events,
      double time,
      double blocked,
      double[] compensator) {
    private static final double[] NONE = {};

    /**
     * Without a compensator.
     *
     * @param patch index of the patch
     * @param before observables of the patch before
     * @param increment change of the observables of the patch
     * @param events number of events
     * @param time duration
     * @param blocked fraction of the events that the environment refused
     */
    public PartialEvolution(
        long patch, double[] before, double[] increment, long events, double time, double blocked) {
      this(patch, before, increment, events, time, blocked, NONE);
    }
  }

  /**
   * The result of evolving patches of a large state together (EX-02, EX-03): unlike partial
   * evolutions, their increments may be correlated.
   *
   * @param patches indices of the patches that moved
   * @param increments change of the observables of each of them, one row per patch
   * @param increment mean of these rows; that of the whole where all patches moved
   * @param compensator that of the mean, as in {@link PartialEvolution#compensator}; empty unless
   *     asked for
   * @param events number of events
   * @param time duration
   */
  record JointEvolution(
      long[] patches,
      double[][] increments,
      double[] increment,
      double[] compensator,
      long events,
      double time) {
    /**
     * Averages the increments of patches.
     *
     * @param patches indices of the patches that moved
     * @param increments change of the observables of each of them
     * @param compensator of their mean, or empty
     * @param made events and duration
     * @return the result with the mean in the order of the patches
     */
    public static JointEvolution of(
        long[] patches, double[][] increments, double[] compensator, Progression made) {
      double[] mean = new double[increments[0].length];
      for (double[] increment : increments) {
        Arrays.setAll(mean, i -> mean[i] + increment[i]);
      }
      Arrays.setAll(mean, i -> mean[i] / increments.length);
      return new JointEvolution(patches, increments, mean, compensator, made.events(), made.time());
    }
  }

  /**
   * Evolutions of the same patches of a state, all for the same time.
   *
   * @param increments by evolution and patch, the change of the observables of the patch
   * @param events of all of them together
   */
  record SimultaneousEvolutions(double[][][] increments, long events) {}

  /**
   * Looks at a large state while one of its patches is evolved (ME-12), before the change is
   * undone.
   */
  @FunctionalInterface
  interface EvolvedPatch<S> {
    /**
     * Called once per partial evolution ({@code state}: with the evolved patch; not modified, not
     * kept).
     */
    void seen(S state, long patch);
  }
}
