package org.latticelift.sim.system;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/**
 * How large states of a system are built from small ones and evolved in part (ME-03), beside what
 * its {@link Dynamics} do.
 */
@FunctionalInterface
public interface Lifting {
  /**
   * Duration of a partial evolution ({@code scales}: of the small system, as its runs show them),
   * by events or by time.
   */
  Duration evolutionDuration(Condition condition, TimeScales scales);

  /**
   * Whether patches go on as their small runs did, so that nothing is evolved: durations are whole
   * numbers of records then; false unless the system says otherwise.
   */
  default boolean patchesContinueRuns() {
    return false;
  }

  /**
   * Whether a large state is put together from snapshots of several runs, and not from one; false
   * unless the system says otherwise.
   */
  default boolean mixesSnapshots() {
    return false;
  }

  /**
   * Whether large states have all of their sites, so that they can be stored; false where parts of
   * a state stand for others (EX-25).
   */
  default boolean largeStatesAreWhole() {
    return true;
  }

  /**
   * Whether patches of a large state know nothing of each other, so that increments of all of them
   * together are as those of single ones: kappa is K, and nothing is there to measure; false unless
   * each patch is a system by itself.
   */
  default boolean patchesAreIndependent() {
    return false;
  }

  /**
   * Patches of a large state that are not copies of one another (EX-01); only so many are worth
   * evolving; 1 to K; K unless large states are made of copies.
   */
  default long distinctPatches(Extent large) {
    return large.patches();
  }

  /**
   * Whether the evolution of a patch is that of the whole state, in which all patches change
   * together: then {@link Patches#evolveAll} gives the increments of all of them at the price of
   * one (EX-02); false unless the environment says otherwise.
   */
  default boolean patchesMoveTogether() {
    return false;
  }

  /**
   * Finds mistakes of the configuration that make upsampling or partial evolution impossible,
   * before anything is simulated; throws the error of the first one.
   */
  default void checkLifting() {
    // A system without such mistakes.
  }

  /**
   * Large states that are copies of one small state, whose patches evolve as long at all
   * conditions.
   */
  static Lifting ofCopies(Duration duration) {
    return new Lifting() {
      @Override
      public Duration evolutionDuration(Condition condition, TimeScales scales) {
        return duration;
      }

      @Override
      public long distinctPatches(Extent large) {
        return 1;
      }
    };
  }

  /** The windows in which an upsampled state is relaxed (ME-83). */
  public enum Windows {
    /** Windows that overlap by half of their length. */
    OVERLAPPING,
    /** Windows without overlap, shifted by half of their length (AL-63). */
    SHIFTED,
    /** It is not relaxed. */
    NONE
  }

  /** What surrounds a patch or window that evolves (ME-16, DI-03). */
  public enum Environment {
    /** Everything evolves with it. */
    WHOLE,
    /** What is outside stands still, but is felt. */
    GHOST,
    /** A buffer around it evolves with it; what is further outside stands still. */
    BUFFER,
    /** It is closed on itself. */
    PERIODIC
  }

  /** The levels on which a small lattice grows to a large one. */
  public final class GrowthFactors {
    private GrowthFactors() {}

    /**
     * The factors by which a side grows: 2 as often as possible, then what is left, such as 2, 3
     * for 96 from 16 and 3 for 48 from 16.
     *
     * @param small side of the small lattice
     * @param large side of the large lattice
     * @return one factor per level
     * @throws LatticeLiftException (65) if the small side does not divide the large one
     */
    public static List<Integer> of(int small, int large) {
      if (large % small != 0) {
        throw LatticeLiftException.badData(
            "a side of " + large + " with a small side of " + small,
            "lattice.large",
            "a multiple of lattice.small",
            "Change one of them");
      }
      List<Integer> factors = new ArrayList<>();
      int left = large / small;
      while (left % 2 == 0) {
        factors.add(2);
        left /= 2;
      }
      if (left > 1) {
        factors.add(left);
      }
      return factors;
    }
  }

  /** Stages of the relaxation of small runs, each twice as long as the one before (EX-21). */
  public final class RelaxationStages {
    private RelaxationStages() {}

    /**
     * Divides the records of runs. The last stage may be up to twice as long as half of all.
     *
     * @param runs their number
     * @param records of each
     * @param fewest states of the first stage, about
     * @return first record of each stage, and the one after its last
     */
    public static List<int[]> of(int runs, int records, int fewest) {
      List<int[]> ranges = new ArrayList<>();
      int begin = 0;
      int end = Math.max(1, (fewest + runs - 1) / runs);
      while (begin < records) {
        boolean rest = records - end < (end - begin) / 2 || end >= records;
        ranges.add(new int[] {begin, rest ? records : end});
        begin = rest ? records : end;
        end *= 2;
      }
      return ranges;
    }
  }
}
