package org.latticelift.sim.simulate;

import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Key {@code stop} of sections {@code simulate} and {@code direct}: when the runs of a condition
 * end before their configured duration. The decision is made for all runs of a condition together,
 * at fixed numbers of records, from their records alone; so it is the same for any number of
 * threads and any interruption.
 *
 * @param precision largest standard error of the mean of any observable
 * @param checkEvery records of every run from one decision to the next; absent: a tenth of all
 * @param minRecords fewest records of all runs together after the transient
 */
public record StopConfig(
    @Range(min = 0, minOpen = true)
        @Doc("ends the runs of a condition when every mean has a standard error below this")
        double precision,
    @Range(min = 1) @Doc("records of a run between decisions; default a tenth of 'records'")
        Optional<Integer> checkEvery,
    @Default("100")
        @Range(min = 1)
        @Doc("fewest records after the transient, of all runs of a condition together")
        int minRecords) {

  /**
   * Whether averages are good enough.
   *
   * @param averages of all runs of a condition
   * @return true if the runs may end
   */
  boolean reached(ConditionAverages averages) {
    return averages.relaxed()
        && averages.lateRecords() >= minRecords
        && averages.largestError() <= precision;
  }
}
