package org.latticelift.sim.lift;

import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.SnapshotGroups.KeptStates;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider.StageKeys;

/**
 * What the stage reads of sections {@code upsample} and {@code evolve}.
 *
 * @param pairs how many pairs are made
 * @param patchInputs whether patches are stored as encoders see them, before and after
 */
public record LiftConfig(Keep keep, Pairs pairs, boolean patchInputs) {
  /** What presets of the authors' code set in {@code upsample}: one pool of all snapshots. */
  public static final String AUTHORS_UPSAMPLE = "{groups: none}";

  /** What presets of the authors' code set in {@code evolve}: one patch, and only that (ME-12). */
  public static final String AUTHORS_EVOLVE =
      "{patches: 1, compensator: off, evolutions: 1, twins: false, joint: 0}";

  /**
   * Whether one patch of each state evolves, and no more, whatever that costs; true with {@code
   * evolve.patches: 1}, and where encoders look at the patch.
   */
  public boolean onePatch() {
    return patchInputs || pairs.patches().equals(PatchCount.ONE);
  }

  /**
   * Whether samples are means over small runs; false where one patch of a lattice is asked for, and
   * where encoders look at it.
   */
  boolean continuesRuns(LatticeSystem<?> system) {
    return system.lifting().patchesContinueRuns() && !onePatch();
  }

  /**
   * For systems whose large states have no whole that could be stored; the same without kept
   * states.
   */
  LiftConfig keepingNone() {
    return new LiftConfig(
        new Keep(KeptStates.NONE, keep.keepSamples(), keep.draw(), keep.groups()),
        pairs,
        patchInputs);
  }

  /**
   * What the stage {@code closure} needs: all large states, and the patches of the pairs; the same
   * number of pairs.
   */
  public LiftConfig forClosure() {
    return new LiftConfig(
        new Keep(KeptStates.ALL, keep.keepSamples(), keep.draw(), keep.groups()), pairs, true);
  }

  /** Of section {@code upsample}. */
  public record Keep(
      @Default("sample") @Doc("large states to store in large.h5") KeptStates keep,
      @Default("2") @Range(min = 1) @Doc("states per condition with keep: sample") int keepSamples,
      @Default("random")
          @Doc(
              "snapshots at random; once: in a random order that uses each once before any twice; log_times: at random, every tenfold of time as often; mixed: half of them log_times, half at random from the later half of each run")
          DrawOrder draw,
      @Default("auto")
          @Doc("groups of runs, one for each large state: auto (8 at most), none or a number")
          SnapshotGroups groups) {
    /** Number of states to store ({@code samples}: samples per condition); states per condition. */
    public int count(int samples) {
      return switch (keep) {
        case NONE -> 0;
        case ALL -> samples;
        case SAMPLE -> Math.min(samples, keepSamples);
      };
    }
  }

  /** Of section {@code evolve}. */
  public record Pairs(
      @Default("2000") @Range(min = 1, max = 1e8) @Doc("pairs per condition") int samples,
      @Default("auto")
          @Range(min = 1)
          @Doc("pairs that are committed at once; auto: a sixteenth, at most 500")
          AutoNumber shardSamples,
      @Default("auto") @Doc("patches of each state that evolve: a number, all, or auto, from costs")
          PatchCount patches,
      @Default("auto")
          @Doc(
              "integrals of the generator, for train.drift_variates: auto (where they say more than more evolutions: not Ising at the default, nor alloy), on or off")
          Compensators compensator,
      @Default("auto")
          @Range(min = 1, max = 1000)
          @Doc(
              "evolutions of each patch from the same state, whose mean the drift is fitted to; auto: from costs")
          AutoNumber evolutions,
      @Default("false") @Doc("evolve the first patch twice, for the diffusion") boolean twins,
      @Default("auto")
          @Range(min = 0)
          @Doc("states per condition that evolve as a whole, for kappa; auto: from costs")
          AutoNumber joint) {
    /** Pairs of a condition that are committed at once, at least 1. */
    int shardSize() {
      return ShardSize.of(shardSamples, samples);
    }

    int shards() {
      return 1 + (samples - 1) / shardSize();
    }
  }

  /** Reads both sections. */
  public static LiftConfig of(ConfigNode root) {
    return new LiftConfig(
        Binder.bind(root.section("upsample").only(StageKeys.UPSAMPLE), Keep.class),
        Binder.bind(root.section("evolve").only(StageKeys.EVOLVE), Pairs.class),
        false);
  }

  /** How snapshots are drawn for large states. */
  public enum DrawOrder {
    /** At random, with replacement (ME-82). */
    RANDOM,
    /** In a random order that uses each once before any twice (PP-17). */
    ONCE,
    /**
     * At random with replacement, at random times whose logarithm is spread evenly: every tenfold
     * of time gives as many. Runs may then last long beyond the transient without outnumbering it.
     */
    LOG_TIMES,
    /** Half of the samples are those of {@link #LOG_TIMES}, half of later records. */
    MIXED
  }

  /**
   * How many pairs are committed at once: a number, or {@code auto} for a sixteenth of those of a
   * condition, and no more than 500. The more, the fewer files; the fewer, the more threads and
   * ranks have work, and the less is made again after a kill, where a pair takes seconds.
   */
  static final class ShardSize {
    private static final int MOST = 500;
    private static final int PARTS = 16;

    private ShardSize() {}

    /** The number for a condition, at least 1. */
    static int of(AutoNumber wanted, int samples) {
      return wanted.orElse(Math.min(MOST, (samples + PARTS - 1) / PARTS));
    }
  }
}
