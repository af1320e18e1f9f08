package org.latticelift.io.run.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.run.directory.RunDirectory;

/**
 * The file {@code wall-times.csv} of a run directory: when every stage ran, and how long. A row is
 * one session of a stage, from its begin to its end or to a requested stop; so a stage that was
 * stopped and continued has several. Apart from provenance it is the only result that differs
 * between equal runs.
 */
public final class WallTimes {
  /** Name of the file. */
  public static final String NAME = "wall-times.csv";

  private static final List<String> HEADER =
      List.of("stage", "outputs", "start", "end", "ranks", "threads", "wall[s]", "complete");

  private WallTimes() {}

  /**
   * One session of a stage.
   *
   * @param stage name
   * @param outputs its results, names in the run directory
   * @param start UTC
   * @param end UTC
   * @param ranks number of ranks
   * @param threads of each rank
   * @param seconds wall time, s
   * @param complete whether the stage ended; otherwise it was stopped and can go on
   */
  public record Session(
      String stage,
      List<String> outputs,
      Instant start,
      Instant end,
      int ranks,
      int threads,
      double seconds,
      boolean complete) {
    private boolean ofSameStage(Session other) {
      return stage.equals(other.stage) && outputs.equals(other.outputs);
    }
  }

  /**
   * All sessions of a stage.
   *
   * @param stage name
   * @param outputs its results, names in the run directory
   * @param end of the last session, UTC
   * @param seconds wall time of all sessions, s
   * @param sessions their number
   */
  public record StageTime(
      String stage, List<String> outputs, Instant end, double seconds, int sessions) {
    private StageTime with(Session session) {
      return new StageTime(
          stage, outputs, session.end(), seconds + session.seconds(), sessions + 1);
    }
  }

  /**
   * Adds a session. Those of a stage that was complete are forgotten: it has been made anew ({@code
   * directory}: of the run; {@code session}: that has ended).
   */
  public static void add(RunDirectory directory, Session session) {
    List<Session> sessions = new ArrayList<>();
    if (directory.complete(NAME)) {
      sessions.addAll(sessions(directory.root()));
    }
    if (sessions.stream().anyMatch(s -> s.complete() && s.ofSameStage(session))) {
      sessions.removeIf(session::ofSameStage);
    }
    sessions.add(session);
    directory.commitText(NAME, text(sessions));
  }

  /**
   * The time that every stage has taken so far ({@code root}: the run directory), in the order in
   * which they began; empty where none was recorded.
   */
  public static List<StageTime> read(Path root) {
    Map<List<Object>, StageTime> times = new LinkedHashMap<>();
    for (Session session : sessions(root)) {
      times.merge(
          List.of(session.stage(), session.outputs()),
          new StageTime(session.stage(), session.outputs(), session.end(), session.seconds(), 1),
          (before, one) -> before.with(session));
    }
    return List.copyOf(times.values());
  }

  private static String text(List<Session> sessions) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (Session session : sessions) {
      rows.add(
          List.of(
              session.stage(),
              String.join(" ", session.outputs()),
              session.start().toString(),
              session.end().toString(),
              Integer.toString(session.ranks()),
              Integer.toString(session.threads()),
              String.format(Locale.ROOT, "%.3f", session.seconds()),
              Boolean.toString(session.complete())));
    }
    return CsvWriter.text(rows);
  }

  private static List<Session> sessions(Path root) {
    Path file = root.resolve(NAME);
    try {
      return Files.exists(file)
          ? CsvReader.rows(file).stream().map(WallTimes::session).toList()
          : List.of();
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw LatticeLiftException.badData(
          "the times of the stages cannot be read",
          file.toString(),
          "columns " + String.join(", ", HEADER) + ", as a run writes them",
          "Remove the file and its line in " + RunDirectory.CHECKSUMS);
    }
  }

  private static Session session(Map<String, String> row) {
    if (!row.keySet().containsAll(HEADER)) {
      throw new IllegalArgumentException("columns");
    }
    return new Session(
        row.get("stage"),
        List.of(row.get("outputs").split(" ")),
        Instant.parse(row.get("start")),
        Instant.parse(row.get("end")),
        Integer.parseInt(row.get("ranks")),
        Integer.parseInt(row.get("threads")),
        Double.parseDouble(row.get("wall[s]")),
        Boolean.parseBoolean(row.get("complete")));
  }
}
