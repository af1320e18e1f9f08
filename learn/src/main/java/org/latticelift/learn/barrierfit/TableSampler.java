package org.latticelift.learn.barrierfit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;

/**
 * Makes barrier tables from a teacher (CN-06): all ranks make the members of groups, and the first
 * one joins them and asks the teacher, which takes far less time. The table depends on
 * specification, teacher and seed, not on threads or ranks: every member of a group has a stream of
 * its own, members are joined in order, and of equal environments the first one stays.
 */
public final class TableSampler {
  private static final int BATCH = 1024;

  private final SampleConfig spec;
  private final SampleContext context;
  private final Streams streams;
  private final int threads;
  private final TaskDistributor distributor;
  private final ProgressFactory progress;

  /**
   * A sampler.
   *
   * @param spec what to sample
   * @param context teacher, species and stop signal
   * @param seed of all streams
   * @param threads of this process, for the barriers of a table
   * @param distributor hands out the members of groups
   * @param progress shows members done
   */
  public TableSampler(
      SampleConfig spec,
      SampleContext context,
      long seed,
      int threads,
      TaskDistributor distributor,
      ProgressFactory progress) {
    if (context.teacher().species() != spec.species().size()) {
      throw org.latticelift.io.error.LatticeLiftException.badData(
          spec.species().size() + " species names",
          "sample.species",
          context.teacher().species() + " names, one for each species of the teacher",
          "Correct the list");
    }
    this.spec = spec;
    this.context = context;
    this.streams = new Streams(seed);
    this.threads = threads;
    this.distributor = distributor;
    this.progress = progress;
  }

  /** One member of one group. */
  private record Task(int group, int member, int wanted) {}

  /**
   * The members of the table, in order; called on all ranks.
   *
   * @return environments of each on the first rank, nothing on others
   */
  public byte[][] members() {
    return members(spec.groups(), spec.environments(), 0);
  }

  /**
   * The table.
   *
   * @param members from {@link #members()}
   * @param origin recorded with it
   * @return distinct environments and their barriers
   */
  public BarrierTable table(byte[][] members, TableOrigin origin) {
    EnvironmentSet known = new EnvironmentSet(context.sites());
    return join(spec.groups(), spec.environments(), members, known, origin);
  }

  /**
   * The members of the table of fresh environments: independent histories; called on all ranks.
   *
   * @return environments of each on the first rank, nothing on others
   */
  public byte[][] freshMembers() {
    return members(freshGroups(), spec.freshEnvironments(), spec.groups().size());
  }

  /**
   * The table of fresh environments: nothing that the other table has.
   *
   * @param members from {@link #freshMembers()}
   * @param table the other table
   * @return distinct environments and their barriers
   */
  public BarrierTable fresh(byte[][] members, BarrierTable table) {
    EnvironmentSet known = new EnvironmentSet(context.sites());
    for (int e = 0; e < table.size(); e++) {
      known.add(table.environment(), e * table.sites());
    }
    return join(freshGroups(), spec.freshEnvironments(), members, known, table.origin());
  }

  private List<SampleGroup> freshGroups() {
    return spec.groups().stream().filter(KmcGroupConfig.class::isInstance).toList();
  }

  private byte[][] members(List<SampleGroup> groups, int wanted, int firstKey) {
    List<Task> tasks = tasks(groups, wanted);
    try (Progress shown = progress.start("environments", tasks.size())) {
      return distributor.collect(
          tasks.size(),
          i -> {
            Task task = tasks.get(i);
            RandomStream stream =
                streams.stream(Purpose.BARRIER_SAMPLE, firstKey + task.group(), task.member());
            byte[] made = groups.get(task.group()).member(context, task.wanted(), stream);
            shown.step(1);
            return made;
          });
    }
  }

  private static List<Task> tasks(List<SampleGroup> groups, int wanted) {
    double shares = groups.stream().mapToDouble(SampleGroup::share).sum();
    List<Task> tasks = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      int ofGroup = (int) Math.round(wanted * groups.get(g).share() / shares);
      int members = groups.get(g).members(ofGroup);
      for (int m = 0; m < members; m++) {
        long upTo = (long) ofGroup * (m + 1) / members;
        tasks.add(new Task(g, m, (int) (upTo - (long) ofGroup * m / members)));
      }
    }
    return tasks;
  }

  private BarrierTable join(
      List<SampleGroup> groups,
      int wanted,
      byte[][] made,
      EnvironmentSet known,
      TableOrigin origin) {
    List<Task> tasks = tasks(groups, wanted);
    int sites = context.sites();
    int before = known.size();
    int[] category = new int[Arrays.stream(made).mapToInt(codes -> codes.length / sites).sum()];
    int size = 0;
    for (int t = 0; t < made.length; t++) {
      for (int at = 0; at < made[t].length; at += sites) {
        if (known.add(made[t], at)) {
          category[size++] = tasks.get(t).group();
        }
      }
    }
    byte[] all = known.toArray();
    byte[] environment = Arrays.copyOfRange(all, before * sites, all.length);
    return new BarrierTable(
        sites,
        context.teacher().crystal().hopCount(),
        spec.species(),
        environment,
        barriers(environment),
        Arrays.copyOf(category, size),
        groups.stream().map(SampleGroup::name).toList(),
        origin);
  }

  private float[] barriers(byte[] environment) {
    BarrierModel teacher = context.teacher();
    int sites = context.sites();
    int hops = teacher.crystal().hopCount();
    int size = environment.length / sites;
    float[] barriers = new float[size * hops];
    int batches = (size + BATCH - 1) / BATCH;
    TaskPool.run(
        threads,
        batches,
        batch -> {
          int from = (int) batch * BATCH;
          int count = Math.min(BATCH, size - from);
          float[] some = new float[count * hops];
          byte[] codes = Arrays.copyOfRange(environment, from * sites, (from + count) * sites);
          teacher.newKernel().barriers(count, codes, new int[count], some);
          for (int i = 0; i < some.length; i++) {
            barriers[from * hops + i] = Float.isInfinite(some[i]) ? Float.NaN : some[i];
          }
        },
        context.stop());
    return barriers;
  }
}
