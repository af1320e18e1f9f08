package org.latticelift.bench.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many cases of each kind were done, in a file that further runs count on. Cases are numbered
 * and made by their numbers, so that a campaign goes on where it was and repeats none.
 */
final class CampaignRecord {
  private static final String HEADER = "part,subject,cases,findings,seconds";

  private final Path file;
  private final Map<String, Count> counts = new TreeMap<>();

  /**
   * What was done of one kind.
   *
   * @param cases so far, which is the number of the next one
   * @param findings cases that ended in a way that they must not
   * @param seconds of wall time
   */
  record Count(int cases, int findings, double seconds) {
    Count plus(int more, int found, double time) {
      return new Count(cases + more, findings + found, seconds + time);
    }
  }

  private CampaignRecord(Path file) {
    this.file = file;
  }

  /**
   * The record of this process, kept where {@code -Dcampaign.record} says; else it is forgotten.
   */
  static CampaignRecord open() {
    String name = System.getProperty("campaign.record");
    CampaignRecord opened = new CampaignRecord(name == null ? null : Path.of(name));
    if (name != null && Files.exists(opened.file)) {
      opened.read();
    }
    return opened;
  }

  /** Cases of each kind that are wanted in all: {@code -Dcampaign.cases=N}. */
  static int wanted(int inOrdinaryTests) {
    return Integer.getInteger("campaign.cases", inOrdinaryTests);
  }

  /** Numbers of the cases of a kind that are still to be done. */
  IntStream open(String part, String subject, int wanted) {
    return IntStream.range(done(part, subject), wanted);
  }

  int done(String part, String subject) {
    return counts.getOrDefault(part + "," + subject, new Count(0, 0, 0)).cases();
  }

  /** Counts cases; on disk when it returns. */
  void add(String part, String subject, int cases, int findings, double seconds) {
    counts.merge(
        part + "," + subject,
        new Count(cases, findings, seconds),
        (old, more) -> old.plus(more.cases(), more.findings(), more.seconds()));
    if (file != null) {
      write();
    }
  }

  /** Keeps what is wrong with a case beside the counts. */
  void tell(String finding) {
    if (file != null) {
      try {
        Files.writeString(
            file.resolveSibling(file.getFileName() + ".findings"),
            finding + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void read() {
    try {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",");
        Count count =
            new Count(
                Integer.parseInt(cells[2]),
                Integer.parseInt(cells[3]),
                Double.parseDouble(cells[4]));
        counts.put(cells[0] + "," + cells[1], count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write() {
    String rows =
        counts.entrySet().stream()
            .map(
                e ->
                    String.format(
                        java.util.Locale.ROOT,
                        "%s,%d,%d,%.1f%n",
                        e.getKey(),
                        e.getValue().cases(),
                        e.getValue().findings(),
                        e.getValue().seconds()))
            .collect(Collectors.joining());
    try {
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(beside, HEADER + "\n" + rows);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
