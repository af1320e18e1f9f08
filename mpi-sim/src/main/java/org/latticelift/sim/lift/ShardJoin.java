package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.MacroscopicMap;
import org.latticelift.sim.system.TimeScales;

/** Joins the committed shards into {@code pairs.h5} and {@code large.h5}, one shard at a time. */
record ShardJoin<S>(
    LatticeSystem<S> system,
    LiftConfig config,
    Map<Condition, TimeScales> scales,
    RunHalves halves,
    StageContext context) {
  private int samples() {
    return config.pairs().samples();
  }

  private int shardSize() {
    return config.pairs().shardSize();
  }

  /** Names of all shards of a condition, in order. */
  private List<String> shards(Condition condition) {
    return IntStream.range(0, config.pairs().shards())
        .mapToObj(k -> PairsFile.shard(condition, k))
        .toList();
  }

  void assemble() {
    context.commit(PairsFile.NAME, this::writePairs);
    if (kept() > 0) {
      context.commit(SnapshotsFile.LARGE, this::writeLarge);
    }
    for (Condition condition : system.conditions()) {
      shards(condition).forEach(context.directory()::delete);
    }
  }

  private int kept() {
    return config.keep().count(samples());
  }

  private Path shard(Condition condition, int shard) {
    return context.file(PairsFile.shard(condition, shard));
  }

  private void writePairs(Path file) {
    List<Condition> conditions = system.conditions();
    PairsAssembly assembly;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      Path input = context.file(SnapshotsFile.NAME);
      context.provenance().withInput(input).writeTo(writer);
      PairsFile.writeMirror(writer, system.facts().mirror());
      joint().write(writer, system.timeUnit());
      assembly =
          new PairsAssembly(
              writer, common(), (long) samples() * conditions.size(), shard(conditions.get(0), 0));
    }
    try (assembly) {
      for (Condition condition : conditions) {
        shards(condition).forEach(shard -> assembly.append(context.file(shard)));
      }
    }
  }

  private JointPairs joint() {
    List<JointPairs> parts = new ArrayList<>();
    for (Condition condition : system.conditions()) {
      for (String shard : shards(condition)) {
        try (PairsFile part = PairsFile.open(context.file(shard))) {
          parts.add(part.joint());
        }
      }
    }
    return JointPairs.join(parts);
  }

  private PairsCommon common() {
    return new PairsCommon(
        MacroscopicMap.of(system),
        system.reference(system.large()),
        system.large().patches(),
        system.conditions(),
        each(this::duration),
        each(this::blocked),
        system.timeUnit(),
        halves);
  }

  private double[] each(ToDoubleFunction<Condition> value) {
    return system.conditions().stream().mapToDouble(value).toArray();
  }

  private double duration(Condition condition) {
    TimeScales known = scales.get(condition);
    Duration duration = system.lifting().evolutionDuration(condition, known);
    return duration.kind() == Duration.Kind.TIME
        ? duration.value()
        : duration.value() * known.event();
  }

  /** Fraction of the evolutions of a condition that met the wall of a ghost or buffer region. */
  double blocked(Condition condition) {
    double sum = 0;
    for (String shard : shards(condition)) {
      try (PairsFile part = PairsFile.open(context.file(shard))) {
        sum += Arrays.stream(part.doubles(PairColumn.BLOCKED)).sum();
      }
    }
    return sum / samples();
  }

  private void writeLarge(Path file) {
    List<SlabDataset> slabs = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      SnapshotsFile.describeLarge(writer, system);
      context.provenance().writeTo(writer);
      for (Condition condition : system.conditions()) {
        double[] observables = keptObservables(condition);
        slabs.add(SnapshotsFile.reserveLarge(writer, system, condition, observables));
      }
    }
    for (int c = 0; c < slabs.size(); c++) {
      copyStates(system.conditions().get(c), slabs.get(c));
    }
  }

  private double[] keptObservables(Condition condition) {
    int m = system.macroscopics().size();
    double[] all = new double[kept() * m];
    for (int shard = 0; shard * shardSize() < kept(); shard++) {
      try (PairsFile part = PairsFile.open(shard(condition, shard))) {
        double[] z0 = part.doubles(PairColumn.Z0);
        int first = shard * shardSize() * m;
        System.arraycopy(z0, 0, all, first, Math.min(z0.length, all.length - first));
      }
    }
    return all;
  }

  private void copyStates(Condition condition, SlabDataset slab) {
    long elements = StateSeries.elements(system.codec(), system.large());
    for (int shard = 0; shard * shardSize() < kept(); shard++) {
      try (PairsFile part = PairsFile.open(shard(condition, shard))) {
        slab.writeStored(shard * shardSize() * elements, part.states());
      }
    }
    slab.force();
    slab.close();
  }

  /**
   * A {@code pairs.h5} that shards are copied into, one after the other: its columns are those of
   * the shards, reserved in the file first and filled after it is closed.
   */
  static final class PairsAssembly implements AutoCloseable {
    private final Map<PairColumn, SlabDataset> slabs = new EnumMap<>(PairColumn.class);
    private final Map<PairColumn, Long> widths = new EnumMap<>(PairColumn.class);
    private long size;

    PairsAssembly(Hdf5Writer writer, PairsCommon common, long pairs, Path shard) {
      common.write(writer);
      try (PairsFile like = PairsFile.open(shard)) {
        for (PairColumn column : like.columns()) {
          widths.put(column, like.width(column));
          slabs.put(
              column,
              PairsFile.reserve(writer, column, pairs, like.width(column), common.timeUnit()));
        }
      }
    }

    void append(Path shard) {
      try (PairsFile part = PairsFile.open(shard)) {
        slabs.forEach(
            (column, slab) -> slab.writeStored(size * widths.get(column), part.stored(column)));
        size += part.count();
      }
    }

    @Override
    public void close() {
      for (SlabDataset slab : slabs.values()) {
        slab.force();
        slab.close();
      }
    }
  }
}
