package org.latticelift.sim.lift;

import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.StageKeys;

/**
 * What the stage reads of sections {@code upsample} and {@code evolve}.
 *
 * @param keep which large states are stored
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
   * Whether one patch of each state evolves, and no more, whatever that costs.
   *
   * @return true with {@code evolve.patches: 1}, and where encoders look at the patch
   */
  public boolean onePatch() {
    return patchInputs || pairs.patches().equals(PatchCount.ONE);
  }

  /**
   * For systems whose large states have no whole that could be stored.
   *
   * @return the same without kept states
   */
  LiftConfig keepingNone() {
    return new LiftConfig(
        new Keep(KeptStates.NONE, keep.keepSamples(), keep.draw(), keep.groups()),
        pairs,
        patchInputs);
  }

  /**
   * What the stage {@code closure} needs: all large states, and the patches of the pairs.
   *
   * @return the same number of pairs
   */
  public LiftConfig forClosure() {
    return new LiftConfig(
        new Keep(KeptStates.ALL, keep.keepSamples(), keep.draw(), keep.groups()), pairs, true);
  }

  /**
   * Of section {@code upsample}.
   *
   * @param keep none, a sample, or all of the large states
   * @param keepSamples number per condition of a sample
   * @param draw snapshots at random (ME-82), or each once, then each once more (PP-17), or every
   *     tenfold of time as often
   * @param groups of runs that large states take their snapshots from (EX-07)
   */
  public record Keep(
      @Default("sample") @Doc("large states to store in large.h5") KeptStates keep,
      @Default("2") @Range(min = 1) @Doc("states per condition with keep: sample") int keepSamples,
      @Default("random")
          @Doc(
              "snapshots at random; once: in a random order that uses each once before any twice; log_times: at random, every tenfold of time as often; mixed: half of them random, half log_times")
          DrawOrder draw,
      @Default("auto")
          @Doc("groups of runs, one for each large state: auto (8 at most), none or a number")
          SnapshotGroups groups) {
    /**
     * Number of states to store.
     *
     * @param samples samples per condition
     * @return states per condition
     */
    public int count(int samples) {
      return switch (keep) {
        case NONE -> 0;
        case ALL -> samples;
        case SAMPLE -> Math.min(samples, keepSamples);
      };
    }
  }

  /**
   * Of section {@code evolve}.
   *
   * @param samples pairs per condition
   * @param shardSamples pairs that are committed at once
   * @param patches of each state that evolve (EX-01)
   * @param compensator whether the generator is integrated along the evolutions (EX-05)
   * @param evolutions of each patch from the same state, whose mean the drift is fitted to (EX-04)
   * @param twins whether the first patch evolves twice (EX-04)
   * @param joint states per condition that also evolve as a whole (EX-03)
   */
  public record Pairs(
      @Default("2000") @Range(min = 1, max = 1e8) @Doc("pairs per condition (AL-74)") int samples,
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
    /**
     * Pairs of a condition that are committed at once.
     *
     * @return at least 1
     */
    int shardSize() {
      return ShardSize.of(shardSamples, samples);
    }
  }

  /** Whether the generator is integrated along the evolutions (EX-05). */
  public enum Compensators {
    /** Where they say more than as many pairs more for the same time. */
    AUTO,
    /** Always; an error where it is not known. */
    ON,
    /** Never. */
    OFF
  }

  /**
   * Reads both sections.
   *
   * @param root the whole configuration
   * @return what the stage needs
   */
  public static LiftConfig of(ConfigNode root) {
    return new LiftConfig(
        Binder.bind(root.section("upsample").only(StageKeys.UPSAMPLE), Keep.class),
        Binder.bind(root.section("evolve").only(StageKeys.EVOLVE), Pairs.class),
        false);
  }
}
