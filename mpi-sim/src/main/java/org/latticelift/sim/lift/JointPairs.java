package org.latticelift.sim.lift;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * Evolutions of upsampled states as a whole, from which kappa is measured (EX-03): the group {@code
 * joint} of {@link PairsFile}.
 *
 * @param z0 observables before, [n,m] row-major
 * @param z1 observables after, [n,m]
 * @param dt durations, [n]
 * @param condition position among the conditions, [n]
 * @param compensator integral of the generator applied to the observables, [n,m]; empty where it is
 *     not known (EX-05)
 */
public record JointPairs(
    double[] z0, double[] z1, double[] dt, int[] condition, double[] compensator) {
  /** Not one. */
  public static final JointPairs NONE =
      new JointPairs(new double[0], new double[0], new double[0], new int[0], new double[0]);

  private static final String Z0 = "/joint/z0";
  private static final String Z1 = "/joint/z1";
  private static final String DT = "/joint/dt";
  private static final String CONDITION = "/joint/condition";
  private static final String COMPENSATOR = "/joint/compensator";

  /** Number of evolutions. */
  public int count() {
    return dt.length;
  }

  static JointPairs join(List<JointPairs> parts) {
    return new JointPairs(
        parts.stream().flatMapToDouble(p -> DoubleStream.of(p.z0)).toArray(),
        parts.stream().flatMapToDouble(p -> DoubleStream.of(p.z1)).toArray(),
        parts.stream().flatMapToDouble(p -> DoubleStream.of(p.dt)).toArray(),
        parts.stream().flatMapToInt(p -> IntStream.of(p.condition)).toArray(),
        parts.stream().flatMapToDouble(p -> DoubleStream.of(p.compensator)).toArray());
  }

  /** None where the group is not there. */
  static JointPairs read(Hdf5Reader reader, long observables) {
    if (!reader.exists(Z0)) {
      return NONE;
    }
    long n = reader.requireDims(Z0, -1, observables)[0];
    reader.requireDims(Z1, n, observables);
    reader.requireDims(DT, n);
    reader.requireDims(CONDITION, n);
    return new JointPairs(
        reader.doubles(Z0),
        reader.doubles(Z1),
        reader.doubles(DT),
        reader.ints(CONDITION),
        compensator(reader, n));
  }

  private static double[] compensator(Hdf5Reader reader, long n) {
    if (!reader.exists(COMPENSATOR)) {
      return new double[0];
    }
    reader.requireDims(COMPENSATOR, n, -1);
    return reader.doubles(COMPENSATOR);
  }

  /** No group for none. */
  void write(Hdf5Writer writer, String timeUnit) {
    int n = count();
    if (n == 0) {
      return;
    }
    long[] states = {n, z0.length / n};
    long[] numbers = {n};
    writer.dataset(Z0, z0, states, ofStates("observables before"));
    writer.dataset(Z1, z1, states, ofStates("observables after"));
    writer.dataset(DT, dt, numbers, DatasetInfo.of(timeUnit, "duration", "evolution"));
    writer.dataset(
        CONDITION, condition, numbers, DatasetInfo.of("1", "index of the condition", "evolution"));
    if (compensator.length > 0) {
      writer.dataset(
          COMPENSATOR,
          compensator,
          new long[] {n, compensator.length / n},
          ofStates("integrated drift of the change"));
    }
  }

  private static DatasetInfo ofStates(String longName) {
    return DatasetInfo.of("1", longName, "evolution", "observable");
  }
}
