package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.latticelift.sim.lift.PairsFile.Column;
import org.latticelift.sim.system.PartialEvolution;

/**
 * The pairs of some samples of one condition while they are made, and the file they are committed
 * to.
 */
public final class PairShard {
  private final Place place;
  private final int observables;
  private final double[] z0;
  private final double[] z1;
  private final double[] patch0;
  private final double[] patch1;
  private final double[] dt;
  private final long[] patch;
  private final int[] events;
  private final double[] blocked;
  private final List<byte[]> states = new ArrayList<>();
  private int size;

  /**
   * Where the pairs belong.
   *
   * @param condition its index
   * @param first sample of the shard
   * @param timeUnit of durations
   */
  public record Place(int condition, long first, String timeUnit) {}

  /**
   * A shard without pairs.
   *
   * @param place where they belong
   * @param capacity how many there will be
   * @param observables m
   */
  public PairShard(Place place, int capacity, int observables) {
    this.place = place;
    this.observables = observables;
    z0 = new double[capacity * observables];
    z1 = new double[capacity * observables];
    patch0 = new double[capacity * observables];
    patch1 = new double[capacity * observables];
    dt = new double[capacity];
    patch = new long[capacity];
    events = new int[capacity];
    blocked = new double[capacity];
  }

  /**
   * Whether all pairs are there.
   *
   * @return true when no more can be added
   */
  public boolean isFull() {
    return size == dt.length;
  }

  /**
   * Adds z and z plus the increment of the patch (ME-17), and the patch itself (ME-18).
   *
   * @param z observables of the large state before, m values
   * @param evolution of one of its patches
   */
  public void add(double[] z, PartialEvolution evolution) {
    for (int i = 0; i < observables; i++) {
      int at = size * observables + i;
      z0[at] = z[i];
      z1[at] = z[i] + evolution.increment()[i];
      patch0[at] = evolution.before()[i];
      patch1[at] = evolution.before()[i] + evolution.increment()[i];
    }
    dt[size] = evolution.seconds();
    patch[size] = evolution.patch();
    events[size] = Math.toIntExact(evolution.events());
    blocked[size] = evolution.blocked();
    size++;
  }

  void keep(byte[] state) {
    states.add(state);
  }

  /**
   * Writes the pairs.
   *
   * @param file a new file
   */
  public void write(Path file) {
    write(file, Optional.empty());
  }

  void write(Path file, Optional<PatchInputs> inputs) {
    Map<Column, Object> columns = new EnumMap<>(Column.class);
    columns.put(Column.Z0, z0);
    columns.put(Column.Z1, z1);
    columns.put(Column.DT, dt);
    columns.put(Column.CONDITION, conditions());
    columns.put(Column.PATCH, patch);
    columns.put(Column.SAMPLE, samples());
    columns.put(Column.EVENTS, events);
    columns.put(Column.BLOCKED, blocked);
    columns.put(Column.PATCH_Z0, patch0);
    columns.put(Column.PATCH_Z1, patch1);
    inputs.ifPresent(patches -> patches.addTo(columns));
    PairsFile.writeShard(file, place.timeUnit(), columns, states);
  }

  private int[] conditions() {
    int[] all = new int[size];
    Arrays.fill(all, place.condition());
    return all;
  }

  private long[] samples() {
    return LongStream.range(place.first(), place.first() + size).toArray();
  }
}
