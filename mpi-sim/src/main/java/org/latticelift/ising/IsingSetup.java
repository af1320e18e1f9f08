package org.latticelift.ising;

import java.util.List;
import java.util.Optional;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.system.Condition;
import org.latticelift.system.Duration;
import org.latticelift.system.DurationSpec;

/**
 * Everything that is fixed for an Ising model beside the temperature. Immutable.
 *
 * @param lattice sizes, field, initial states
 * @param upsample how large states are made
 * @param relax LocalRelax
 * @param evolve partial evolution
 */
record IsingSetup(
    LatticeConfig lattice, UpsampleConfig upsample, RelaxConfig relax, EvolveConfig evolve) {

  long smallSites() {
    return (long) lattice.small() * lattice.small();
  }

  /** Patches of the small side that tile a lattice. */
  long patches(int side) {
    return (long) side * side / smallSites();
  }

  List<Integer> factors() {
    return Upsampling.factors(lattice.small(), lattice.large());
  }

  int window() {
    return relax.patch().orElse(lattice.small());
  }

  int stride() {
    return relax.stride().orElse(Math.max(1, window() / 2));
  }

  WallCount wallCount() {
    return WallCount.of(evolve.patchObservable(), evolve.environment());
  }

  /** The initial magnetisation of states of a size. */
  StartMagnetisation start(int side) {
    return side == lattice.small() ? lattice.smallStart() : lattice.largeStart();
  }

  /** Of a partial evolution; the number of flips is that of the patch. */
  Duration evolution(Condition condition, double meanEventTime) {
    DurationSpec spec = evolve.duration();
    if (spec.isAuto() && evolve.auto().equals("flips")) {
      return Duration.events(smallSites());
    }
    return duration(spec, smallSites(), condition, meanEventTime);
  }

  /** LocalRelax of a level; empty where windows are none. */
  Optional<LocalRelax> localRelax(boolean last, Condition condition, double meanEventTime) {
    if (relax.windows().equals("none")) {
      return Optional.empty();
    }
    long sites = (long) window() * window();
    Duration duration = duration(relaxSpec(last), sites, condition, meanEventTime);
    boolean periodic = relax.environment().equals("periodic");
    return Optional.of(new LocalRelax(window(), stride(), periodic, duration));
  }

  private DurationSpec relaxSpec(boolean last) {
    return last ? relax.lastDuration().orElse(relax.duration()) : relax.duration();
  }

  /** Mean times are those of the small system, whose rate of flips grows with its sites. */
  private Duration duration(
      DurationSpec spec, long sites, Condition condition, double meanEventTime) {
    return spec.isEvents()
        ? Duration.events((long) spec.value(condition))
        : Duration.seconds(spec.seconds(condition, meanEventTime * smallSites() / sites, sites));
  }

  /** Flips per sample: relaxation at all levels, and the evolution itself. */
  double eventsPerSample(Condition condition) {
    double events = evolve.duration().estimatedEvents(condition, smallSites());
    int side = lattice.small();
    List<Integer> factors = factors();
    for (int level = 0; level < factors.size() && !relax.windows().equals("none"); level++) {
      side *= factors.get(level);
      double perRow = Math.ceil((double) side / stride());
      DurationSpec spec = relaxSpec(level + 1 == factors.size());
      events += perRow * perRow * spec.estimatedEvents(condition, (double) window() * window());
    }
    return events;
  }

  void check(List<Condition> conditions) {
    factors();
    evolve.duration().requireAll(conditions);
    relax.duration().requireAll(conditions);
    relax.lastDuration().ifPresent(spec -> spec.requireAll(conditions));
    if (evolve.patchObservable().equals("touched") && !evolve.environment().equals("ghost")) {
      throw LatticeLiftException.badData(
          "bonds that flips touch in environment " + evolve.environment(),
          "evolve.patch_observable",
          "auto, owned or seam; touched only with environment ghost, where the others stand still",
          "Change one of them");
    }
    if (stride() > window()) {
      throw LatticeLiftException.badData(
          "windows of " + window() + " sites every " + stride(),
          "relax.stride",
          "at most the side of a window, or sites are left out",
          "Lower it");
    }
  }
}
