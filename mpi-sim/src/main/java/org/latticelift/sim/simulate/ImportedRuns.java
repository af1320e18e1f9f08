package org.latticelift.sim.simulate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Imported.LargeRuns;
import org.latticelift.sim.system.LatticeSystem;

/**
 * Takes over runs of the large system that another program has made, in place of {@link
 * DirectStage}: all records in {@code trajectory.h5}, means in {@code direct.csv}. Events are not
 * known.
 *
 * @param system of which they are
 * @param direct the runs
 */
public record ImportedRuns(LatticeSystem<?> system, LargeRuns direct) implements Stage {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public List<String> outputs() {
    return List.of(TrajectoryFile.NAME, DirectStage.AVERAGES);
  }

  @Override
  public StagePlan plan() {
    long runs = direct.runs().values().stream().mapToLong(List::size).sum();
    return new StagePlan(
        name(), 1, String.format(Locale.ROOT, "%d runs from %s", runs, direct.file()), 1, 0);
  }

  @Override
  public void run(StageContext context) {
    Provenance provenance = context.provenance().withInput(direct.file());
    context.commit(
        TrajectoryFile.NAME,
        beside ->
            TrajectoryFile.write(beside, system, this::trajectories, provenance, Optional.empty()));
    context.commitText(
        DirectStage.AVERAGES,
        AveragesCsv.text(
            system,
            Sampling.TIME,
            this::trajectories,
            condition -> direct.at(condition).get(0).time().length,
            (condition, runs) -> List.of("", "")));
  }

  private List<Trajectory> trajectories(Condition condition) {
    return direct.at(condition).stream()
        .map(
            run -> {
              Trajectory records = new Trajectory(system.macroscopics().size());
              records.addAll(run.time(), new long[run.time().length], run.observables());
              return records;
            })
        .toList();
  }
}
