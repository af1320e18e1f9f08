package org.latticelift.sim.system;

/** Rough costs of a system, for estimates of work before anything is simulated. */
public interface CostEstimate {
  /** Cost of one event. */
  double eventCost();

  /** Cost of one event at a condition, where conditions differ. */
  default double eventCost(Condition condition) {
    return eventCost();
  }

  /**
   * Mean time of one event of a patch at a condition, for runs whose duration is a time; time per
   * event and patch in the unit of the system; 0 where it is not known.
   */
  default double eventTime(Condition condition) {
    return 0;
  }

  /** Number of events that upsampling and evolving one sample takes, averaged over conditions. */
  double eventsPerSample();

  /**
   * Sites that are stored at once while a sample is made of a large state; all, unless such a state
   * is kept as parts (EX-25).
   */
  default double storedSites(Extent large) {
    return large.sites();
  }

  /**
   * Sites that are read to make and observe a large state; all, unless parts of the state are
   * copies of one another (EX-25).
   */
  default double readSites(Extent large) {
    return large.sites();
  }

  /**
   * Cost of making and observing a large state beside its events, per site: 4 ns for copies of a
   * block and 8 ns for independent tiles of the alloy ({@code latticelift bench pairs}).
   */
  default double siteCost() {
    return 4e-9;
  }

  /**
   * What the integral of the generator along an evolution (EX-05) costs beside the evolution; share
   * of the cost of the events; small where the rates are known anyway.
   */
  default double compensatorShare() {
    return 0.2;
  }

  /**
   * How many times as many pairs without the integral of the generator would say as much about the
   * drift of the slowest observable; variance of an increment over that of its integral; 2 where
   * this takes half of it.
   */
  default double compensatorGain() {
    return 2;
  }

  /**
   * Whether integrals of the generator say more than as many pairs more for the same time; true
   * where they are made unasked of patches that evolve one by one.
   */
  default boolean compensatorsPay() {
    return compensatorGain() > 1 + compensatorShare();
  }

  /**
   * What an event of a patch costs where many patches evolve at a time ({@link Patches}); share of
   * the cost of an event of a patch that evolves alone; 1 where they cannot.
   */
  default double simultaneousShare() {
    return 1;
  }

  /**
   * What evolving a patch alone costs more than its share of an evolution of the whole; sites that
   * evolve, per site of the patch.
   */
  default double surroundings() {
    return 1;
  }

  /** Memory of the dynamics of one thread beside the state, such as caches. */
  default double workspaceBytes() {
    return 0;
  }

  /**
   * Costs that are the same at all conditions, without a workspace; the time of an event is not
   * known ({@code eventCost}: seconds of one core per event).
   */
  static CostEstimate uniform(double eventCost, double eventsPerSample) {
    return new CostEstimate() {
      @Override
      public double eventCost() {
        return eventCost;
      }

      @Override
      public double eventsPerSample() {
        return eventsPerSample;
      }
    };
  }
}
