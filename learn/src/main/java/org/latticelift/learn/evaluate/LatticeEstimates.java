package org.latticelift.learn.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.InitialMeans;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SnapshotPool.Part;
import org.latticelift.sim.system.SystemOptions.SizeCorrection;
import org.latticelift.sim.system.SystemOptions.SizeDifference;

/**
 * The estimates of a system that the program simulates itself.
 *
 * @param runs small runs from initial states
 */
public record LatticeEstimates<S>(LatticeSystem<S> system, int runs) implements SystemEstimates {
  /** Fewer states are not enough to fit an effective Hamiltonian. */
  private static final int FEWEST_STATES = 20;

  /** Small systems of more sites need no correction, and sampling them takes minutes. */
  private static final long LARGEST = 10_000;

  private static final double SECONDS = 10;

  private Optional<SizeCorrection<S>> correction() {
    return system.options().sizeCorrection().filter(any -> system.small().sites() < LARGEST);
  }

  @Override
  public double correctionSeconds() {
    return correction().isPresent() ? SECONDS * system.conditions().size() : 0;
  }

  /** From the second half of the records of the small runs. */
  @Override
  public Map<String, Estimate> sizeCorrections(StageContext context, Condition condition) {
    Map<String, Estimate> found = new LinkedHashMap<>();
    Optional<SizeCorrection<S>> correction = correction();
    if (correction.isEmpty()
        || !context.complete(SnapshotsFile.NAME)
        || !system.conditions().contains(condition)) {
      return found;
    }
    try (SnapshotsFile snapshots = SnapshotsFile.open(context.file(SnapshotsFile.NAME))) {
      SnapshotPool<S> all = snapshots.pool(condition, system, run -> 0);
      int first = all.records() / 2;
      Part late = new Part(0, 1, all.runs(), first, all.records() - first);
      if (late.runs() * late.records() < FEWEST_STATES) {
        return found;
      }
      RandomStream stream =
          new Streams(context.seed()).stream(Purpose.SIZE_CORRECTION, condition.key());
      List<String> names = system.macroscopics().names();
      Optional<SizeDifference> by = correction.get().of(all.part(late, -1), stream);
      for (int c = 0; c < names.size() && by.isPresent(); c++) {
        found.put(names.get(c), new Estimate(by.get().mean()[c], by.get().error()[c], Double.NaN));
      }
    }
    return found;
  }

  @Override
  public Optional<double[]> initialMeans(StageContext context, Condition condition) {
    return system.options().imported().isPresent()
        ? Optional.empty()
        : new InitialMeans<>(system).at(condition, context.seed());
  }

  @Override
  public List<TimeSeries> smallRuns(StageContext context, Condition condition) {
    if (system.options().imported().isPresent()
        || system.options().course().isPresent()
        || !context.complete(SnapshotsFile.NAME)
        || !system.conditions().contains(condition)) {
      return List.of();
    }
    int observables = system.macroscopics().size();
    try (SnapshotsFile snapshots = SnapshotsFile.open(context.file(SnapshotsFile.NAME))) {
      return snapshots.records(condition, observables).stream()
          .limit(runs)
          .map(run -> new TimeSeries(run.time(), run.observables(), observables))
          .toList();
    }
  }

  @Override
  public double smallNoise() {
    return Math.sqrt((double) system.large().sites() / system.small().sites());
  }

  @Override
  public OptionalDouble timeOf(StageContext context, Condition condition, double events) {
    return MeanEventTime.of(context.directory(), system, condition, events);
  }
}
