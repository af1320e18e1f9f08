package org.latticelift.sim.systems.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem.Trial;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.external.ExternalDynamics.WorkerPatches;

/** Tries out what a worker has to keep, as far as its requests show it. */
final class WorkerTrials {
  private static final long EVENTS = 100;
  private static final int CALLS = 10_000;
  private static final long MOST_EVENTS = 100_000;

  /** Seconds for what is done many times. */
  private static final double LONGEST = 5;

  /** Relative, for sums in another order. */
  private static final double ROUNDING = 1e-9;

  private static final String ADDITIVE =
      "the change of a patch is that of the whole, or of its own observables";

  private final ExternalSystem system;
  private final ExternalDynamics dynamics;
  private final List<Trial> trials = new ArrayList<>();

  WorkerTrials(ExternalSystem system) {
    this.system = system;
    Condition first = system.conditions().get(0);
    dynamics = new ExternalDynamics(system, first);
  }

  private static RandomStream stream(long task) {
    return new Streams(1).stream(Purpose.CHECK, task);
  }

  private void add(String what, boolean passed, String found) {
    trials.add(new Trial(what, Optional.of(passed), found));
  }

  private void skip(String what, String why) {
    trials.add(new Trial(what, Optional.empty(), why));
  }

  List<Trial> all() {
    ExternalState small = repetition();
    frozenSites(small);
    means(small);
    starts();
    if (system.closedTiles()) {
      skip("the mean of patches is the whole", "patches are closed small systems");
    } else {
      patches();
    }
    cost(small);
    return trials;
  }

  private record Made(byte[] bytes, Progression progression, double[] observables) {
    boolean equals(Made other) {
      return Arrays.equals(bytes, other.bytes)
          && progression.equals(other.progression)
          && Arrays.equals(observables, other.observables);
    }
  }

  private Made made(ExternalState from, Duration duration, long seed) {
    ExternalState state = new ExternalState(from.extent, from.bytes);
    Progression progression = dynamics.advance(state, duration, stream(seed));
    return new Made(state.bytes, progression, dynamics.observe(state));
  }

  private ExternalState repetition() {
    ExternalState small = dynamics.initial(system.small(), stream(1));
    Made once = made(small, Duration.events(EVENTS), 2);
    Made timed = made(small, Duration.time(once.progression.time()), 3);
    system.workers().renew();
    boolean same = Arrays.equals(small.bytes, dynamics.initial(system.small(), stream(1)).bytes);
    same &= made(small, Duration.events(EVENTS), 2).equals(once);
    same &= made(small, Duration.time(once.progression.time()), 3).equals(timed);
    add(
        "another worker makes the same of a request",
        same,
        same ? "same bytes" : "other bytes: all randomness has to come from the seed");
    boolean differs = !Arrays.equals(once.bytes, made(small, Duration.events(EVENTS), 4).bytes);
    add(
        "another seed makes something else",
        differs,
        differs ? "other bytes" : "same bytes: the seed is not used, or nothing moves");
    add(
        EVENTS + " events are made",
        once.progression.events() == EVENTS,
        once.progression.events() + " in time " + once.progression.time());
    return new ExternalState(system.small(), once.bytes);
  }

  private void frozenSites(ExternalState small) {
    String what = "frozen sites stand still";
    if (!system.description().can("frozen")) {
      skip(what, "the worker has no capability 'frozen'");
      return;
    }
    int element = system.description().state().type().bytes();
    byte[] frozen = new byte[small.bytes.length / element];
    Arrays.fill(frozen, 0, frozen.length / 2, (byte) 1);
    ExternalState moved = new ExternalState(small.extent, small.bytes);
    Duration duration = Duration.events(EVENTS);
    dynamics.advance(moved, duration, ExternalDynamics.seed(stream(5)), Optional.of(frozen));
    long wrong = moved(small.bytes, moved.bytes, frozen);
    add(what, wrong == 0, wrong + " of " + frozen.length / 2 + " have changed" + advice(wrong));
  }

  private String advice(long wrong) {
    return wrong == 0 ? "" : ": use closed patches, evolve.environment: tile";
  }

  private long moved(byte[] before, byte[] after, byte[] frozen) {
    int element = system.description().state().type().bytes();
    long wrong = 0;
    for (int k = 0; k < frozen.length; k++) {
      boolean same =
          Arrays.equals(
              before, k * element, (k + 1) * element, after, k * element, (k + 1) * element);
      wrong += frozen[k] == 1 && !same ? 1 : 0;
    }
    return wrong;
  }

  /** Observables are means over sites, so copies side by side have those of one. */
  private void means(ExternalState small) {
    String what = "copies side by side have the observables of one";
    if (!system.tiled()) {
      skip(what, "large states are no arrays of small ones");
      return;
    }
    byte[] large = dynamics.mosaic(List.of(small.bytes), system.large());
    compare(
        what, dynamics.observe(new ExternalState(system.large(), large)), dynamics.observe(small));
  }

  /** Predictions of all conditions begin where the large system does at the first. */
  private void starts() {
    String what = "large systems begin alike at all conditions";
    int last = system.conditions().size() - 1;
    if (last == 0 || system.description().perObservable("start").length > 0) {
      skip(what, last == 0 ? "there is one condition" : "the worker says where they begin");
      return;
    }
    ExternalDynamics other = new ExternalDynamics(system, system.conditions().get(last));
    compare(
        what,
        dynamics.observe(dynamics.initial(system.large(), stream(10))),
        other.observe(other.initial(system.large(), stream(10))));
  }

  /** Whether numbers are equal, up to rounding. */
  private void compare(String what, double[] one, double[] other) {
    double off = off(one, other);
    boolean same = off <= ROUNDING;
    String found = Arrays.toString(one) + " and " + Arrays.toString(other);
    add(what, same, same ? String.format(Locale.ROOT, "within %.0e", Math.max(off, 1e-16)) : found);
  }

  private static double off(double[] one, double[] other) {
    double off = 0;
    for (int i = 0; i < one.length; i++) {
      double size = Math.max(1, Math.abs(one[i]) + Math.abs(other[i]));
      off = Math.max(off, Math.abs(one[i] - other[i]) / size);
    }
    return off;
  }

  private void patches() {
    ExternalState large = dynamics.initial(system.large(), stream(6));
    double[] whole = dynamics.observe(large);
    long count = large.extent.patches();
    WorkerPatches patches = dynamics.opened(large, false);
    double[] mean = new double[whole.length];
    for (int k = 0; k < count; k++) {
      double[] one = patches.before(k);
      Arrays.setAll(mean, i -> mean[i] + one[i] / count);
    }
    compare("the mean of patches is the whole", mean, whole);
    Duration duration = Duration.events(EVENTS);
    double[] first = patches.evolve(count - 1, duration, stream(7)).increment();
    patches.evolve(0, duration, stream(8));
    double[] again = patches.evolve(count - 1, duration, stream(7)).increment();
    add(
        "an evolution of a patch leaves the state as it was",
        Arrays.equals(first, again),
        Arrays.equals(first, again) ? "same changes again" : "other changes the second time");
    if (!system.description().can("keep")) {
      skip(ADDITIVE, "the worker has no capability 'keep'");
      return;
    }
    kept(large, whole, patches, first);
  }

  private void kept(
      ExternalState large, double[] whole, WorkerPatches patches, double[] increments) {
    long count = large.extent.patches();
    byte[][] seen =
        patches.evolve(
            count - 1,
            Duration.events(EVENTS),
            ExternalDynamics.seed(stream(7)),
            true,
            (reply, made) -> states(reply, large));
    ExternalState after = new ExternalState(large.extent, seen[0]);
    double[] change = dynamics.observe(after);
    Arrays.setAll(change, i -> count * (change[i] - whole[i]));
    double[] before = patches.before(count - 1);
    double[] own = dynamics.opened(after, false).before(count - 1);
    Arrays.setAll(own, i -> own[i] - before[i]);
    boolean ofWhole = off(increments, change) <= ROUNDING * count;
    boolean ofPatch = off(increments, own) <= ROUNDING;
    String values =
        String.format(
            "%s, of the whole %s, of the patch %s",
            Arrays.toString(increments), Arrays.toString(change), Arrays.toString(own));
    add(
        ADDITIVE,
        ofWhole || ofPatch,
        ofWhole ? "of the whole" : ofPatch ? "of the patch alone" : values);
    long frozen = 0;
    for (byte site : seen[1]) {
      frozen += site;
    }
    long wrong = moved(large.bytes, seen[0], seen[1]);
    add(
        "what surrounds a patch stands still",
        wrong == 0,
        wrong + " of " + frozen + " sites have changed" + advice(wrong));
  }

  private byte[][] states(Frame reply, ExternalState large) throws WorkerFailure {
    byte[] after = system.description().state().of(reply, large.extent);
    long[] shape = system.description().state().array("state", after, large.extent).shape();
    return new byte[][] {after, reply.array("frozen", ElementType.UINT8, shape).data()};
  }

  /** With fewer calls and events where they take long. */
  private void cost(ExternalState small) {
    List<Double> calls = new ArrayList<>();
    long begun = System.nanoTime();
    while (calls.size() < CALLS && seconds(begun) < LONGEST) {
      long call = System.nanoTime();
      dynamics.observe(small);
      calls.add(seconds(call));
    }
    calls.sort(null);
    long events = 1;
    double event = 0;
    for (double last = 0; last < LONGEST / 100 && events < MOST_EVENTS; event = last / events) {
      events *= 10;
      begun = System.nanoTime();
      dynamics.advance(
          new ExternalState(small.extent, small.bytes), Duration.events(events), stream(9));
      last = seconds(begun);
    }
    add(
        "the cost of a request",
        true,
        String.format(
            Locale.ROOT,
            "%.0f us to observe a small state of %d bytes, median of %d; %.2g us per event",
            1e6 * calls.get(calls.size() / 2),
            small.bytes.length,
            calls.size(),
            1e6 * event));
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
