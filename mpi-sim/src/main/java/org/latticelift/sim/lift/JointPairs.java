package org.latticelift.sim.lift;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;

/**
 * Evolutions of upsampled states as a whole, from which kappa is measured (EX-03): the group {@code
 * joint} of {@link PairsFile}.
 *
 * @param z0 [n,m] row-major
 * @param compensator integral of the generator applied to the observables, [n,m]; empty where it is
 *     not known (EX-05)
 */
public record JointPairs(
    @Stored(
            value = "observables before",
            axes = {"evolution", "observable"})
        double[] z0,
    @Stored(
            value = "observables after",
            axes = {"evolution", "observable"})
        double[] z1,
    @Stored(value = "duration", units = "{time}", axes = "evolution") double[] dt,
    @Stored(value = "index of the condition", axes = "evolution") int[] condition,
    @Stored(
            value = "integrated drift of the change",
            axes = {"evolution", "observable"},
            optional = true)
        double[] compensator) {
  /** Not one. */
  public static final JointPairs NONE =
      new JointPairs(new double[0], new double[0], new double[0], new int[0], new double[0]);

  private static final String GROUP = "/joint";
  private static final RecordLayout<JointPairs> LAYOUT = RecordLayout.of(JointPairs.class);

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
    return reader.exists(GROUP)
        ? LAYOUT.read(reader, GROUP, Map.of(), Map.of("observable", observables))
        : NONE;
  }

  /** No group for none. */
  void write(Hdf5Writer writer, String timeUnit) {
    if (count() > 0) {
      LAYOUT.write(writer, GROUP, this, Map.of("time", timeUnit), Map.of());
    }
  }
}
