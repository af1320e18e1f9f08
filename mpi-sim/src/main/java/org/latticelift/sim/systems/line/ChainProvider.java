package org.latticelift.sim.systems.line;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionList;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.SystemProvider.LongerRelaxation;
import org.latticelift.sim.system.SystemProvider.StageKeys;
import org.latticelift.sim.systems.line.ChainSetup.Chain;
import org.latticelift.sim.systems.line.ChainSetup.ChainStep;
import org.latticelift.sim.systems.line.ChainSetup.EvolveConfig;
import org.latticelift.sim.systems.line.ChainSetup.LatticeConfig;
import org.latticelift.sim.systems.line.ChainSetup.RelaxConfig;
import org.latticelift.sim.systems.line.ChainSetup.UpsampleConfig;

/** Makes the chain from its configuration; without presets, since no code of it was published. */
public final class ChainProvider implements SystemProvider {
  static final String NAME = "linear-chain";

  private static final ConditionList CONDITIONS =
      new ConditionList(
          "force", force -> force > 0 && force < Double.POSITIVE_INFINITY, "positive numbers", "8");

  /** Section {@code conditions}. */
  record Conditions(@Doc("F on the first particle, positive") List<Double> force) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LatticeSystem<?> create(ConfigNode root) {
    ChainSetup setup = setup(root);
    ConfigNode section = root.get("conditions");
    List<Condition> conditions =
        CONDITIONS.of(Binder.bind(section, Conditions.class).force(), section);
    setup.check(conditions);
    return new ChainSystem(setup, conditions);
  }

  private static ChainSetup setup(ConfigNode root) {
    return new ChainSetup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE),
        Binder.bind(root.section("relax"), RelaxConfig.class),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE));
  }

  @Override
  public Optional<ConfigNode> relaxedLonger(ConfigNode resolved, int doublings) {
    return setup(resolved).enlarges()
        ? Optional.of(
            LongerRelaxation.ofWindows(
                resolved, key(RelaxConfig::windows), key(RelaxConfig::passes), doublings))
        : Optional.empty();
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(Conditions.class),
        "lattice", List.of(LatticeConfig.class),
        "upsample", List.of(UpsampleConfig.class),
        "relax", List.of(RelaxConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }

  /** The chain with boundary driving; its one observable is the mean displacement (LC-02). */
  static final class ChainSystem extends LineSystem<Chain> {
    private static final double SECONDS_PER_PARTICLE = 2e-8;

    private final ChainSetup setup;

    ChainSystem(ChainSetup setup, List<Condition> conditions) {
      super(setup, conditions, "particles");
      this.setup = setup;
    }

    @Override
    public SystemFacts facts() {
      return facts(ChainProvider.NAME, Macroscopics.free(List.of("displacement"), List.of("1")));
    }

    @Override
    public StateCodec<Chain> codec() {
      return new ChainCodec();
    }

    @Override
    public Dynamics<Chain> dynamics(Condition condition, RunContext context) {
      return new ChainDynamics(setup, condition, context.stop());
    }

    @Override
    public double eventCost() {
      return SECONDS_PER_PARTICLE * setup.lattice().small();
    }

    @Override
    public double eventsPerSample() {
      return conditions().stream().mapToDouble(setup::eventsPerSample).average().orElseThrow();
    }

    @Override
    public double[] start() {
      return new double[] {setup.start(Role.LARGE).mean()};
    }

    @Override
    public List<String> caveats() {
      return setup.simulatesStates()
          ? List.of(
              "Pairs begin in states that were simulated with the large system itself"
                  + " (upsample.states: simulated), not in enlarged small ones.")
          : List.of();
    }
  }

  /** Displacements, as they are. */
  static final class ChainCodec implements StateCodec<Chain> {
    @Override
    public Layout layout() {
      return new Layout("displacement", ElementType.FLOAT64, List.of("particle"));
    }

    @Override
    public byte[] encode(Chain state) {
      ByteBuffer bytes =
          ByteBuffer.allocate(Double.BYTES * state.particles()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asDoubleBuffer().put(state.displacement());
      return bytes.array();
    }

    @Override
    public Chain decode(byte[] bytes, Extent extent) {
      double[] x = new double[bytes.length / Double.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(x);
      for (double value : x) {
        if (!Double.isFinite(value)) {
          throw LatticeLiftException.badData(
              "a value of " + value,
              "dataset displacement",
              "finite numbers",
              "Make the file again");
        }
      }
      return new Chain(x);
    }
  }

  /** The chain under one force. */
  static final class ChainDynamics extends LineDynamics<Chain> {
    private static final long PIECE = 1 << 20;

    private final ChainSetup setup;
    private final Condition condition;
    private final ChainStep step;
    private double[] normals = new double[0];

    ChainDynamics(ChainSetup setup, Condition condition, StopSignal stop) {
      super(setup, stop, PIECE);
      this.setup = setup;
      this.condition = condition;
      this.step = setup.step(condition.value());
    }

    @Override
    public Chain initial(Extent extent, RandomStream stream) {
      return setup.start(extent.role()).chain(extent.shape().get(0), stream);
    }

    @Override
    void make(
        Chain state,
        ChainSegment range,
        boolean ring,
        long steps,
        RandomStream stream,
        LineDrift<Chain> drift) {
      if (normals.length != state.particles()) {
        normals = new double[state.particles()];
      }
      for (long s = 0; s < steps; s++) {
        for (int i = range.from(); i < range.to(); i++) {
          normals[i] = stream.normal();
        }
        drift.add(state);
        step.move(state.displacement(), range, normals);
      }
      if (!range.finite(state.displacement())) {
        throw LatticeLiftException.numerical(
            "the chain diverged", "simulation", "finite displacements", "Lower lattice.step");
      }
    }

    /**
     * A random snapshot with every particle repeated, then relaxed, or a state of a run of the
     * large chain itself after a random number of steps (LC-04).
     */
    @Override
    public Chain upsample(
        SnapshotPool<Chain> pool, Extent extent, RandomStream build, RandomStream relax) {
      int factor = extent.shape().get(0) / setup.lattice().small();
      if (factor > 1 && setup.simulatesStates()) {
        Chain state = initial(extent, build);
        ChainSegment all = ChainSegment.whole(state.particles());
        run(state, all, build.below(setup.simulatedSteps()), relax);
        return state;
      }
      Chain state = pool.any(build).enlarged(factor);
      if (factor > 1) {
        relax(state, relax);
      }
      return state;
    }

    private void relax(Chain state, RandomStream stream) {
      if (setup.relax().windows() == Windows.NONE) {
        return;
      }
      long steps = setup.steps().of(setup.relaxation(condition), 1);
      int side = setup.lattice().small();
      int stride = Math.max(1, side / 2);
      for (int pass = 0; pass < setup.relax().passes(); pass++) {
        for (int from = 0; from + side <= state.particles(); from += stride) {
          run(state, new ChainSegment(from, from + side), steps, stream);
        }
      }
    }

    @Override
    ChainDrift drift(Chain state, ChainSegment observed, boolean ring) {
      return new ChainDrift(step, observed);
    }

    /** Costs about half a step of these particles. */
    static final class ChainDrift implements LineDrift<Chain> {
      private final ChainStep step;
      private final ChainSegment particles;
      private double integral;

      ChainDrift(ChainStep step, ChainSegment particles) {
        this.step = step;
        this.particles = particles;
      }

      @Override
      public void add(Chain state) {
        integral += step.drift(state.displacement(), particles) / particles.length() * step.step();
      }

      @Override
      public double[] integral() {
        return new double[] {integral};
      }
    }
  }
}
