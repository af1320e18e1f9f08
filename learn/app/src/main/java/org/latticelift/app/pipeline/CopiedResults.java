package org.latticelift.app.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;

/**
 * Takes results of another run of the same data, such as pairs, in place of making them again.
 *
 * @param name what is taken
 * @param from folder of that run, complete when this stage begins
 * @param outputs names of the files
 */
record CopiedResults(String name, Path from, List<String> outputs) implements Stage {

  @Override
  public StagePlan plan() {
    return new StagePlan(name, 1, "a copy", 0, 0);
  }

  @Override
  public void run(StageContext context) {
    for (String file : outputs) {
      context.directory().commit(file, beside -> Files.copy(from.resolve(file), beside));
    }
  }
}
