package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.latticelift.sim.system.Patches.JointEvolution;

/**
 * The pairs of some samples of one condition while they are made, and the file they are committed
 * to.
 */
public final class PairShard {
  private final Place place;
  private final int capacity;
  private final List<Row> rows = new ArrayList<>();
  private final List<byte[]> states = new ArrayList<>();

  /**
   * Where the pairs belong.
   *
   * @param condition its index
   * @param first sample of the shard
   * @param timeUnit of durations
   */
  public record Place(int condition, long first, String timeUnit) {}

  /**
   * Where a large state comes from.
   *
   * @param run of its first snapshot; -1 where none was used
   * @param record of it
   * @param group of its snapshots; -1 without groups
   */
  public record Source(int run, int record, int group) {
    /** Nothing is known. */
    public static final Source NONE = new Source(-1, -1, -1);
  }

  private record Row(double[] z, Source source, SampleEvolution made) {}

  /** A shard without pairs ({@code place}: where they belong). */
  public PairShard(Place place, int capacity) {
    this.place = place;
    this.capacity = capacity;
  }

  /** Whether all pairs are there; true when no more can be added. */
  public boolean isFull() {
    return rows.size() == capacity;
  }

  /**
   * Adds z, and what the patches of its state did (ME-17, ME-18). {@code z}: observables of the
   * large state before, m values.
   */
  public void add(double[] z, Source source, SampleEvolution made) {
    rows.add(new Row(z, source, made));
  }

  void keep(byte[] state) {
    states.add(state);
  }

  /** Writes the pairs. */
  public void write(Path file) {
    write(file, Optional.empty());
  }

  void write(Path file, Optional<PatchInputs> inputs) {
    Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
    columns.put(PairColumn.Z0, numbers(Row::z));
    columns.put(PairColumn.Z1, sums(Row::z, row -> row.made().increment()));
    columns.put(PairColumn.DT, rows.stream().mapToDouble(row -> row.made().time()).toArray());
    columns.put(PairColumn.CONDITION, conditions(rows.size()));
    columns.put(PairColumn.PATCH, patches());
    columns.put(PairColumn.SAMPLE, samples());
    columns.put(PairColumn.EVENTS, ints(row -> Math.toIntExact(row.made().events())));
    columns.put(
        PairColumn.BLOCKED, rows.stream().mapToDouble(row -> row.made().blocked()).toArray());
    columns.put(PairColumn.PATCH_Z0, numbers(row -> row.made().first().before()));
    columns.put(
        PairColumn.PATCH_Z1,
        sums(row -> row.made().first().before(), row -> row.made().first().increment()));
    optional(columns);
    inputs.ifPresent(patches -> patches.addTo(columns));
    PairsFile.writeShard(file, place.timeUnit(), columns, joint(), states);
  }

  private void optional(Map<PairColumn, Object> columns) {
    Row like = rows.get(0);
    if (like.source().group() >= 0) {
      columns.put(PairColumn.SOURCE_RUN, ints(row -> row.source().run()));
      columns.put(PairColumn.SOURCE_RECORD, ints(row -> row.source().record()));
      columns.put(PairColumn.GROUP, ints(row -> row.source().group()));
    }
    if (like.made().runs() > 0) {
      columns.put(PairColumn.RUNS, ints(row -> row.made().runs()));
    }
    if (like.made().compensator().length > 0) {
      columns.put(PairColumn.COMPENSATOR, numbers(row -> row.made().compensator()));
    }
    if (like.made().mean().isPresent()) {
      Function<Row, SampleEvolution.Mean> mean = row -> row.made().mean().orElseThrow();
      columns.put(PairColumn.MEAN_Z1, sums(Row::z, mean.andThen(SampleEvolution.Mean::increment)));
      if (like.made().compensator().length > 0) {
        columns.put(
            PairColumn.MEAN_COMPENSATOR, numbers(mean.andThen(SampleEvolution.Mean::compensator)));
      }
    }
    if (like.made().first().twin().length > 0) {
      columns.put(PairColumn.TWIN, sums(Row::z, row -> row.made().first().twin()));
    }
  }

  private double[] numbers(Function<Row, double[]> of) {
    return rows.stream().flatMapToDouble(row -> Arrays.stream(of.apply(row))).toArray();
  }

  private double[] sums(Function<Row, double[]> one, Function<Row, double[]> other) {
    return numbers(
        row -> {
          double[] a = one.apply(row);
          double[] b = other.apply(row);
          return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
        });
  }

  private int[] ints(ToIntFunction<Row> of) {
    return rows.stream().mapToInt(of).toArray();
  }

  private long[] patches() {
    return rows.stream().flatMapToLong(row -> Arrays.stream(row.made().patches())).toArray();
  }

  private long[] samples() {
    return LongStream.range(place.first(), place.first() + rows.size()).toArray();
  }

  private int[] conditions(int count) {
    int[] all = new int[count];
    Arrays.fill(all, place.condition());
    return all;
  }

  private JointPairs joint() {
    List<Row> both = rows.stream().filter(row -> row.made().joint().isPresent()).toList();
    Function<Row, JointEvolution> joint = row -> row.made().joint().orElseThrow();
    double[] z0 = both.stream().flatMapToDouble(row -> Arrays.stream(row.z())).toArray();
    double[] change =
        both.stream().flatMapToDouble(row -> Arrays.stream(joint.apply(row).increment())).toArray();
    double[] z1 = new double[z0.length];
    Arrays.setAll(z1, i -> z0[i] + change[i]);
    double[] dt = both.stream().mapToDouble(row -> joint.apply(row).time()).toArray();
    double[] compensator =
        both.stream()
            .flatMapToDouble(row -> Arrays.stream(joint.apply(row).compensator()))
            .toArray();
    return new JointPairs(z0, z1, dt, conditions(both.size()), compensator);
  }

  /**
   * The patches of the pairs of a shard as encoders see them, before and after their evolution: all
   * patches of a pair, then those of the next.
   */
  static final class PatchInputs {
    private final List<float[]> before = new ArrayList<>();
    private final List<float[]> after = new ArrayList<>();
    private final List<float[]> twins = new ArrayList<>();

    /** A patch after its evolution; {@link #before} completes it. */
    void after(float[] patch) {
      after.add(patch);
    }

    void before(float[] patch) {
      before.add(patch);
    }

    /** The first patch of the pair after its other evolution. */
    void twin(float[] patch) {
      twins.add(patch);
    }

    void addTo(Map<PairColumn, Object> columns) {
      columns.put(PairColumn.PATCH_BEFORE, joined(before));
      columns.put(PairColumn.PATCH_AFTER, joined(after));
      if (!twins.isEmpty()) {
        columns.put(PairColumn.TWIN_AFTER, joined(twins));
      }
    }

    private static float[] joined(List<float[]> parts) {
      int inputs = parts.get(0).length;
      float[] all = new float[Math.multiplyExact(parts.size(), inputs)];
      for (int i = 0; i < parts.size(); i++) {
        System.arraycopy(parts.get(i), 0, all, i * inputs, inputs);
      }
      return all;
    }
  }
}
