package org.latticelift.bench.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.app.Main;
import org.latticelift.sim.parallel.communicator.Installation;

/**
 * What runs in a chain of kills: a system and how its processes are started.
 *
 * @param run all stages of a system
 * @param transport of the ranks
 * @param ranks number of them
 * @param java folder of the JDK
 */
record KilledChain(SmallRun run, String transport, int ranks, String java) {
  /** A lattice whose parts belong to ranks. */
  private static SmallRun blocks() {
    SmallRun alloy = SmallRun.all().get(2);
    String shared = "duration: {events: 400}, parallel: {block_cells: 5}}";
    return new SmallRun("blocks", alloy.config().replace("duration: {events: 50}}", shared));
  }

  /**
   * All of them: each system with threads as ranks, and by turns with each of the transports that
   * are named, whose jobs cost several times as much.
   */
  static List<KilledChain> all(List<String> transports, String newer) {
    List<SmallRun> runs = new ArrayList<>(SmallRun.all());
    runs.add(blocks());
    String java = System.getProperty("java.home");
    List<KilledChain> all = new ArrayList<>();
    for (int turn = 0; turn < Math.max(1, transports.size()); turn++) {
      for (int i = 0; i < runs.size(); i++) {
        all.add(new KilledChain(runs.get(i), "local", 1, java));
        all.add(new KilledChain(runs.get(i), "local", 2, java));
        if (!transports.isEmpty()) {
          String transport = transports.get((i + turn) % transports.size());
          String jdk = transport.equals("ffm") ? newer : java;
          all.add(new KilledChain(runs.get(i), transport, 2, jdk));
        }
      }
    }
    return all;
  }

  boolean ofProcesses() {
    return !transport.equals("local");
  }

  /** Runs a folder to its end, or goes on with it. */
  ProcessBuilder command(Installation installation, Path app, Path config, Path out) {
    String[] words = SmallRun.resume(config, out, ranks == 1 ? 2 : 1);
    ProcessBuilder builder = ofProcesses() ? launched(installation, words) : direct(app, words);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", java);
    environment.put("LATTICELIFT_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    environment.put("OMP_NUM_THREADS", "1");
    return builder;
  }

  private ProcessBuilder launched(Installation installation, String[] words) {
    List<String> all = new ArrayList<>(List.of("--np=" + ranks, "--transport=" + transport));
    all.addAll(List.of(words));
    return installation.command(all.toArray(String[]::new));
  }

  /** Without the launcher, which would only take time before it becomes this. */
  private ProcessBuilder direct(Path app, String[] words) {
    List<String> all = new ArrayList<>(List.of(Path.of(java, "bin", "java").toString()));
    all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx400m"));
    Path classes = app.resolveSibling("classes.jsa"); // half of such a run is loading them
    String use = Files.exists(classes) ? "SharedArchiveFile" : "ArchiveClassesAtExit";
    all.add("-XX:" + use + "=" + classes);
    all.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", app + "/*"));
    all.add(Main.class.getName());
    if (ranks > 1) {
      all.addAll(List.of("--np", "" + ranks, "--transport", transport));
    }
    all.addAll(List.of(words));
    return new ProcessBuilder(all);
  }

  @Override
  public String toString() {
    return run.name() + " " + transport + " " + ranks;
  }
}
