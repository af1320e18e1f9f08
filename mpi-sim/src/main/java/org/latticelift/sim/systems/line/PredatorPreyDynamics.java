package org.latticelift.sim.systems.line;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.GrowthFactors;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.line.EulerStep.NoiseAmplitude;
import org.latticelift.sim.systems.line.EulerStep.NoiseAmplitude.Laplacian;
import org.latticelift.sim.systems.line.EulerStep.Reaction;

/** The stochastic equations at one level of the noise. */
final class PredatorPreyDynamics extends LineDynamics<Fields> {
  private static final long PIECE = 1 << 18;

  private final Setup setup;
  private final double noiseLevel;
  private Fields noise = new Fields(new double[0], new double[0]);

  PredatorPreyDynamics(Setup setup, double noiseLevel, StopSignal stop) {
    super(setup, stop, PIECE);
    this.setup = setup;
    this.noiseLevel = noiseLevel;
  }

  @Override
  public Fields initial(Extent extent, RandomStream stream) {
    return setup.start(extent.role()).fields(extent.shape().get(0), stream);
  }

  @Override
  void make(
      Fields state,
      ChainSegment window,
      boolean ring,
      long steps,
      RandomStream stream,
      LineDrift<Fields> drift) {
    EulerStep step = setup.step(state.cells(), noiseLevel);
    if (noise.cells() != window.length()) {
      noise = new Fields(new double[window.length()], new double[window.length()]);
    }
    for (long i = 0; i < steps; i++) {
      draw(noise.prey(), stream);
      draw(noise.predator(), stream);
      drift.add(state);
      step.step(state, window, ring, noise);
    }
    if (!state.finite(window)) {
      throw LatticeLiftException.numerical(
          "the fields diverged", "simulation", "finite values", "Lower lattice.step or the noise");
    }
  }

  private static void draw(double[] noise, RandomStream stream) {
    for (int i = 0; i < noise.length; i++) {
      noise[i] = stream.normal();
    }
  }

  /** Prey of the patch, then predators. */
  @Override
  public float[] encoderInput(Fields state, long patch) {
    ChainSegment window = ChainSegment.patch(setup.lattice().patch(), patch);
    int cells = window.length();
    float[] input = new float[2 * cells];
    for (int i = 0; i < cells; i++) {
      input[i] = (float) state.prey()[window.from() + i];
      input[cells + i] = (float) state.predator()[window.from() + i];
    }
    return input;
  }

  /** One random snapshot, interpolated (PP-15); nothing is relaxed (PP-16). */
  @Override
  public Fields upsample(
      SnapshotPool<Fields> pool, Extent extent, RandomStream build, RandomStream relax) {
    Fields state = pool.any(build).copy();
    for (int factor : GrowthFactors.of(state.cells(), extent.shape().get(0))) {
      state = Interpolation.enlarge(state, factor);
    }
    return state;
  }

  @Override
  FieldsDrift drift(Fields state, ChainSegment observed, boolean ring) {
    return new FieldsDrift(setup.step(state.cells(), noiseLevel), observed, ring);
  }

  /**
   * Upsample: linear interpolation between cell centres, level by level, beyond the outermost
   * coarse centres their value (PP-15).
   */
  static final class Interpolation {
    private Interpolation() {}

    static Fields enlarge(Fields fields, int factor) {
      return new Fields(enlarge(fields.prey(), factor), enlarge(fields.predator(), factor));
    }

    private static double[] enlarge(double[] coarse, int factor) {
      double[] fine = new double[coarse.length * factor];
      for (int i = 0; i < fine.length; i++) {
        double at = (i + 0.5) / factor - 0.5; // in coarse cells, 0 at the first centre
        int left = Math.min(coarse.length - 1, Math.max(0, (int) Math.floor(at)));
        int right = Math.min(coarse.length - 1, left + 1);
        double weight = Math.min(1, Math.max(0, at - left));
        fine[i] = (1 - weight) * coarse[left] + weight * coarse[right];
      }
      return fine;
    }
  }

  /** Costs about a third of a step of these cells. */
  static final class FieldsDrift implements LineDrift<Fields> {
    private final EulerStep step;
    private final ChainSegment cells;
    private final boolean ring;
    private final double[] integral = new double[2];

    FieldsDrift(EulerStep step, ChainSegment cells, boolean ring) {
      this.step = step;
      this.cells = cells;
      this.ring = ring;
    }

    @Override
    public void add(Fields fields) {
      double[] change = step.meanDrift(fields, cells, ring);
      integral[0] += change[0];
      integral[1] += change[1];
    }

    @Override
    public double[] integral() {
      return integral.clone();
    }
  }

  /**
   * Everything that is fixed beside the level of the noise. Immutable.
   *
   * @param lattice sizes, equations, initial states
   * @param evolve partial evolution
   */
  record Setup(LatticeConfig lattice, EvolveConfig evolve) implements LineSetup {
    private static final double MOST_PER_STEP = 0.5;

    /**
     * Patches that tile a system; a small one need not be whole patches, and is one then (DI-14).
     */
    @Override
    public long patches(int cells) {
      return cells % lattice.patch() == 0 ? cells / lattice.patch() : 1;
    }

    @Override
    public int small() {
      return lattice.small();
    }

    @Override
    public int large() {
      return lattice.large();
    }

    Start start(Role role) {
      return role.choose(lattice.smallStart(), lattice.largeStart());
    }

    /** A step of a system of so many cells. */
    EulerStep step(int cells, double noise) {
      double perLength =
          lattice.equation().laplacian() == Laplacian.LENGTH ? (double) cells * cells : 1;
      double amplitude = noise * Math.sqrt(lattice.step());
      Reaction reaction =
          new Reaction(
              lattice.equation().a(),
              lattice.equation().b(),
              lattice.equation().preyDiffusion() * perLength,
              lattice.equation().predatorDiffusion() * perLength);
      boolean byLength = lattice.equation().noiseBy() == NoiseAmplitude.LENGTH;
      return new EulerStep(
          reaction, lattice.step(), byLength ? amplitude * Math.sqrt(cells) : amplitude);
    }

    @Override
    public TimeSteps steps() {
      return new TimeSteps(lattice.step(), "simulate.duration, direct.duration, evolve.duration");
    }

    @Override
    public LineEvolution patchEvolution() {
      return new LineEvolution(
          lattice.patch(), evolve.environment(), evolve.bufferCells(), steps());
    }

    /** Of a partial evolution; an event is a step of a patch. */
    @Override
    public Duration evolution(Condition condition) {
      return TimeSteps.duration(evolve.duration(), condition, EvolveConfig.AUTO_STEPS);
    }

    /** Finds what is wrong between keys. */
    @Override
    public void check(List<Condition> conditions) {
      GrowthFactors.of(lattice.small(), lattice.large());
      if (lattice.large() % lattice.patch() != 0 || lattice.large() == lattice.patch()) {
        throw LatticeLiftException.badData(
            "patches of " + lattice.patch() + " cells in " + lattice.large(),
            "lattice.patch",
            "a divisor of lattice.large, smaller than it",
            "Change one of them");
      }
      requireStable(lattice.large());
      evolve.duration().requireAll(conditions);
      evolve.duration().requireUnit("1");
      conditions.forEach(condition -> steps().of(evolution(condition), 1));
    }

    /** An explicit step of diffusion grows without bound above dt D / dx^2 = 1/2 (PP-11). */
    private void requireStable(int cells) {
      double perLength =
          lattice.equation().laplacian() == Laplacian.LENGTH ? (double) cells * cells : 1;
      double fastest =
          Math.max(lattice.equation().preyDiffusion(), lattice.equation().predatorDiffusion())
              * perLength;
      if (lattice.step() * fastest > MOST_PER_STEP) {
        throw LatticeLiftException.badData(
            "a step of " + lattice.step() + " for " + cells + " cells",
            "lattice.step",
            "at most " + MOST_PER_STEP / fastest + ", where the explicit step is stable",
            "Lower it, or the diffusion");
      }
    }
  }

  /** Section {@code lattice} of the predator-prey system. */
  record LatticeConfig(
      @Default("100") @Range(min = 2, max = 1e7) @Doc("cells of the small system") int small,
      @Default("200") @Range(min = 2, max = 1e7) @Doc("cells of the large system") int large,
      @Default("40") @Range(min = 1, max = 1e7) @Doc("cells of a patch, a divisor of large")
          int patch,
      @Part Equation equation,
      @Default("0.01") @Range(min = 0, minOpen = true, max = 1) @Doc("time of a step") double step,
      @Default("uniform") @Doc("small runs start from {mean: m, amplitude: k}, or uniform ones")
          Start smallStart,
      @Default("{mean: 0.5, amplitude: 0.1}") @Doc("the same for direct runs and predictions")
          Start largeStart) {

    /** The equation, and how it is cut into cells. */
    record Equation(
        @Default("3") @Range(min = 0, max = 1000) @Doc("a, growth of predators") double a,
        @Default("0.4") @Range(min = 0, max = 1) @Doc("b, prey where predators stand still")
            double b,
        @Default("0") @Range(min = 0) @Doc("D, diffusion of prey") double preyDiffusion,
        @Default("1") @Range(min = 0) @Doc("diffusion of predators") double predatorDiffusion,
        @Default("cells")
            @Doc(
                "diffusion by second differences of cells, or of the unit length (needs small steps)")
            Laplacian laplacian,
        @Default("cell")
            @Doc("noise of amplitude sigma in every cell, or divided by the root of its length")
            NoiseAmplitude noiseBy) {}
  }

  /** What the predator-prey system reads of section {@code evolve}: the partial evolution. */
  record EvolveConfig(
      @Default("buffer")
          @Doc(
              "surroundings of the evolving patch: frozen, a buffer, all evolve, or bent to a ring")
          Environment environment,
      @Default("10") @Range(min = 0, max = 1e6) @Doc("width of the buffer, cells") int bufferCells,
      @Default("auto") @Doc("auto = 30 steps, or {events: N} steps, or {time: T}")
          DurationSpec duration) {
    /** Steps of an evolution by default: 0.3 units of time with the paper's step. */
    static final int AUTO_STEPS = 30;
  }

  /**
   * Initial fields u = m + k cos(10 pi x), v = (1 - m) - k cos(10 pi x) (PP-04): given m and k, or
   * {@code uniform} for m in (0.45, 0.55) and k in (0.05, 0.15), drawn for every run.
   *
   * @param mean m; NaN for uniform
   * @param amplitude k; NaN for uniform
   */
  public record Start(double mean, double amplitude) {
    private static final String UNIFORM = "uniform";
    private static final Set<String> KEYS = Set.of("mean", "amplitude");
    private static final double LEAST_MEAN = 0.45;
    private static final double LEAST_AMPLITUDE = 0.05;
    private static final double WIDTH = 0.1;
    private static final double WAVES = 10;

    /**
     * Reads the key ({@code node}: {@code uniform} or {@code {mean: m, amplitude: k}}); the choice.
     */
    public static Start fromConfig(ConfigNode node) {
      if (node.isWord(UNIFORM)) {
        return new Start(Double.NaN, Double.NaN);
      }
      if (!node.isMapping() || !KEYS.equals(new TreeSet<>(node.keys()))) {
        throw node.wrongType("uniform, or {mean: m, amplitude: k}");
      }
      return new Start(fraction(node.get("mean")), fraction(node.get("amplitude")));
    }

    private static double fraction(ConfigNode node) {
      double value = node.number();
      if (!(value >= 0 && value <= 1)) {
        throw LatticeLiftException.badData(
            "an initial state with " + node.text(), node.where(), "0 to 1", "Correct the value");
      }
      return value;
    }

    /** Writes the key; {@code uniform} or a mapping. */
    public ConfigNode toConfig() {
      String yaml = isUniform() ? UNIFORM : "{mean: " + mean + ", amplitude: " + amplitude + "}";
      return ConfigNode.parse(yaml, "lattice");
    }

    private boolean isUniform() {
      return Double.isNaN(mean);
    }

    /** Mean prey of initial states on average; waves have no mean (PP-04). */
    double meanPrey() {
      return isUniform() ? LEAST_MEAN + WIDTH / 2 : mean;
    }

    Fields fields(int cells, RandomStream stream) {
      double m = isUniform() ? LEAST_MEAN + WIDTH * stream.uniform() : mean;
      double k = isUniform() ? LEAST_AMPLITUDE + WIDTH * stream.uniform() : amplitude;
      Fields fields = new Fields(new double[cells], new double[cells]);
      for (int i = 0; i < cells; i++) {
        double wave = k * StrictMath.cos(WAVES * Math.PI * (i + 0.5) / cells);
        fields.prey()[i] = m + wave;
        fields.predator()[i] = (1 - m) - wave;
      }
      return fields;
    }
  }
}
