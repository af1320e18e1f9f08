package org.latticelift.learn.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.WallTimes;

/**
 * Where the results come from.
 *
 * @param configuration resolved configuration
 * @param facts provenance of the evaluation, name and value
 * @param times of the stages of the run so far; empty where none were recorded
 */
record Origin(String configuration, Map<String, String> facts, List<WallTimes.StageTime> times) {
  /** Wall time of each stage that was recorded. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    times.forEach(time -> seconds.put(time.stage(), time.seconds()));
    return seconds;
  }

  /** Version, date and seed; empty where one of them is not known. */
  Optional<String> sentence() {
    Optional<String> end = Optional.ofNullable(facts.get("end")).filter(e -> e.length() > 16);
    return end.filter(e -> facts.containsKey("version") && facts.containsKey("seed"))
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "Made with LatticeLift %s, seed %s, evaluated %s UTC.",
                    facts.get("version"),
                    facts.get("seed"),
                    e.substring(0, 16).replace('T', ' ')));
  }

  static Origin read(Path root, Hdf5Reader evaluation) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name : evaluation.attributes(Provenance.GROUP)) {
      facts.put(name, String.valueOf(evaluation.attribute(Provenance.GROUP, name)));
    }
    String configuration = evaluation.text(Provenance.GROUP + "/configuration");
    return new Origin(configuration, facts, WallTimes.read(root));
  }
}
