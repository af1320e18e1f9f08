package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Martingale;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.systems.spins.IsingPatches.PatchDrift;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.WallCount;
import org.latticelift.sim.systems.spins.WindowDynamics.PatchBonds;

class IsingPatchesTest {
  private static final String SIZES = "small: 4, large: 16, field: 0.1";

  private static IsingDynamics dynamics(String lattice, String evolve) {
    return IsingConfigs.dynamics(IsingConfigs.system(lattice, "", "", evolve), 0);
  }

  private static SpinLattice state(int side, double up) {
    return SpinLattice.of(Spins.random(side, up, Spins.stream(21)));
  }

  private static void requireSame(PartialEvolution one, PartialEvolution other) {
    assertThat(one.patch()).isEqualTo(other.patch());
    assertThat(one.before()).isEqualTo(other.before());
    assertThat(one.increment()).isEqualTo(other.increment());
    assertThat(one.events()).isEqualTo(other.events());
    assertThat(one.time()).isEqualTo(other.time());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: periodic",
        "environment: periodic, patch_observable: seam",
        "environment: ghost",
        "environment: ghost, patch_observable: owned",
        "environment: buffer, buffer_sites: 2",
        "environment: whole"
      })
  void aGivenPatchEvolvesAsAChosenOne(String evolve) {
    IsingDynamics dynamics = dynamics(SIZES, evolve);
    SpinLattice state = state(16, 0.6);
    byte[] spins = state.spins();
    for (int i = 0; i < 20; i++) {
      Duration duration = i % 2 == 0 ? Duration.events(40) : Duration.time(3);
      PartialEvolution chosen = dynamics.evolve(state, duration, Spins.stream(i));
      RandomStream stream = Spins.stream(i);
      IsingPatches patches = dynamics.patches(state, true);
      long patch = patches.draw(stream);
      PartialEvolution given = patches.evolve(patch, duration, stream);
      requireSame(given, chosen);
      assertThat(given.compensator()).hasSize(2);
      assertThat(chosen.compensator()).isEmpty();
      assertThat(state.spins()).isEqualTo(spins);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: periodic",
        "environment: periodic, patch_observable: seam",
        "environment: ghost",
        "environment: ghost, patch_observable: touched",
        "environment: buffer, buffer_sites: 2",
        "environment: buffer, buffer_sites: 6",
        "environment: whole"
      })
  void everyEvolutionStartsFromTheState(String evolve) {
    IsingDynamics dynamics = dynamics(SIZES, evolve);
    SpinLattice state = state(16, 0.6);
    IsingPatches patches = dynamics.patches(state, true);
    int[] order = {5, 5, 9, 0, 0, 5, 15, 15, 3};
    for (int i = 0; i < order.length; i++) {
      PartialEvolution again = patches.evolve(order[i], Duration.time(2), Spins.stream(i));
      PartialEvolution fresh =
          dynamics(SIZES, evolve)
              .patches(state.copy(), true)
              .evolve(order[i], Duration.time(2), Spins.stream(i));
      requireSame(again, fresh);
      assertThat(again.compensator()).isEqualTo(fresh.compensator());
      if (i % 4 == 3) {
        patches.evolveAll(Duration.time(0.1), Spins.stream(i));
      }
    }
  }

  /** Four standard errors, which are at most 2 % of the deviation of the increment. */
  @Tag("law")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "environment: periodic; 3",
        "environment: periodic, patch_observable: seam; 3",
        "environment: ghost; 0.3",
        "environment: ghost; 5",
        "environment: ghost, patch_observable: owned; 3",
        "environment: ghost, patch_observable: seam; 3",
        "environment: buffer, buffer_sites: 1; 0.3",
        "environment: buffer, buffer_sites: 1; 10",
        "environment: buffer, buffer_sites: 2, patch_observable: seam; 3",
        "environment: whole; 2"
      })
  void incrementsMinusCompensatorsHaveMeanZero(String evolve, double time) {
    IsingDynamics dynamics = dynamics(SIZES, evolve);
    SpinLattice state = state(16, 0.8);
    IsingPatches patches = dynamics.patches(state, true);
    RandomStream stream = Spins.stream(22);
    for (Duration duration :
        new Duration[] {Duration.time(time), Duration.events(Math.round(4 * time) + 1)}) {
      Martingale.ofPatches(20_000, i -> patches.evolve(i % 16, duration, stream))
          .require(evolve + " " + duration);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"environment: ghost", "environment: buffer, buffer_sites: 1"})
  void jointIncrementsMinusCompensatorsHaveMeanZero(String evolve) {
    IsingDynamics dynamics = dynamics(SIZES, evolve);
    IsingPatches patches = dynamics.patches(state(16, 0.8), true);
    RandomStream stream = Spins.stream(23);
    Duration duration = Duration.time(2);
    Martingale.ofJoint(10_000, i -> patches.evolveAll(duration, stream)).require("all");
  }

  @Test
  void jointIncrementsAddUpToThatOfTheWhole() {
    IsingDynamics dynamics = dynamics(SIZES, "environment: ghost");
    SpinLattice state = state(16, 0.6);
    SpinLattice twin = state.copy();
    JointEvolution joint =
        dynamics.patches(state, false).evolveAll(Duration.time(2), Spins.stream(5));
    dynamics.advance(twin, Duration.time(2), Spins.stream(5));
    assertThat(joint.patches()).hasSize(16);
    for (int i = 0; i < 2; i++) {
      double change = dynamics.observe(twin)[i] - dynamics.observe(state)[i];
      assertThat(joint.increment()[i]).isEqualTo(change, within(1e-14));
    }
    for (int k = 0; k < 16; k++) {
      double m = dynamics.observePatch(twin, k)[0] - dynamics.observePatch(state, k)[0];
      assertThat(joint.increments()[k][0]).isEqualTo(m);
    }
    assertThat(joint.compensator()).isEmpty();
    assertThat(dynamics.patches(state, false).evolveAll(Duration.events(10), Spins.stream(5)))
        .extracting(JointEvolution::events)
        .isEqualTo(160L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"periodic", "ghost", "buffer", "whole"})
  void theOnlyPatchIsTheWhole(String environment) {
    IsingDynamics dynamics =
        dynamics("small: 8, large: 8", "environment: " + environment + ", buffer_sites: 1");
    IsingPatches patches = dynamics.patches(state(8, 0.6), true);
    for (Duration duration : new Duration[] {Duration.time(2), Duration.events(70)}) {
      PartialEvolution patch = patches.evolve(0, duration, Spins.stream(7));
      JointEvolution all = patches.evolveAll(duration, Spins.stream(7));
      assertThat(all.increment()).containsExactly(patch.increment(), within(1e-15));
      assertThat(all.compensator()).isEqualTo(patch.compensator());
      assertThat(all.time()).isEqualTo(patch.time());
    }
  }

  /** The twin changes every spin of the region that may flip and observes the patch. */
  @ParameterizedTest
  @CsvSource({
    "16, 4, OWNED, 0, false",
    "16, 4, OWNED, 1, false",
    "16, 4, OWNED, 4, false",
    "16, 4, OWNED, 0, true",
    "16, 4, SEAM, 0, true",
    "16, 4, SEAM, 0, false",
    "16, 4, SEAM, 2, false",
    "16, 4, TOUCHED, 0, false",
    "8, 3, OWNED, 0, true",
    "8, 3, SEAM, 0, true",
    "8, 1, OWNED, 1, false",
    "3, 3, OWNED, 0, true"
  })
  void theDriftIsThatOfAllPossibleFlips(
      int side, int part, WallCount count, int buffer, boolean closed) {
    GlauberRates rates = new GlauberRates(2.5, 0.1);
    SpinLattice lattice = state(side, 0.6);
    Window patch = Window.tile(lattice, part, side > 8 ? 10 : 0);
    Window cut = closed ? patch : patch.grown(buffer + 1);
    byte[] spins = new byte[cut.sites()];
    cut.cut(lattice, spins);
    SpinLattice region = SpinLattice.of(spins);
    if (!closed) {
      for (int site = 0; site < region.sites(); site++) {
        int row = site / cut.side();
        int column = site % cut.side();
        if (Math.min(row, column) == 0 || Math.max(row, column) == cut.side() - 1) {
          region.freeze(site);
        }
      }
    }
    PatchBonds bonds = new PatchBonds(lattice, patch, count, cut, region);
    byte[] around = bonds.spins(lattice, cut, region);
    PatchDrift drift = new PatchDrift(bonds, patch.sites(), around, region, rates);
    GlauberSimulator simulator = new GlauberSimulator(region, rates);
    SpinLattice now = lattice.copy();
    RandomStream stream = Spins.stream(24);
    for (int step = 0; step < 50; step++) {
      double[] before = drift.integral();
      drift.stayed(1);
      double[] after = drift.integral();
      double[] twin = twin(now, patch, count, cut, region, rates);
      for (int i = 0; i < 2; i++) {
        assertThat(after[i] - before[i]).isEqualTo(twin[i], within(1e-12));
      }
      byte[] old = region.spins();
      simulator.runEvents(1, stream);
      int flipped = Arrays.mismatch(old, region.spins());
      drift.flipped(flipped);
      now.flip(cut.site(now, flipped));
    }
  }

  private static double[] twin(
      SpinLattice now,
      Window patch,
      WallCount count,
      Window cut,
      SpinLattice region,
      GlauberRates rates) {
    double[] drift = new double[2];
    for (int site = 0; site < region.sites(); site++) {
      int at = cut.site(now, site);
      double[] before = observe(now, patch, count);
      now.flip(at);
      double[] after = observe(now, patch, count);
      now.flip(at);
      for (int i = 0; i < 2; i++) {
        drift[i] += rates.rates()[region.codes()[site]] * (after[i] - before[i]);
      }
    }
    return drift;
  }

  private static double[] observe(SpinLattice lattice, Window patch, WallCount count) {
    double[] values = count.observe(lattice, patch);
    if (count == WallCount.TOUCHED) {
      values[1] = lattice.walls() / (2.0 * patch.sites());
    }
    return values;
  }
}
