package org.latticelift.app.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.Stage;

/**
 * An experiment in another folder, of which a new one takes over what the variant of equal name
 * would make the same, as {@link EarlierRun} does.
 *
 * @param root its folder
 */
record EarlierExperiment(Path root) {
  /**
   * Replaces stages whose results are there.
   *
   * @param parts of the new experiment
   * @param now its folder
   * @return the same parts
   * @throws LatticeLiftException (66, 65) if there is no such folder, or nothing to take over
   */
  List<ExperimentPlan.Part> parts(List<ExperimentPlan.Part> parts, Path now) {
    requireOther(now);
    if (!Files.isDirectory(root)) {
      throw new LatticeLiftException(
          ExitCode.MISSING_INPUT,
          "there is no such folder",
          "--from " + root,
          "the folder of another experiment",
          "Check the path, or leave out --from");
    }
    List<ExperimentPlan.Part> taking = new ArrayList<>();
    for (ExperimentPlan.Part part : parts) {
      taking.add(taking(part, root.resolve(now.relativize(part.folder()).toString())));
    }
    if (taking.equals(parts)) {
      throw LatticeLiftException.badData(
          "nothing to take over: no variant has complete results that are the same",
          "--from " + root,
          "an experiment with variants of the same names, small runs, pairs or direct runs",
          "Name another folder, or leave out --from");
    }
    return taking;
  }

  private static ExperimentPlan.Part taking(ExperimentPlan.Part part, Path folder) {
    List<Stage> stages =
        EarlierRun.in(folder)
            .map(run -> run.replaced(part.stages(), part.pipeline().configuration()))
            .orElse(part.stages());
    return new ExperimentPlan.Part(part.name(), part.folder(), part.pipeline(), stages);
  }

  private void requireOther(Path now) {
    if (now.toAbsolutePath().normalize().equals(root.toAbsolutePath().normalize())) {
      throw LatticeLiftException.badData(
          "an experiment that takes over its own results",
          "--from " + root,
          "the folder of another experiment",
          "Name another --out, or continue this one with --resume");
    }
  }
}
