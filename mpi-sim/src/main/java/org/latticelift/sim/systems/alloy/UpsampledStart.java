package org.latticelift.sim.systems.alloy;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.system.Windows;
import org.latticelift.sim.vacancy.sublattice.Upsampling;

/**
 * The start of a distributed lattice from a file of the small size: sections {@code upsample} and
 * {@code relax}, as far as ranks can do it together.
 */
final class UpsampledStart {
  /** Jumps per vacancy of the small lattice that tell how long a jump takes; as many before. */
  private static final long PILOT_JUMPS = 2000;

  private static final int FEWEST_COMMON_CELLS = 3;

  private final AlloySetup setup;
  private final AlloyState small;
  private final List<Integer> factors;

  private UpsampledStart(AlloySetup setup, AlloyState small) {
    this.setup = setup;
    this.small = small;
    factors = setup.rules().sampled() ? List.of() : setup.rules().levels(setup.lattices().large());
  }

  /** Present if there is a start file; it must then be one that ranks can enlarge. */
  static Optional<UpsampledStart> of(AlloySetup setup) {
    if (setup.lattices().config().start().isEmpty() || setup.lattices().ensemble().isPresent()) {
      return Optional.empty();
    }
    AlloyState small =
        setup
            .lattices()
            .start(setup.lattices().small())
            .orElseThrow(
                () ->
                    refused(
                        "a start from a file of the large lattice",
                        "lattice.start",
                        "a file of "
                            + setup.lattices().small().text()
                            + " (lattice.small), enlarged"));
    UpsampledStart start = new UpsampledStart(setup, small);
    start.check();
    return Optional.of(start);
  }

  private void check() {
    require(
        !setup.rules().sampled(),
        "upsample.tiles",
        "replicate or independent, or a start from hamiltonian.h5");
    require(!setup.rules().vacanciesToCentres(), "upsample.vacancies", "keep");
    require(setup.rules().relax().passes() == 1, "relax.passes", "1");
    require(
        !setup.rules().independentTiles() || factors.size() <= 1,
        "upsample.hierarchy",
        "direct, or tiles: replicate");
    Cells cells = setup.lattices().small();
    int common = common(cells.nx(), common(cells.ny(), cells.nz()));
    require(
        common >= FEWEST_COMMON_CELLS || factors.isEmpty(),
        "lattice.small",
        "axes with a common divisor of at least " + FEWEST_COMMON_CELLS + " cells");
    long tiles = 1;
    for (int factor : factors) {
      tiles *= (long) factor * factor * factor;
      long sites = tiles * setup.lattices().smallSites();
      CompositionRepair.requireVacancies(
          tiles * small.vacancies().length, setup.lattices().counts(sites)[0], sites);
    }
  }

  private static int common(int a, int b) {
    return b == 0 ? a : common(b, a % b);
  }

  private static void require(boolean holds, String where, String allowed) {
    if (!holds) {
      throw refused("an upsampled start that cannot be divided among ranks", where, allowed);
    }
  }

  private static LatticeLiftException refused(String what, String where, String allowed) {
    return LatticeLiftException.badData(
        what, where, allowed, "Change the key, or remove lattice.start or direct.parallel");
  }

  /** For one condition and run. */
  Upsampling plan(Condition condition, int run, Streams seeds) {
    return new Upsampling(
        small.lattice(),
        factors,
        setup.rules().independentTiles(),
        setup.lattices()::counts,
        relaxation(condition, run, seeds));
  }

  private Optional<Upsampling.Relaxation> relaxation(Condition condition, int run, Streams seeds) {
    RelaxConfig relax = setup.rules().relax();
    if (relax.windows() == Windows.NONE || factors.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Upsampling.Relaxation(
            relax.windows() == Windows.OVERLAPPING,
            relax.environment() == Environment.PERIODIC,
            duration(relax.duration(), condition, run, seeds)));
  }

  private Duration duration(DurationSpec spec, Condition condition, int run, Streams seeds) {
    if (spec.isEvents()) {
      return Duration.events((long) spec.value(condition));
    }
    double mean = spec.isTime() ? 0 : meanEventTime(condition, run, seeds);
    return Duration.time(
        spec.time(condition, TimeScales.ofEvents(mean), LiftingRules.AUTO_RELAX_JUMPS));
  }

  /** What a jump of a vacancy takes in the small lattice; the same on all ranks. */
  private double meanEventTime(Condition condition, int run, Streams seeds) {
    AlloyDynamics dynamics = new AlloyDynamics(setup, condition, 0, StopSignal.none());
    AlloyState state = small.copy();
    RandomStream stream = seeds.stream(Purpose.PILOT, condition.key(), run);
    int vacancies = small.vacancies().length;
    dynamics.advance(state, Duration.events(PILOT_JUMPS * vacancies), stream);
    Progression timed = dynamics.advance(state, Duration.events(PILOT_JUMPS * vacancies), stream);
    return timed.time() * vacancies / timed.events();
  }
}
