package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Progression;

/**
 * A run that finds what events take. It goes on until events take as long in its second half as in
 * its first, twice in a row, as one agreement may be chance; at most it makes all events that are
 * asked for.
 */
final class EventPilot {
  private static final double AGREEMENT = 0.05;
  private static final int IN_A_ROW = 2;

  /** The first piece is this fraction of the events. */
  private static final double FRACTION = 0.0125;

  private static final long FEWEST = 2000;

  private EventPilot() {}

  /**
   * Runs from an initial state.
   *
   * @param wanted events per patch, the most that are made
   * @param dynamics of the condition
   * @param extent of the state
   * @param stream randomness
   * @return their times as far as the pilot went
   */
  static <S> EventClock run(
      double wanted, Dynamics<S> dynamics, Extent extent, RandomStream stream) {
    long most = Math.max(1, Math.round(wanted * extent.patches()));
    long piece = Math.min(most, extent.patches() * Math.max(FEWEST, Math.round(FRACTION * wanted)));
    S state = dynamics.initial(extent, stream);
    List<double[]> points = new ArrayList<>(List.of(new double[2]));
    double events = 0;
    double time = 0;
    int agreed = 0;
    while (piece > 0 && agreed < IN_A_ROW) {
      Progression made = dynamics.advance(state, Duration.events(piece), stream);
      double before = events == 0 ? 0 : time / events;
      double now = made.time() / made.events();
      agreed = Math.abs(now - before) <= AGREEMENT * now && events > 0 ? agreed + 1 : 0;
      events += made.events();
      time += made.time();
      points.add(new double[] {events / extent.patches(), time});
      piece = (long) Math.min(made.events() == 0 ? 0 : events, most - events);
    }
    return EventClock.through(points);
  }
}
