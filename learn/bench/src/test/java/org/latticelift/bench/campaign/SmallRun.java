package org.latticelift.bench.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.io.testing.RunDirectories;

/**
 * A whole pipeline of a tiny system that commits often, so that a disturbance has many places to
 * meet it.
 *
 * @param name of the system
 * @param config its configuration
 */
record SmallRun(String name, String config) {
  private static final Pattern COMPLETE =
      Pattern.compile("(?:# replacing )?([0-9a-f]{64}) {1,2}(.+)");

  private static final String OFTEN = "checkpoint: {every_seconds: 0.001}\n";

  /** Folders of a run that its stages empty when they are done. */
  private static final List<String> TIDIED = List.of("log/", "checkpoint/", "parts/");

  /** All of them, the quickest first. */
  static List<SmallRun> all() {
    return List.of(
        new SmallRun("chain", TinyRun.CHAIN + OFTEN),
        new SmallRun("spins", TinyRun.SPINS + OFTEN),
        new SmallRun("alloy", TinyRun.CONFIG + OFTEN),
        new SmallRun("fields", TinyRun.FIELDS + OFTEN));
  }

  /** The quickest; all of them where {@code -Dcampaign.all=true}. */
  static Stream<SmallRun> chosen() {
    return all().stream().limit(Boolean.getBoolean("campaign.all") ? Long.MAX_VALUE : 1);
  }

  /** Writes the configuration beside run directories. */
  Path write(Path folder) throws IOException {
    return Files.writeString(folder.resolve(name + ".yaml"), config);
  }

  /** The command line; a folder without a run is begun. */
  static String[] resume(Path config, Path out, int threads) {
    return new String[] {
      "run", "" + config, "--out", "" + out, "--resume", "--quiet", "--threads", "" + threads
    };
  }

  /** The run that nothing disturbs. */
  Path undisturbed(Path config, Path out) {
    TinyRun.Outcome outcome = TinyRun.run(resume(config, out, 1));
    if (outcome.code() != 0) {
      throw new IllegalStateException(name + ": " + outcome.err());
    }
    return out;
  }

  /**
   * What a disturbed run must be in the end: equal bit for bit, every file as its list says, and no
   * other file.
   *
   * @return what it is not
   */
  static List<String> differences(Path whole, Path out) throws IOException {
    // A kill between the commit of a stage and its tidying leaves these, which nobody reads again.
    for (String folder : TIDIED) {
      Subject.clear(out.resolve(folder));
    }
    List<String> wrong = new ArrayList<>(differentResults(whole, out));
    List<String> listed =
        listed(out).keySet().stream()
            .filter(name -> TIDIED.stream().noneMatch(name::startsWith))
            .toList();
    List<String> names = new ArrayList<>(TinyRun.files(out));
    names.removeAll(List.of(".latticelift.lock", "checksums.sha256"));
    if (!names.equals(listed)) {
      wrong.add("files " + names + ", listed " + listed);
    }
    return wrong;
  }

  /** Which HDF5 and CSV files are not equal. */
  static List<String> differentResults(Path whole, Path out) throws IOException {
    List<String> wrong = new ArrayList<>();
    try {
      RunDirectories.requireEqual(whole, out);
    } catch (AssertionError e) {
      wrong.add(e.getMessage());
    }
    for (String name : TinyRun.files(whole)) {
      boolean table = name.endsWith(".csv") && !name.contains("wall");
      if (table && !equal(whole.resolve(name), out.resolve(name))) {
        wrong.add(name + " differs");
      }
    }
    return wrong;
  }

  private static boolean equal(Path one, Path other) throws IOException {
    return Files.exists(other) && Files.mismatch(one, other) < 0;
  }

  /** Checksums by name, of what is complete; files that are being replaced are that, too. */
  static Map<String, String> listed(Path out) throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(out.resolve("checksums.sha256"))) {
      Matcher complete = COMPLETE.matcher(line);
      if (complete.matches()) {
        listed.put(complete.group(2), complete.group(1));
      }
    }
    return listed;
  }
}
