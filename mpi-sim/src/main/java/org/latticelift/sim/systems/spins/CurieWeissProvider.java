package org.latticelift.sim.systems.spins;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.GrowthFactors;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.SystemProvider.LongerRelaxation;
import org.latticelift.sim.system.SystemProvider.StageKeys;
import org.latticelift.sim.systems.spins.CurieWeissSetup.EvolveConfig;
import org.latticelift.sim.systems.spins.CurieWeissSetup.LatticeConfig;
import org.latticelift.sim.systems.spins.CurieWeissSetup.RelaxConfig;
import org.latticelift.sim.systems.spins.CurieWeissSetup.WindowCoupling;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldDrift;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldRates;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldSimulator;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldSpins;
import org.latticelift.sim.systems.spins.SpinSetup.TemperaturesConfig;
import org.latticelift.sim.systems.spins.SpinUpsampleConfig.LargeStates;

/** Makes the Curie-Weiss model from its configuration. */
public final class CurieWeissProvider implements SystemProvider {
  static final String NAME = "curie-weiss";

  /**
   * The behaviour of the authors' public code: CW-10...CW-12, CW-20, ME-66. Kappa is K by default;
   * the baseline sets {@code train.kappa: 1} and {@code train.pairs: naive}.
   */
  private static final String AUTHORS =
      """
      simulate: {sampling: events}
      upsample: {random_share: 0.5}
      relax: {patch: 16, stride: 8, coupling: isolated, duration: {events: 256}}
      evolve: {environment: ghost, auto: flips}
      sde:
        embedding: 0
        drift: {type: plain}
        diffusion: {mode: constant_diagonal, initial: 1, lower: false}
        time_unit: physical
      train: {epochs: 100, patience: 5, learning_rate: 1e-2}
      ensemble: {step: 2.7}
      """;

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Partial evolutions are long, so predictions step as long as they last; 1.1 allows for rounding.
   */
  @Override
  public String defaults() {
    return "{sde: {time_unit: duration}, ensemble: {step: 1.1}}";
  }

  @Override
  public Map<String, String> presets() {
    return Map.of("authors", AUTHORS);
  }

  @Override
  public LatticeSystem<?> create(ConfigNode root) {
    CurieWeissSetup setup = setup(root);
    GrowthFactors.of(setup.lattice().small(), setup.lattice().large());
    return new CurieWeissSystem(setup, TemperaturesConfig.conditions(root.get("conditions")));
  }

  private static CurieWeissSetup setup(ConfigNode root) {
    return new CurieWeissSetup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("upsample"), SpinUpsampleConfig.class, StageKeys.UPSAMPLE),
        Binder.bind(root.section("relax"), RelaxConfig.class),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE));
  }

  @Override
  public Optional<ConfigNode> relaxedLonger(ConfigNode resolved, int doublings) {
    return setup(resolved).enlarges()
        ? Optional.of(
            LongerRelaxation.ofWindows(
                    resolved, key(RelaxConfig::windows), key(WindowTimes::passes), doublings)
                .with(key(RelaxConfig::coupling), WindowCoupling.WHOLE))
        : Optional.empty();
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(TemperaturesConfig.class),
        "lattice", List.of(LatticeConfig.class),
        "upsample", List.of(SpinUpsampleConfig.class),
        "relax", List.of(RelaxConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }

  /** The Curie-Weiss model (CW-01...CW-13); its one observable is the magnetisation (CW-05). */
  static final class CurieWeissSystem extends SpinSystem<MeanFieldSpins> {
    private static final double SECONDS_PER_FLIP = 3e-8;

    private final CurieWeissSetup setup;

    CurieWeissSystem(CurieWeissSetup setup, List<Condition> conditions) {
      super(setup, conditions);
      this.setup = setup;
    }

    @Override
    public SystemFacts facts() {
      return facts(
          CurieWeissProvider.NAME, Macroscopics.free(List.of("magnetisation"), List.of("1")), 0);
    }

    @Override
    public StateCodec<MeanFieldSpins> codec() {
      return new MeanFieldCodec();
    }

    @Override
    public Dynamics<MeanFieldSpins> dynamics(Condition condition, RunContext context) {
      return new CurieWeissDynamics(setup, condition, context);
    }

    @Override
    public double eventCost() {
      return SECONDS_PER_FLIP;
    }

    @Override
    public double[] start() {
      return new double[] {largeStart().mean()};
    }

    @Override
    public List<String> caveats() {
      return setup.upsample().caveats();
    }

    /** Spins as they are; to continue bit for bit, the lists of sites in their order. */
    static final class MeanFieldCodec extends SpinCodec<MeanFieldSpins> {
      MeanFieldCodec() {
        super(MeanFieldSpins::of);
      }

      @Override
      public byte[] save(MeanFieldSpins state) {
        int[] order = state.order();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (order.length + 1));
        bytes.putInt(state.ups());
        bytes.asIntBuffer().put(order);
        return bytes.array();
      }

      @Override
      public MeanFieldSpins restore(byte[] bytes, Extent extent) {
        ByteBuffer saved = ByteBuffer.wrap(bytes);
        int ups = saved.getInt();
        int[] order = new int[saved.remaining() / Integer.BYTES];
        saved.asIntBuffer().get(order);
        return MeanFieldSpins.of(order, ups);
      }
    }
  }

  /** Glauber dynamics of the Curie-Weiss model at one temperature. */
  static final class CurieWeissDynamics implements Dynamics<MeanFieldSpins> {
    private final CurieWeissSetup setup;
    private final Condition condition;
    private final double meanEventTime;
    private final StopSignal stop;
    private final Map<Integer, MeanFieldSimulator> simulators = new HashMap<>();

    CurieWeissDynamics(CurieWeissSetup setup, Condition condition, RunContext context) {
      this.setup = setup;
      this.stop = context.stop();
      this.condition = condition;
      this.meanEventTime = context.meanEventTime();
    }

    private MeanFieldSimulator coupled(int n) {
      return simulators.computeIfAbsent(
          n,
          spins ->
              new MeanFieldSimulator(
                  new MeanFieldRates(spins, condition.value(), setup.lattice().field())));
    }

    @Override
    public MeanFieldSpins initial(Extent extent, RandomStream stream) {
      int side = extent.shape().get(0);
      return MeanFieldSpins.of(setup.start(extent.role()).spins(side, stream));
    }

    @Override
    public Progression advance(MeanFieldSpins state, Duration duration, RandomStream stream) {
      return begin(state, duration, stream).finish(stop);
    }

    @Override
    public MeanFieldRun begin(MeanFieldSpins state, Duration duration, RandomStream stream) {
      return new MeanFieldRun(coupled(state.sites()), state, 0, duration, stream);
    }

    @Override
    public MeanFieldRun resume(
        MeanFieldSpins state, Duration duration, RandomStream stream, byte[] memory) {
      return begin(state, duration, stream).resumed(memory);
    }

    @Override
    public double[] observe(MeanFieldSpins state) {
      return new double[] {state.meanSpin()};
    }

    private Window patch(MeanFieldSpins state, long patch) {
      return Window.tile(state, setup.lattice().small(), patch);
    }

    @Override
    public double[] observePatch(MeanFieldSpins state, long patch) {
      return observe(MeanFieldSpins.cut(state, patch(state, patch)));
    }

    /**
     * One random snapshot, enlarged and relaxed level by level (CW-10), or, with the configured
     * share, random spins of any magnetisation (DI-06).
     */
    @Override
    public MeanFieldSpins upsample(
        SnapshotPool<MeanFieldSpins> pool, Extent extent, RandomStream build, RandomStream relax) {
      int side = extent.shape().get(0);
      List<Integer> factors = GrowthFactors.of(setup.lattice().small(), side);
      if (!factors.isEmpty() && build.uniform() < setup.upsample().randomShare()) {
        return MeanFieldSpins.of(StartMagnetisation.ANY.spins(side, build));
      }
      if (!factors.isEmpty() && setup.upsample().states() == LargeStates.SIMULATED) {
        return simulated(side, build, relax);
      }
      MeanFieldSpins state = MeanFieldSpins.of(pool.any(build).spins());
      for (int level = 0; level < factors.size(); level++) {
        state = MeanFieldSpins.of(SpinUpsampling.enlarge(state, factors.get(level)));
        relax(state, level + 1 == factors.size(), relax);
      }
      return state;
    }

    /** Of a run that starts like small ones, after a random time. */
    private MeanFieldSpins simulated(int side, RandomStream build, RandomStream relax) {
      MeanFieldSpins state = MeanFieldSpins.of(setup.start(Role.SMALL).spins(side, build));
      advance(state, Duration.time(setup.upsample().time() * build.uniform()), relax);
      return state;
    }

    /** Relaxes an upsampled state in windows ({@code last}: at the last level). */
    void relax(MeanFieldSpins state, boolean last, RandomStream stream) {
      setup
          .enlargement()
          .relaxation(last, condition, meanEventTime)
          .ifPresent(
              duration -> {
                for (int pass = 0; pass < setup.relax().times().passes(); pass++) {
                  setup
                      .enlargement()
                      .windows()
                      .visit(state, window -> relax(state, window, duration, stream));
                }
              });
    }

    private void relax(
        MeanFieldSpins state, Window window, Duration duration, RandomStream stream) {
      MeanFieldSpins part = MeanFieldSpins.cut(state, window);
      run(state, part, setup.isolatedWindows(), duration, stream);
      state.paste(window, part);
    }

    /** Evolves a part that was cut out; what is left stands still. */
    private Progression run(
        MeanFieldSpins state,
        MeanFieldSpins part,
        boolean isolated,
        Duration duration,
        RandomStream stream) {
      MeanFieldRun run =
          isolated
              ? begin(part, duration, stream)
              : new MeanFieldRun(
                  coupled(state.sites()), part, state.ups() - part.ups(), duration, stream);
      return run.finish(stop);
    }

    @Override
    public Patches<MeanFieldSpins> patches(MeanFieldSpins state, boolean compensated) {
      return new CurieWeissPatches(setup, this::coupled, stop, state, compensated);
    }

    /** The square patches that tile the lattice (CW-02). Evolutions work on copies. */
    static final class CurieWeissPatches extends SquarePatches<MeanFieldSpins> {
      private static final double[] NONE = {};

      /** Makes simulators of coupled spins. */
      @FunctionalInterface
      interface Coupling {
        /** Of so many spins. */
        MeanFieldSimulator of(int spins);
      }

      private final Coupling coupling;
      private final StopSignal stop;
      private final boolean isolated;
      private final boolean compensated;

      CurieWeissPatches(
          CurieWeissSetup setup,
          Coupling coupling,
          StopSignal stop,
          MeanFieldSpins state,
          boolean compensated) {
        super(setup.enlargement(), setup.evolve().environment(), state);
        this.coupling = coupling;
        this.stop = stop;
        this.isolated = setup.evolve().environment() == Environment.PERIODIC;
        this.compensated = compensated;
      }

      @Override
      public PartialEvolution evolve(long chosen, Duration duration, RandomStream stream) {
        Window window = window(chosen);
        double[] before = observe(state(), window);
        if (moveTogether()) {
          Moved<MeanFieldSpins> all = evolveSpins(window, together(duration, count()), stream);
          return result(chosen, before, observe(all.state(), window), all);
        }
        MeanFieldSpins part = MeanFieldSpins.cut(state(), window);
        int coupled = isolated ? part.sites() : state().sites();
        int outside = isolated ? 0 : state().ups() - part.ups();
        Window observed = new Window(0, 0, part.side());
        Moved<MeanFieldSpins> moved = moved(part, coupled, outside, observed, duration, stream);
        return result(chosen, before, new double[] {part.meanSpin()}, moved);
      }

      private static PartialEvolution result(
          long chosen, double[] before, double[] after, Moved<MeanFieldSpins> moved) {
        return new PartialEvolution(
            chosen,
            before,
            subtract(after, before),
            moved.made().events(),
            moved.made().time(),
            0,
            moved.compensator());
      }

      @Override
      protected Moved<MeanFieldSpins> evolveSpins(
          Window observed, Duration duration, RandomStream stream) {
        MeanFieldSpins all = MeanFieldSpins.of(state().spins());
        return moved(all, all.sites(), 0, observed, duration, stream);
      }

      /** Evolves spins ({@code spins}: changed). */
      private Moved<MeanFieldSpins> moved(
          MeanFieldSpins spins,
          int coupled,
          int outside,
          Window observed,
          Duration duration,
          RandomStream stream) {
        MeanFieldSimulator simulator = coupling.of(coupled);
        Optional<MeanFieldDrift> drift =
            compensated
                ? Optional.of(new MeanFieldDrift(simulator.rates(), spins, outside, observed))
                : Optional.empty();
        Progression made =
            new MeanFieldRun(simulator, spins, outside, duration, stream)
                .followedBy(drift)
                .finish(stop);
        return new Moved<>(spins, made, drift.map(MeanFieldDrift::integral).orElse(NONE));
      }

      @Override
      protected double[] observe(MeanFieldSpins spins, Window part) {
        return new double[] {MeanFieldSpins.cut(spins, part).meanSpin()};
      }
    }
  }
}
