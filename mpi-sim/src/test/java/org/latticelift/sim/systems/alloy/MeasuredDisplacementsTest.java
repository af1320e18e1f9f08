package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.system.SystemProvider;

/** Runs whose displacements are measured (EX-60). */
class MeasuredDisplacementsTest {
  private static final Duration RECORD = Duration.events(10_000);

  private static LatticeSystem<?> system(String more) {
    ConfigNode root =
        ConfigNode.parse(
            "{system: alloy, conditions: {temperature_K: [900]}, lattice: {small: 5, large: 6,"
                + " vacancy_concentration: 0.01}, barrier: {model: pairwise}"
                + more
                + "}",
            "test");
    return SystemProvider.find(root.get("system")).create(root);
  }

  @Test
  void aRunThatIsSavedWithinARecordGoesOnBitForBit() {
    savedWithin(system(", transport: {window: 2, statistics: true}"));
  }

  private static <S> void savedWithin(LatticeSystem<S> system) {
    Dynamics<S> whole = system.dynamics(system.conditions().get(0), 0);
    RandomStream stream = new Streams(5).stream(Purpose.DIRECT);
    S state = whole.initial(system.large(), stream);
    whole.measure(state);
    whole.advance(state, RECORD, stream);
    whole.measure(state);
    byte[] numbers = stream.save();
    byte[] begun = system.codec().save(state);
    whole.advance(state, RECORD, stream);
    double[] expected = whole.measure(state);

    Dynamics<S> other = system.dynamics(system.conditions().get(0), 0);
    RandomStream continued = RandomStream.restore(numbers);
    S first = system.codec().restore(begun, system.large());
    Stretch stretch = other.begin(first, RECORD, continued);
    stretch.advance();
    assertThat(stretch.done()).isFalse();
    byte[] memory = stretch.save();
    byte[] within = system.codec().save(first);
    byte[] later = continued.save();

    Dynamics<S> third = system.dynamics(system.conditions().get(0), 0);
    S second = system.codec().restore(within, system.large());
    Stretch rest = third.resume(second, RECORD, RandomStream.restore(later), memory);
    while (!rest.done()) {
      rest.advance();
    }
    assertThat(third.measure(second)).containsExactly(expected);
  }

  /** Measuring is looking: the same jumps and times, with and without it. */
  @Test
  void whatIsMeasuredChangesNothing() {
    assertThat(observed(system(", transport: {}"))).containsExactly(observed(system("")));
  }

  private static <S> double[] observed(LatticeSystem<S> system) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 0);
    RandomStream stream = new Streams(5).stream(Purpose.DIRECT);
    S state = dynamics.initial(system.large(), stream);
    double time = dynamics.advance(state, RECORD, stream).time();
    double[] observables = dynamics.observe(state);
    double[] all = java.util.Arrays.copyOf(observables, observables.length + 1);
    all[observables.length] = time;
    return all;
  }

  /** Jumps that are resolved together move species as far as they would one by one, on average. */
  @Test
  void sumsFollowResolvedJumps() {
    LatticeSystem<?> system =
        system(", transport: {follow: species}, kinetics: {acceleration: flicker}");
    double[] columns = ended(system);
    // Nothing but exchanges: three species whose sums are those of whole hops, 1.62 Å along x.
    for (int species = 0; species < 3; species++) {
      double half = columns[4 * species] / 1.62;
      assertThat(half).isEqualTo(Math.rint(half), org.assertj.core.api.Assertions.within(1e-9));
    }
    assertThat(columns[3] + columns[7] + columns[11]).isPositive();
  }

  private static <S> double[] ended(LatticeSystem<S> system) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 0);
    RandomStream stream = new Streams(5).stream(Purpose.DIRECT);
    S state = dynamics.initial(system.large(), stream);
    dynamics.advance(state, Duration.time(1e-5), stream);
    return dynamics.measure(state);
  }
}
