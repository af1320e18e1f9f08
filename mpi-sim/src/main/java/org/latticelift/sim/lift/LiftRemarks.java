package org.latticelift.sim.lift;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.sim.lift.EvolutionPlanner.SampleCosts;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.TimeScales;

/**
 * What the stage {@code lift} says when all of its shards are there.
 *
 * @param progress to which it is said
 */
record LiftRemarks<S>(LatticeSystem<S> system, Progress progress) {
  /** Fraction of evolutions that may meet a wall before a warning is given. */
  private static final double WALL_WARNING = 0.05;

  /** A wall that is met often changes the dynamics of the patch. */
  void ofWalls(ShardJoin<S> join) {
    for (Condition condition : system.conditions()) {
      double blocked = join.blocked(condition);
      if (blocked > WALL_WARNING) {
        progress.message(
            String.format(
                Locale.ROOT,
                "warning: %s: %.0f %% of the evolutions met the confining border of their"
                    + " region; widen evolve.buffer_cells, shorten evolve.duration, or use"
                    + " environment whole",
                condition.name(),
                100 * blocked));
      }
    }
  }

  /** How long pairs are beside what they are to show, where the small runs show it. */
  void ofDurations(Map<Condition, TimeScales> scales) {
    SampleCosts costs = new SampleCosts(system, scales::get);
    String durations =
        system.conditions().stream()
            .filter(c -> scales.get(c).relaxation() > 0)
            .map(
                c ->
                    String.format(
                        Locale.ROOT,
                        "%s %.2g (%.3g events)",
                        c.name(),
                        costs.events(c) * scales.get(c).event() / scales.get(c).relaxation(),
                        costs.events(c)))
            .collect(Collectors.joining(", "));
    if (!durations.isEmpty()) {
      progress.message(
          "duration of training samples in relaxation times of the small runs: " + durations);
    }
  }

  void ofStatesThatAreNotKept() {
    progress.message(
        SnapshotsFile.LARGE
            + " is not written: large states are not made as wholes (upsample.block);"
            + " upsample.keep: none says so");
  }

  /** Groups of records are not quite independent. */
  void ofGroups(SnapshotDraw<S> draw) {
    if (draw.groups() > 0 && !draw.byRuns()) {
      progress.message(
          String.format(
              Locale.ROOT,
              "%d runs are too few for groups: groups of pairs are blocks of records, which are"
                  + " not quite independent",
              draw.all().runs()));
    }
  }
}
