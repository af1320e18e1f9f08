package org.latticelift.learn.evaluate;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.sim.system.Condition;

/** Numbers that an evaluation needs of the simulated system itself. By default there are none. */
public interface SystemEstimates {
  /** A system of which only its runs are available. */
  SystemEstimates NONE = new SystemEstimates() {};

  /**
   * The equilibrium means of the large system minus those of the small one, by observable; empty
   * where the system has no model of them, or too few small states.
   */
  default Map<String, Estimate> sizeCorrections(
      RunDirectory directory, Condition condition, long seed) {
    return Map.of();
  }

  /** Time that the size corrections take, for a plan, s; 0 without them. */
  default double correctionSeconds() {
    return 0;
  }

  /** Mean observables of the initial states of the large system, one number each. */
  default Optional<double[]> initialMeans(Condition condition, long seed) {
    return Optional.empty();
  }

  /**
   * The time in which a number of events per patch is made on average, in the unit of time; empty
   * where the condition was not simulated or made no events.
   */
  default OptionalDouble timeOf(RunDirectory directory, Condition condition, double events) {
    return OptionalDouble.empty();
  }
}
