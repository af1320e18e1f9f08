package org.latticelift.sim.parallel.openmpi;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.sim.parallel.communicator.RankJob;

/**
 * Several hosts on this machine. Each is a set of namespaces: it has a network of its own with one
 * address and one link to a common switch, a name, and memory to share that others do not see. They
 * see the same files and each other's processes, as nothing looks at those.
 *
 * <p>The namespaces have no name outside, and are held by processes that end with this one: nothing
 * stays when this process is killed, and two tests at once do not meet.
 */
final class Hosts implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("ip", "mount", "nsenter", "unshare");
  private static final String NETWORK = "10.99.0.";
  private static final String SWITCH = "sw0";

  private final Path folder;
  private final Process center;
  private final List<Process> holders = new ArrayList<>();

  private Hosts(Path folder, Process center) {
    this.folder = folder;
    this.center = center;
  }

  /** Why there can be none here, if so. */
  static Optional<String> obstacle() {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root makes namespaces of the network");
    }
    Optional<String> missing =
        PROGRAMS.stream().filter(program -> SlurmCluster.find(program).isEmpty()).findFirst();
    if (missing.isPresent()) {
      return Optional.of("no " + missing.get() + ": install iproute2, mount and util-linux");
    }
    try {
      String[] words = unshare("ip link add name a0 type veth peer name a1");
      RankJob.Outcome tried = RankJob.run(new ProcessBuilder(words));
      return tried.code() == 0
          ? Optional.empty()
          : Optional.of("namespaces of the network are refused: " + tried.text().strip());
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static String[] unshare(String script) {
    return new String[] {"unshare", "--net", "--uts", "--mount", "--", "/bin/sh", "-ec", script};
  }

  /**
   * Makes hosts, with names from {@code host1} on.
   *
   * @param folder for their files; it is made
   * @param number how many
   */
  static Hosts start(Path folder, int number) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("tmp"));
    List<String> names = new ArrayList<>(List.of("127.0.0.1 localhost"));
    IntStream.rangeClosed(1, number).forEach(h -> names.add(address(h) + " " + name(h)));
    Files.write(folder.resolve("names"), names);
    String script =
        "ip link add name " + SWITCH + " type bridge; ip link set dev " + SWITCH + " up";
    Hosts hosts = new Hosts(folder, hold(script));
    try {
      for (int host = 1; host <= number; host++) {
        hosts.holders.add(null);
        hosts.boot(host);
      }
      hosts.writeAgent();
      return hosts;
    } catch (IOException | InterruptedException | RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  static String name(int host) {
    return "host" + host;
  }

  static String address(int host) {
    return NETWORK + host;
  }

  int number() {
    return holders.size();
  }

  /** Starts a process with namespaces of its own, which holds them as long as this one lives. */
  private static Process hold(String script) throws IOException {
    String waiting = script + "; echo ready; exec cat >/dev/null";
    Process holder = new ProcessBuilder(unshare(waiting)).redirectErrorStream(true).start();
    BufferedReader out = holder.inputReader(StandardCharsets.UTF_8);
    String told = out.readLine();
    if (!"ready".equals(told)) {
      throw new IllegalStateException(told + "\n" + out.lines().collect(Collectors.joining("\n")));
    }
    return holder;
  }

  /** Brings a host up, also one that was killed. */
  void boot(int host) throws IOException, InterruptedException {
    Process holder =
        hold(
            String.join(
                "; ",
                "hostname " + name(host),
                "mount --bind " + folder.resolve("names") + " /etc/hosts",
                "mount -t tmpfs -o size=512m tmpfs /dev/shm",
                "ip link set dev lo up"));
    holders.set(host - 1, holder);
    Files.writeString(folder.resolve(name(host)), Long.toString(holder.pid()));
    // A host that is up again has its old address of the network card, which the others remember.
    String card = "02:00:00:00:00:%02x".formatted(host);
    String link = "ip link add name eth0 address " + card + " type veth peer name " + name(host);
    enter(
        holder,
        link + " netns " + center.pid(),
        "ip address add " + address(host) + "/24 dev eth0",
        "ip link set dev eth0 up");
    enter(center, "ip link set dev " + name(host) + " master " + SWITCH + " up");
  }

  private static void enter(Process holder, String... commands)
      throws IOException, InterruptedException {
    String target = Long.toString(holder.pid());
    String script = String.join("; ", commands);
    RankJob.Outcome outcome =
        RankJob.run(
            new ProcessBuilder("nsenter", "-t", target, "--net", "--", "/bin/sh", "-ec", script));
    if (outcome.code() != 0) {
      throw new IllegalStateException(script + ": " + outcome.text());
    }
  }

  /**
   * What Open MPI calls in place of {@code ssh}: the name of a host and words for a shell. As with
   * {@code ssh}, variables stay behind.
   */
  private void writeAgent() throws IOException {
    Files.writeString(
        agent(),
        """
        #!/bin/sh
        while [ "${1#-}" != "$1" ]; do shift; done
        target=$(cat '%1$s'/"$1")
        shift
        exec nsenter -t "$target" --net --uts --mount -- env -i PATH="$PATH" HOME=/ TMPDIR='%1$s/tmp' /bin/sh -c "$*"
        """
            .formatted(folder));
    Files.setPosixFilePermissions(agent(), PosixFilePermissions.fromString("rwx------"));
  }

  private Path agent() {
    return folder.resolve("agent");
  }

  /** A file that names the first hosts, each for so many ranks. */
  Path list(int hosts, int slots) throws IOException {
    List<String> lines =
        IntStream.rangeClosed(1, hosts).mapToObj(h -> name(h) + " slots=" + slots).toList();
    return Files.write(folder.resolve("list-" + hosts + "x" + slots), lines);
  }

  /** Lets a process run on a host, from which it may start others on other hosts. */
  ProcessBuilder on(int host, ProcessBuilder builder) {
    String target = Long.toString(holders.get(host - 1).pid());
    String wd = Path.of("").toAbsolutePath().toString();
    List<String> words = List.of("nsenter", "-t", target, "--net", "--uts", "--mount");
    builder.command().addAll(0, List.of("--wdns=" + wd, "--"));
    builder.command().addAll(0, words);
    builder.environment().put("PRTE_MCA_plm_ssh_agent", agent().toString());
    builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
    // They share the cores of this machine, and nobody knows.
    builder.environment().put("OMPI_MCA_mpi_yield_when_idle", "1");
    return builder;
  }

  /** The processes on a host, without what holds it. */
  List<ProcessHandle> processes(int host) throws IOException {
    Process holder = holders.get(host - 1);
    if (!holder.isAlive()) {
      return List.of();
    }
    Path network = network(holder.toHandle()).orElseThrow();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> process.pid() != holder.pid())
          .filter(process -> network(process).filter(network::equals).isPresent())
          .toList();
    }
  }

  private static Optional<Path> network(ProcessHandle process) {
    try {
      return Optional.of(
          Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "ns", "net")));
    } catch (IOException e) {
      return Optional.empty(); // it has ended meanwhile
    }
  }

  /** The number of ranks on each host. */
  int[] ranks() throws IOException {
    List<Path> networks = new ArrayList<>();
    for (Process holder : holders) {
      networks.add(network(holder.toHandle()).orElse(Path.of("none")));
    }
    int[] ranks = new int[networks.size()];
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(process -> process.info().command().orElse("").endsWith("/java"))
          .flatMap(process -> network(process).stream())
          .map(networks::indexOf)
          .filter(host -> host >= 0)
          .forEach(host -> ranks[host]++);
    }
    return ranks;
  }

  /** The link of a host is cut: it and the others hear no more of each other. */
  void cut(int host) throws IOException, InterruptedException {
    enter(center, "ip link set dev " + name(host) + " down");
  }

  /** The link of a host works again. */
  void mend(int host) throws IOException, InterruptedException {
    enter(center, "ip link set dev " + name(host) + " up");
  }

  /** All processes on all hosts are killed; the hosts stay. */
  void sweep() throws IOException, InterruptedException {
    for (int host = 1; host <= number(); host++) {
      sweep(host);
    }
  }

  private void sweep(int host) throws IOException, InterruptedException {
    for (List<ProcessHandle> left = processes(host); !left.isEmpty(); left = processes(host)) {
      left.forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(5);
    }
  }

  /** All processes of a host are killed, and it is gone. */
  void kill(int host) throws IOException, InterruptedException {
    sweep(host);
    holders.get(host - 1).destroyForcibly().waitFor();
    // The system takes its time to remove what was the other end.
    enter(center, "ip link delete dev " + name(host) + " 2>/dev/null || true");
  }

  @Override
  public void close() throws IOException {
    try {
      for (int host = 1; host <= holders.size(); host++) {
        if (holders.get(host - 1) != null) {
          kill(host);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    center.destroyForcibly();
  }
}
