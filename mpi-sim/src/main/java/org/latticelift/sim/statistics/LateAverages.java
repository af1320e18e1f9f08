package org.latticelift.sim.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Averages over the late records of runs of the same process, and whether these are relaxed. It is
 * the one owner of such means and their errors: {@code simulate.csv}, {@code direct.csv}, the
 * decision to stop and the comparison with a prediction all ask it.
 *
 * @param dropped leading records of every run that are left out
 * @param observables one entry each
 */
public record LateAverages(int dropped, List<LateMean> observables) {

  /**
   * Averages without the transient: what the marginal standard error rule drops for any observable.
   *
   * @param records values at equal intervals: observables, of each its runs, which have the same
   *     number of records; not modified
   * @return averages over what is left, at least half of the records
   */
  public static LateAverages of(List<List<double[]>> records) {
    List<Equilibration> found = found(records);
    return of(records, found, found.stream().mapToInt(Equilibration::dropped).max().orElse(0));
  }

  /**
   * Averages without a number of records that is given.
   *
   * @param records as above
   * @param dropped leading records of every run that are left out; fewer than there are
   * @return averages over what is left
   */
  public static LateAverages of(List<List<double[]>> records, int dropped) {
    return of(records, found(records), dropped);
  }

  private static List<Equilibration> found(List<List<double[]>> records) {
    return records.stream().map(Equilibration::of).toList();
  }

  private static LateAverages of(
      List<List<double[]>> records, List<Equilibration> found, int dropped) {
    List<LateMean> means = new ArrayList<>();
    for (int c = 0; c < records.size(); c++) {
      means.add(LateMean.of(late(records.get(c), dropped), found.get(c).found()));
    }
    return new LateAverages(dropped, List.copyOf(means));
  }

  private static List<double[]> late(List<double[]> runs, int dropped) {
    return runs.stream().map(run -> Arrays.copyOfRange(run, dropped, run.length)).toList();
  }

  /**
   * Whether every observable fulfils every criterion.
   *
   * @return false if one fails
   */
  public boolean relaxed() {
    return observables.stream().allMatch(mean -> mean.failed().isEmpty());
  }
}
