package org.latticelift.learn.barrierfit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.barrierfit.KmcGroupConfig.KmcStageConfig;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierConfig;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.ModelKind;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;

/** {@code barrier sample}: environments from many sources, barriers from a teacher. */
public final class BarrierSampleStage implements Stage {
  /** The table to train on. */
  public static final String TABLE = "table.h5";

  /** The table of fresh environments. */
  public static final String FRESH = "fresh.h5";

  private static final double SECONDS_PER_JUMP = 2.5e-6;

  private final SampleConfig spec;
  private final Teacher teacher;

  /**
   * The stage ({@code spec}: what to sample; {@code barrier}: the teacher, as section {@code
   * barrier} of a simulation).
   */
  public BarrierSampleStage(SampleConfig spec, ConfigNode barrier, Crystal crystal) {
    this.spec = spec;
    this.teacher = Teacher.of(barrier, crystal, spec.species());
  }

  @Override
  public String name() {
    return "barrier sample";
  }

  @Override
  public StagePlan plan() {
    long jumps = 0;
    for (SampleGroup group : spec.groups()) {
      if (group instanceof KmcGroupConfig kmc) {
        jumps += kmc.members() * kmc.stages().stream().mapToLong(KmcStageConfig::jumps).sum();
      }
    }
    Crystal crystal = teacher.model().crystal();
    long bytes = crystal.environmentSize() + Float.BYTES * (crystal.hopCount() + 1L);
    int runs = spec.freshEnvironments() > 0 ? 2 : 1;
    long environments = (long) spec.environments() + spec.freshEnvironments();
    return new StagePlan(
        name(),
        spec.groups().size(),
        environments + " environments, " + runs * jumps + " jumps",
        runs * jumps * SECONDS_PER_JUMP,
        environments * bytes);
  }

  @Override
  public List<String> outputs() {
    List<String> outputs = new ArrayList<>(List.of(TABLE));
    if (spec.freshEnvironments() > 0) {
      outputs.add(FRESH);
    }
    return outputs;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    TaskDistributor tasks = context.tasks();
    TableSampler sampler = sampler(context);
    if (missing(context, TABLE)) {
      byte[][] members = sampler.members();
      tasks.once(() -> commit(context, TABLE, sampler.table(members, teacher.origin())));
    }
    if (spec.freshEnvironments() > 0 && missing(context, FRESH)) {
      byte[][] members = sampler.freshMembers();
      tasks.once(
          () -> {
            BarrierTable table = BarrierTableFile.read(context.file(TABLE));
            commit(context, FRESH, sampler.fresh(members, table));
          });
    }
  }

  private TableSampler sampler(StageContext context) {
    SampleContext sample = new SampleContext(teacher.model(), spec.species(), context.stop());
    return new TableSampler(
        spec, sample, context.seed(), context.threads(), context.tasks(), context.progress());
  }

  private static boolean missing(StageContext context, String name) {
    return !context.tasks().decide(() -> context.complete(name));
  }

  private static void commit(StageContext context, String name, BarrierTable table) {
    context.commitHdf5(name, context.provenance(), writer -> BarrierTableFile.write(table, writer));
  }

  /**
   * A teacher and what a table says about it.
   *
   * @param model gives the barriers
   * @param origin recorded in the table
   */
  record Teacher(BarrierModel model, TableOrigin origin) {

    /** For species in the order of the codes of the table. */
    static Teacher of(ConfigNode barrier, Crystal crystal, List<String> species) {
      BarrierModel model = BarrierModels.fromConfig(barrier, crystal, species);
      BarrierConfig config = Binder.bind(barrier, BarrierConfig.class);
      Optional<Path> file = file(config);
      Optional<BarrierWeights> weights =
          file.filter(path -> config.model() != ModelKind.LINEAR).map(BarrierWeights::read);
      double[] frequency = new double[species.size()];
      for (int s = 1; s <= frequency.length; s++) {
        frequency[s - 1] = model.attemptFrequency(s);
      }
      return new Teacher(
          model,
          new TableOrigin(
              model.name(),
              model.name(),
              file.map(Teacher::checksum).orElse(""),
              weights.map(w -> w.resolveOrder(config.order())),
              weights.map(w -> w.resolveEpsilon(config.bnEpsilon())),
              frequency));
    }

    private static Optional<Path> file(BarrierConfig config) {
      return switch (config.model()) {
        case PAIRWISE -> Optional.empty();
        case NETWORK, LINEAR -> config.weights().map(InputFile::path);
        case COMPACT, SMALL -> Optional.of(BarrierModels.shipped(Binder.text(config.model())));
      };
    }

    private static String checksum(Path file) {
      Map<String, String> inputs = Provenance.here("", 0, 1).withInput(file).inputs();
      return inputs.values().iterator().next();
    }
  }

  /**
   * Makes barrier tables from a teacher (CN-06): all ranks make the members of groups, and the
   * first one joins them and asks the teacher, which takes far less time. The table depends on
   * specification, teacher and seed, not on threads or ranks: every member of a group has a stream
   * of its own, members are joined in order, and of equal environments the first one stays.
   */
  public static final class TableSampler {
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
     * @param threads of this process, for the barriers of a table
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

    private record Task(int group, int member, int wanted) {}

    /**
     * The members of the table, in order; called on all ranks; environments of each on the first
     * rank, nothing on others.
     */
    public byte[][] members() {
      return members(spec.groups(), spec.environments(), 0);
    }

    /**
     * The table.
     *
     * @param members from {@link #members()}
     * @param origin recorded with it
     */
    public BarrierTable table(byte[][] members, TableOrigin origin) {
      EnvironmentSet known = new EnvironmentSet(context.sites());
      return join(spec.groups(), spec.environments(), members, known, origin);
    }

    /**
     * The members of the table of fresh environments: independent histories; called on all ranks;
     * environments of each on the first rank, nothing on others.
     */
    public byte[][] freshMembers() {
      return members(freshGroups(), spec.freshEnvironments(), spec.groups().size());
    }

    /**
     * The table of fresh environments: nothing that the other table has.
     *
     * @param members from {@link #freshMembers()}
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

  /** What a barrier table is made of. */
  public record SampleConfig(
      @Doc("environments to aim at; duplicates are dropped")
          @Default("150000")
          @Range(min = 1, max = 15_000_000)
          int environments,
      @Doc("environments of the table of new KMC environments; 0: none")
          @Default("0")
          @Range(min = 0, max = 15_000_000)
          int freshEnvironments,
      @Doc("names of the species in the order of their codes") @Default("[Nb, Mo, Ta]")
          List<String> species,
      @Doc("kinds of environments and their shares") List<SampleGroup> groups) {

    /** Checks that there is something to sample. */
    public SampleConfig {
      species = SpeciesNames.require(species, "sample.species");
      groups = List.copyOf(groups);
      if (!(groups.stream().mapToDouble(SampleGroup::share).sum() > 0)) {
        throw new IllegalArgumentException("the shares of the groups sum to 0");
      }
      if (freshEnvironments > 0 && groups.stream().noneMatch(KmcGroupConfig.class::isInstance)) {
        throw new IllegalArgumentException("fresh_environments needs a group of kind kmc");
      }
    }
  }
}
