package org.latticelift.learn.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.lift.PairsFile;

/**
 * Where the results come from.
 *
 * @param configuration resolved configuration
 * @param facts provenance of the evaluation, name and value
 * @param times one entry per file, in the order in which they were finished
 */
record Origin(String configuration, Map<String, String> facts, List<StageTime> times) {
  private static final Map<String, String> STAGES = stages();

  /**
   * Time that went into a file.
   *
   * @param stage sub-command
   * @param file its result
   * @param end when it was written, UTC
   * @param seconds since the run began or the stage before ended, whichever is later
   */
  record StageTime(String stage, String file, String end, long seconds) {}

  private record Stamp(String stage, String file, Instant start, Instant end) {}

  private static Map<String, String> stages() {
    Map<String, String> stages = new LinkedHashMap<>();
    stages.put("snapshots.h5", "simulate");
    stages.put(PairsFile.NAME, "lift");
    stages.put("model.h5", "train");
    stages.put("ensemble.h5", "ensemble");
    stages.put("trajectory.h5", "direct");
    stages.put("evaluation.h5", "evaluate");
    return stages;
  }

  static Origin read(Path root, Hdf5Reader evaluation) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name : evaluation.attributes(Provenance.GROUP)) {
      facts.put(name, String.valueOf(evaluation.attribute(Provenance.GROUP, name)));
    }
    String configuration = evaluation.text(Provenance.GROUP + "/configuration");
    return new Origin(configuration, facts, times(root));
  }

  private static List<StageTime> times(Path root) {
    List<Stamp> stamps = new ArrayList<>();
    STAGES.forEach(
        (file, stage) -> {
          if (Files.exists(root.resolve(file))) {
            try (Hdf5Reader reader = Hdf5Reader.open(root.resolve(file))) {
              stamps.add(stamp(reader, stage, file));
            }
          }
        });
    stamps.sort(Comparator.comparing(Stamp::end));
    List<StageTime> times = new ArrayList<>();
    Instant before = Instant.MIN;
    for (Stamp stamp : stamps) {
      Instant from = stamp.start().isAfter(before) ? stamp.start() : before;
      long seconds = Duration.between(from, stamp.end()).toSeconds();
      times.add(new StageTime(stamp.stage(), stamp.file(), stamp.end().toString(), seconds));
      before = stamp.end();
    }
    return times;
  }

  private static Stamp stamp(Hdf5Reader reader, String stage, String file) {
    try {
      Instant start = Instant.parse(reader.textAttribute(Provenance.GROUP, "start"));
      Instant end = Instant.parse(reader.textAttribute(Provenance.GROUP, "end"));
      return new Stamp(stage, file, start, end);
    } catch (DateTimeParseException e) {
      throw org.latticelift.io.error.LatticeLiftException.badData(
          "the times of the provenance cannot be read",
          reader.file() + " " + Provenance.GROUP,
          "UTC times such as 2026-01-31T12:00:00Z",
          "Run the stage again");
    }
  }
}
