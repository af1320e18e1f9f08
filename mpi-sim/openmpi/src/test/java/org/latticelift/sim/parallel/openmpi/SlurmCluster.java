package org.latticelift.sim.parallel.openmpi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latticelift.sim.parallel.communicator.RankJob;

/**
 * A cluster, of this machine with two cores on the loopback interface or of {@link Hosts} with one
 * core each: the services of Slurm, with a configuration, a key and ports of their own, so that
 * they do not touch an installed cluster.
 */
final class SlurmCluster implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("munged", "slurmctld", "slurmd", "sbatch");
  private static final double START_SECONDS = 60;

  private final Path folder;
  private final Optional<Hosts> hosts;
  private final List<Process> services = new ArrayList<>();

  private SlurmCluster(Path folder, Optional<Hosts> hosts) {
    this.folder = folder;
    this.hosts = hosts;
  }

  /** Why it cannot be started here, if so. */
  static Optional<String> obstacle() {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("the services of Slurm are started as root only");
    }
    return PROGRAMS.stream()
        .filter(program -> find(program).isEmpty())
        .findFirst()
        .map(program -> "no " + program + ": install slurm-wlm and munge");
  }

  static Optional<Path> find(String program) {
    return java.util.stream.Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the services on this machine, in a new folder, and waits until it takes jobs. */
  static SlurmCluster start(Path folder) throws IOException, InterruptedException {
    return start(folder, Optional.empty());
  }

  /** Starts the services on hosts, the controller on the first, and waits until all take jobs. */
  static SlurmCluster start(Path folder, Hosts hosts) throws IOException, InterruptedException {
    return start(folder, Optional.of(hosts));
  }

  private static SlurmCluster start(Path folder, Optional<Hosts> hosts)
      throws IOException, InterruptedException {
    SlurmCluster cluster = new SlurmCluster(Files.createDirectories(folder), hosts);
    try {
      cluster.configure();
      cluster.startMunge();
      cluster.service(1, "slurmctld", "-D");
      for (int host = 1; host <= hosts.map(Hosts::number).orElse(1); host++) {
        cluster.startDaemon(host);
      }
      cluster.awaitIdle();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void startDaemon(int host) throws IOException {
    service(host, "slurmd", "-D", "-N", name(host));
  }

  /** Starts the daemon of a host that was killed, and waits until all take jobs. */
  void startNode(int host) throws IOException, InterruptedException {
    startDaemon(host);
    awaitIdle();
  }

  private String name(int host) {
    return hosts.isPresent() ? Hosts.name(host) : "localhost";
  }

  private List<String> nodes() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int host = 1; host <= hosts.map(Hosts::number).orElse(0); host++) {
      String name = name(host) + " NodeHostname=" + name(host) + " NodeAddr=" + Hosts.address(host);
      lines.add("NodeName=" + name + " CPUs=1 RealMemory=2000");
    }
    if (hosts.isEmpty()) {
      String host = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
      lines.add(
          "NodeName=localhost NodeHostname=" + host + " NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000");
    }
    return lines;
  }

  private void configure() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("ClusterName=test");
    String address = hosts.isPresent() ? Hosts.address(1) : "127.0.0.1";
    lines.add("SlurmctldHost=" + name(1) + "(" + address + ")");
    lines.add("SlurmctldPort=" + freePort());
    lines.add("SlurmdPort=" + freePort());
    lines.addAll(List.of("SlurmUser=root", "SlurmdUser=root"));
    lines.addAll(
        List.of("AuthType=auth/munge", "CredType=cred/munge", "AuthInfo=socket=" + socket()));
    lines.addAll(List.of("MpiDefault=pmix", "SwitchType=switch/none", "TaskPlugin=task/none"));
    lines.addAll(List.of("ProctrackType=proctrack/linuxproc", "ReturnToService=2", "KillWait=5"));
    lines.addAll(List.of("SelectType=select/cons_tres", "SelectTypeParameters=CR_Core"));
    // Otherwise every job waits up to 3 s for others that may end meanwhile.
    lines.add("SchedulerParameters=batch_sched_delay=0");
    // Answers and starts of jobs may take long on a busy machine.
    lines.addAll(List.of("MessageTimeout=60", "BatchStartTimeout=120"));
    lines.add("JobAcctGatherType=jobacct_gather/none");
    lines.add("AccountingStorageType=accounting_storage/none");
    lines.add("StateSaveLocation=" + Files.createDirectory(folder.resolve("state")));
    lines.add("SlurmdSpoolDir=" + Files.createDirectory(folder.resolve("spool")) + "/%n");
    lines.add("SlurmdPidFile=" + folder.resolve("Slurmd-%n.pid"));
    lines.add("SlurmdLogFile=" + folder.resolve("Slurmd-%n.log"));
    lines.add("SlurmctldPidFile=" + folder.resolve("Slurmctld.pid"));
    lines.add("SlurmctldLogFile=" + folder.resolve("Slurmctld.log"));
    lines.addAll(nodes());
    lines.add("PartitionName=work Nodes=ALL Default=YES MaxTime=INFINITE State=UP");
    Files.write(folder.resolve("slurm.conf"), lines);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Path socket() {
    return folder.resolve("munge.socket");
  }

  private void startMunge() throws IOException, InterruptedException {
    byte[] key = new byte[128];
    new SecureRandom().nextBytes(key);
    Path file = Files.write(folder.resolve("munge.key"), key);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    service(
        1,
        "munged",
        "--foreground",
        "--force",
        "--socket=" + socket(),
        "--key-file=" + file,
        "--log-file=" + folder.resolve("munged.log"),
        "--pid-file=" + folder.resolve("munged.pid"),
        "--seed-file=" + folder.resolve("munged.seed"));
    long start = System.nanoTime();
    while (Files.notExists(socket())) {
      pause(start, "munged");
    }
  }

  private void service(int host, String program, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(find(program).orElseThrow().toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    on(host, join(builder)).redirectOutput(folder.resolve(program + host + ".out").toFile());
    services.add(builder.start());
  }

  private void awaitIdle() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!ask("sinfo", "-h", "-o", "%t").strip().equals("idle")) {
      pause(start, "slurmd");
    }
  }

  private void pause(long start, String program) throws InterruptedException {
    if (System.nanoTime() - start > START_SECONDS * 1e9) {
      throw new IllegalStateException(program + " does not start; its log is in " + folder);
    }
    Thread.sleep(200);
  }

  private ProcessBuilder on(int host, ProcessBuilder builder) {
    return hosts.map(all -> all.on(host, builder)).orElse(builder);
  }

  /** Lets a process use this cluster. */
  ProcessBuilder join(ProcessBuilder builder) {
    builder.environment().put("SLURM_CONF", folder.resolve("slurm.conf").toString());
    return builder;
  }

  /** What a program of Slurm prints. */
  String ask(String... words) throws IOException, InterruptedException {
    return RankJob.run(on(1, join(new ProcessBuilder(words)))).text();
  }

  /** What the controller has done, for the message of a test that fails. */
  String log() throws IOException {
    return Files.readString(folder.resolve("Slurmctld.log"));
  }

  @Override
  public void close() {
    for (int s = services.size() - 1; s >= 0; s--) {
      Process service = services.get(s);
      service.destroy();
      try {
        if (!service.waitFor(10, TimeUnit.SECONDS)) {
          service.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
