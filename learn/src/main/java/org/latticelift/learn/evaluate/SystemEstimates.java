package org.latticelift.learn.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.system.Condition;

/** Numbers that an evaluation needs of the simulated system itself. By default there are none. */
public interface SystemEstimates {
  /**
   * The equilibrium means of the large system minus those of the small one, by observable; empty
   * where the system has no model of them, or too few small states.
   */
  default Map<String, Estimate> sizeCorrections(StageContext context, Condition condition) {
    return Map.of();
  }

  /** Time that the size corrections take, for a plan, s; 0 without them. */
  default double correctionSeconds() {
    return 0;
  }

  /** Mean observables of the initial states of the large system, one number each. */
  default Optional<double[]> initialMeans(StageContext context, Condition condition) {
    return Optional.empty();
  }

  /**
   * The small runs from initial states that the equation was trained on, every record of their
   * observables; none where they are not known or their condition changes.
   */
  default List<TimeSeries> smallRuns(StageContext context, Condition condition) {
    return List.of();
  }

  /** Standard deviation of the noise of a small run over that of the large system. */
  default double smallNoise() {
    return 1;
  }

  /**
   * The time in which a number of events per patch is made on average, in the unit of time; empty
   * where the condition was not simulated or made no events.
   */
  default OptionalDouble timeOf(StageContext context, Condition condition, double events) {
    return OptionalDouble.empty();
  }
}
