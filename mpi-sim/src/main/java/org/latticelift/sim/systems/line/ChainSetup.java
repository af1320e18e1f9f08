package org.latticelift.sim.systems.line;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Duration.StepLimit;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.systems.line.ChainSetup.EvolveConfig;
import org.latticelift.sim.systems.line.ChainSetup.LatticeConfig;
import org.latticelift.sim.systems.line.ChainSetup.RelaxConfig;
import org.latticelift.sim.systems.line.ChainSetup.UpsampleConfig;

/**
 * Everything that is fixed for a chain beside the force. Immutable.
 *
 * @param lattice sizes and constants
 * @param upsample where large states come from
 * @param relax LocalRelax
 * @param evolve partial evolution
 */
record ChainSetup(
    LatticeConfig lattice, UpsampleConfig upsample, RelaxConfig relax, EvolveConfig evolve)
    implements LineSetup {
  /** An explicit step grows without bound beyond this product of step and rate. */
  private static final double MOST_PER_STEP = 1;

  @Override
  public long patches(int particles) {
    return particles / lattice.small();
  }

  @Override
  public int small() {
    return lattice.small();
  }

  @Override
  public int large() {
    return lattice.large();
  }

  /** Whether large states are made of small ones. */
  boolean enlarges() {
    return upsample.states() == LargeStates.ENLARGED && lattice.large() > lattice.small();
  }

  Start start(Role role) {
    return role.choose(lattice.smallStart(), lattice.largeStart());
  }

  boolean simulatesStates() {
    return upsample.states() == LargeStates.SIMULATED;
  }

  /** States of runs of the large chain are taken after fewer steps than this. */
  long simulatedSteps() {
    return Math.max(1, Math.round(upsample.time() / lattice.step()));
  }

  ChainStep step(double force) {
    return new ChainStep(
        lattice.friction(), lattice.spring(), force, lattice.noise(), lattice.step());
  }

  @Override
  public TimeSteps steps() {
    return new TimeSteps(
        lattice.step(), "simulate.duration, direct.duration, relax.duration, evolve.duration");
  }

  @Override
  public LineEvolution patchEvolution() {
    return new LineEvolution(lattice.small(), evolve.environment(), evolve.bufferSites(), steps());
  }

  @Override
  public Duration evolution(Condition condition) {
    return TimeSteps.duration(evolve.duration(), condition, 1);
  }

  Duration relaxation(Condition condition) {
    double steps = Math.ceil(1 / (lattice.friction() * lattice.step()));
    return TimeSteps.duration(relax.duration(), condition, (long) steps);
  }

  /** Steps of a patch, an evolution being one unless it says otherwise. */
  double eventsPerSample(Condition condition) {
    double evolved = evolve.duration().estimatedEvents(condition, 1);
    long patches = patches(lattice.large());
    if (simulatesStates() && patches > 1) {
      return evolved + patches * simulatedSteps() / 2.0;
    }
    boolean relaxed = relax.windows() == Windows.OVERLAPPING && patches > 1;
    double pass = 2.0 * patches * steps().of(relaxation(condition), 1);
    return evolved + (relaxed ? relax.passes() * pass : 0);
  }

  @Override
  public void check(List<Condition> conditions) {
    if (lattice.large() % lattice.small() != 0) {
      throw LatticeLiftException.badData(
          lattice.large() + " particles from " + lattice.small(),
          "lattice.large",
          "a multiple of lattice.small",
          "Change one of them");
    }
    double fastest = (lattice.friction() + 4 * lattice.spring()) / 2;
    if (lattice.step() * fastest > MOST_PER_STEP) {
      throw LatticeLiftException.badData(
          "a step of " + lattice.step(),
          "lattice.step",
          "at most " + MOST_PER_STEP / fastest + ", where the explicit step is stable",
          "Lower it, or friction and spring");
    }
    if (simulatesStates()) {
      StepLimit.require(upsample.time(), lattice.step(), "upsample.time");
    }
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("1");
    relax.duration().requireAll(conditions);
    relax.duration().requireUnit("1");
    conditions.forEach(condition -> steps().of(evolution(condition), 1));
    conditions.forEach(condition -> steps().of(relaxation(condition), 1));
  }

  /**
   * One Euler-Maruyama step of some particles of a chain; the others stand still and are felt
   * (LC-01, LC-07). The ends of the chain are free: they feel one spring only ({@code force}: F on
   * the first particle).
   */
  record ChainStep(double friction, double spring, double force, double noise, double step) {
    /**
     * Moves the particles of a range by one step ({@code x}: displacements of the whole chain,
     * changed in the range; {@code normals}: standard normal numbers, one for each particle of the
     * whole chain).
     */
    void move(double[] x, ChainSegment range, double[] normals) {
      double amplitude = noise * Math.sqrt(step);
      int last = x.length - 1;
      double left = x[Math.max(0, range.from() - 1)];
      for (int i = range.from(); i < range.to(); i++) {
        double own = x[i];
        double right = x[Math.min(last, i + 1)];
        x[i] = own + drift(i, left, own, right) * step + amplitude * normals[i];
        left = own;
      }
    }

    private double drift(int i, double left, double own, double right) {
      double drift = spring * ((right - own) + (left - own)) - friction * own;
      return i == 0 ? drift + force : drift;
    }

    /** Sum of the drifts of some particles. */
    double drift(double[] x, ChainSegment range) {
      int last = x.length - 1;
      double sum = 0;
      for (int i = range.from(); i < range.to(); i++) {
        sum += drift(i, x[Math.max(0, i - 1)], x[i], x[Math.min(last, i + 1)]);
      }
      return sum;
    }
  }

  /** What the chain reads of section {@code upsample}. */
  record UpsampleConfig(
      @Default("enlarged")
          @Doc("large states from small ones, or from runs of the large chain itself")
          LargeStates states,
      @Default("3")
          @Range(min = 0, minOpen = true)
          @Doc("states: simulated are taken at random times below this")
          double time) {}

  /** Section {@code lattice} of the chain. */
  record LatticeConfig(
      @Default("16") @Range(min = 1, max = 1e6) @Doc("particles of the small system") int small,
      @Default("128") @Range(min = 1, max = 1e6) @Doc("particles of the large system") int large,
      @Default("1") @Range(min = 0, minOpen = true) @Doc("gamma, drift -gamma X") double friction,
      @Default("1") @Range(min = 0) @Doc("k, springs between neighbours") double spring,
      @Default("1") @Range(min = 0, minOpen = true) @Doc("sigma, noise of a particle") double noise,
      @Default("0.01") @Range(min = 0, minOpen = true) @Doc("time of a step") double step,
      @Default("uniform") @Doc("place small runs start from: a number, or uniform in (-1,1)")
          Start smallStart,
      @Default("0") @Doc("place direct runs and predictions start from") Start largeStart) {}

  /** What the chain reads of section {@code evolve}: the partial evolution. */
  record EvolveConfig(
      @Default("ghost")
          @OneOf({"whole", "ghost", "buffer"})
          @Doc("particles outside the patch: all move, stand still, or a buffer moves")
          Environment environment,
      @Default("4") @Range(min = 0, max = 1e6) @Doc("width of the buffer, particles")
          int bufferSites,
      @Default("auto") @Doc("auto = one step, {events: N} steps, or {time: T}")
          DurationSpec duration) {}

  /**
   * Section {@code relax} of the chain: LocalRelax in windows of the small size every half of it,
   * in frozen surroundings.
   */
  record RelaxConfig(
      @Default("overlapping")
          @OneOf({"overlapping", "none"})
          @Doc("windows that cover the chain one after the other")
          Windows windows,
      @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the chain")
          int passes,
      @Default("auto") @Doc("per window: auto = 1/friction, {events: N} steps, or {time: T}")
          DurationSpec duration) {}

  /** The state of a chain ({@code displacement}: X_1 to X_n, changed by the dynamics). */
  record Chain(double[] displacement) implements LineState {
    static Chain at(double place, int particles) {
      double[] x = new double[particles];
      Arrays.fill(x, place);
      return new Chain(x);
    }

    int particles() {
      return displacement.length;
    }

    @Override
    public int sites() {
      return particles();
    }

    @Override
    public double[] means(ChainSegment part) {
      return new double[] {part.mean(displacement)};
    }

    @Override
    public Runnable kept(ChainSegment part) {
      double[] saved = Arrays.copyOfRange(displacement, part.from(), part.to());
      return () -> System.arraycopy(saved, 0, displacement, part.from(), saved.length);
    }

    /** Every particle becomes several at its place. */
    Chain enlarged(int factor) {
      double[] x = new double[particles() * factor];
      Arrays.setAll(x, i -> displacement[i / factor]);
      return new Chain(x);
    }
  }

  /**
   * Where all particles of initial states are: a number, or {@code uniform} for one drawn from
   * (-1,1) for every state (LC-10). {@code given}: empty for {@code uniform}.
   */
  record Start(OptionalDouble given) {
    private static final String UNIFORM = "uniform";

    /** Reads the key ({@code node}: uniform or a number); the choice. */
    public static Start fromConfig(ConfigNode node) {
      if (node.isWord(UNIFORM)) {
        return new Start(OptionalDouble.empty());
      }
      double value = node.number();
      if (!Double.isFinite(value)) {
        throw node.wrongType("uniform or a number");
      }
      return new Start(OptionalDouble.of(value));
    }

    /** Writes the key; uniform or the number. */
    public ConfigNode toConfig() {
      String text = given.isPresent() ? Double.toString(given.getAsDouble()) : UNIFORM;
      return ConfigNode.parse(text, "lattice");
    }

    Chain chain(int particles, RandomStream stream) {
      return Chain.at(
          given.isPresent() ? given.getAsDouble() : 2 * stream.uniform() - 1, particles);
    }

    double mean() {
      return given.orElse(0);
    }
  }

  /** Where large states come from (LC-04). */
  enum LargeStates {
    /** From snapshots of the small chain. */
    ENLARGED,
    /** From runs of the large chain itself. */
    SIMULATED
  }
}
