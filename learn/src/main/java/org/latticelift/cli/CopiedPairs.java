package org.latticelift.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.rundir.Stage;
import org.latticelift.rundir.StageContext;
import org.latticelift.rundir.StagePlan;

/**
 * Takes the pairs of another run of the same data, in place of simulating and evolving again.
 *
 * @param from folder of that run, complete when this stage begins
 */
record CopiedPairs(Path from) implements Stage {
  private static final String PAIRS = "pairs.h5";

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public List<String> outputs() {
    return List.of(PAIRS);
  }

  @Override
  public StagePlan plan() {
    return new StagePlan(name(), 1, "a copy", 0, 0);
  }

  @Override
  public void run(StageContext context) {
    context.directory().commit(PAIRS, beside -> Files.copy(from.resolve(PAIRS), beside));
  }
}
