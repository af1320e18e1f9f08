package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.StageContext;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.MicroscopicSystem;

/** Joins the committed shards into {@code pairs.h5} and {@code large.h5}, one shard at a time. */
final class PairFiles<S> {
  private final MicroscopicSystem<S> system;
  private final LiftConfig config;
  private final StageContext context;
  private final int samples;
  private final int shardSize;

  PairFiles(MicroscopicSystem<S> system, LiftConfig config, StageContext context) {
    this.system = system;
    this.config = config;
    this.context = context;
    this.samples = config.pairs().samples();
    this.shardSize = config.pairs().shardSamples();
  }

  void assemble(Hdf5Reader snapshots) {
    context.directory().commit(LiftStage.PAIRS, beside -> writePairs(snapshots, beside));
    if (kept() > 0) {
      context.directory().commit(LiftStage.LARGE, this::writeLarge);
    }
    for (Condition condition : system.conditions()) {
      for (int shard = 0; shard * shardSize < samples; shard++) {
        context.directory().delete(LiftStage.shardFile(condition, shard));
      }
    }
  }

  private int kept() {
    return config.keep().count(samples);
  }

  private void writePairs(Hdf5Reader snapshots, Path file) {
    Macroscopics macroscopics = system.macroscopics();
    int m = macroscopics.size();
    long n = (long) samples * system.conditions().size();
    SlabDataset[] slabs;
    List<SlabDataset> patches = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      context.provenance().withInput(context.directory().file("snapshots.h5")).writeTo(writer);
      describe(writer, macroscopics);
      conditions(writer, snapshots);
      slabs =
          new SlabDataset[] {
            reserve(writer, "z0", ElementType.FLOAT64, n, m, "1", "observables before"),
            reserve(writer, "z1", ElementType.FLOAT64, n, m, "1", "observables after (ME-17)"),
            reserve(writer, "dt", ElementType.FLOAT64, n, 0, system.timeUnit(), "duration"),
            reserve(writer, "condition", ElementType.INT32, n, 0, "1", "index of the condition"),
            reserve(writer, "patch", ElementType.INT64, n, 0, "1", "index of the patch"),
            reserve(writer, "sample", ElementType.INT64, n, 0, "1", "sample of the condition"),
            reserve(writer, "events", ElementType.INT32, n, 0, "1", "events of the evolution"),
            reserve(writer, "blocked", ElementType.FLOAT64, n, 0, "1", "1 where a wall was met"),
            reserve(writer, "patch_z0", ElementType.FLOAT64, n, m, "1", "of the patch before"),
            reserve(writer, "patch_z1", ElementType.FLOAT64, n, m, "1", "of it after (ME-18)")
          };
      if (config.patchInputs()) {
        for (String name : List.of(PatchInputs.BEFORE, PatchInputs.AFTER)) {
          patches.add(reservePatches(writer, name, n));
        }
      }
    }
    long first = 0;
    for (int c = 0; c < system.conditions().size(); c++) {
      for (int shard = 0; shard * shardSize < samples; shard++) {
        String part = LiftStage.shardFile(system.conditions().get(c), shard);
        Path made = context.directory().file(part);
        copyPatches(made, patches, first);
        first += copy(made, slabs, first, c, shard * shardSize, m);
      }
    }
    patches.addAll(Arrays.asList(slabs));
    for (SlabDataset slab : patches) {
      slab.force();
      slab.close();
    }
  }

  private SlabDataset reservePatches(Hdf5Writer writer, String name, long pairs) {
    int inputs = EncodableSystem.of(system).encoding().inputs();
    return writer.reserve(
        name,
        ElementType.FLOAT32,
        new long[] {pairs, inputs},
        DatasetInfo.of("1", "patch as an encoder sees it", "pair", "input"));
  }

  private void copyPatches(Path part, List<SlabDataset> to, long first) {
    if (to.isEmpty()) {
      return;
    }
    long inputs = EncodableSystem.of(system).encoding().inputs();
    try (Hdf5Reader reader = Hdf5Reader.open(part)) {
      to.get(0).writeStored(first * inputs, reader.stored(PatchInputs.BEFORE));
      to.get(1).writeStored(first * inputs, reader.stored(PatchInputs.AFTER));
    }
  }

  private static SlabDataset reserve(
      Hdf5Writer writer,
      String name,
      ElementType type,
      long n,
      int m,
      String units,
      String longName) {
    return m == 0
        ? writer.reserve("/" + name, type, new long[] {n}, DatasetInfo.of(units, longName, "pair"))
        : writer.reserve(
            "/" + name,
            type,
            new long[] {n, m},
            DatasetInfo.of(units, longName, "pair", "observable"));
  }

  private int copy(Path part, SlabDataset[] to, long first, int condition, int sample, int m) {
    try (Hdf5Reader reader = Hdf5Reader.open(part)) {
      double[] dt = reader.doubles("/dt");
      int n = dt.length;
      to[0].write(first * m, reader.doubles("/z0"), 0, n * m);
      to[1].write(first * m, reader.doubles("/z1"), 0, n * m);
      to[2].write(first, dt, 0, n);
      int[] conditions = new int[n];
      Arrays.fill(conditions, condition);
      to[3].write(first, conditions, 0, n);
      to[4].write(first, reader.longs("/patch"), 0, n);
      long[] numbers = new long[n];
      Arrays.setAll(numbers, i -> sample + i);
      to[5].write(first, numbers, 0, n);
      to[6].write(first, reader.ints("/events"), 0, n);
      to[7].write(first, reader.doubles("/blocked"), 0, n);
      to[8].write(first * m, reader.doubles("/patch_z0"), 0, n * m);
      to[9].write(first * m, reader.doubles("/patch_z1"), 0, n * m);
      return n;
    }
  }

  private void describe(Hdf5Writer writer, Macroscopics macroscopics) {
    StateSeries.describeObservables(writer, system, system.large());
    writer.attribute("/", "patches", system.large().patches());
    writer.attribute("/", "parameter_name", system.conditions().get(0).parameter());
    int m = macroscopics.size();
    int d = macroscopics.independent().length;
    writer.group("/macroscopic");
    writer.dataset(
        "/macroscopic/independent",
        macroscopics.independent(),
        new long[] {d},
        DatasetInfo.of("1", "indices of the independent observables", "component"));
    writer.dataset(
        "/macroscopic/expand_matrix",
        Arrays.stream(macroscopics.matrix()).flatMapToDouble(Arrays::stream).toArray(),
        new long[] {m, d},
        DatasetInfo.of(
            "1", "all observables = matrix * independent + offset", "observable", "component"));
    writer.dataset(
        "/macroscopic/expand_offset",
        macroscopics.offset(),
        new long[] {m},
        DatasetInfo.of("1", "see expand_matrix", "observable"));
    writer.dataset(
        "/macroscopic/start",
        system.start(),
        new long[] {m},
        DatasetInfo.of("1", "mean observables of initial large states", "observable"));
  }

  /** Fraction of the evolutions of a condition that met the wall of a ghost or buffer region. */
  double blocked(Condition condition) {
    double sum = 0;
    for (int shard = 0; shard * shardSize < samples; shard++) {
      try (Hdf5Reader part = open(condition, shard)) {
        sum += Arrays.stream(part.doubles("/blocked")).sum();
      }
    }
    return sum / samples;
  }

  private void conditions(Hdf5Writer writer, Hdf5Reader snapshots) {
    List<Condition> all = system.conditions();
    long[] n = {all.size()};
    writer.group("/conditions");
    writer.dataset(
        "/conditions/value",
        all.stream().mapToDouble(Condition::value).toArray(),
        n,
        DatasetInfo.of(
            unit(all.get(0).parameter()), "value of " + all.get(0).parameter(), "condition"));
    writer.dataset(
        "/conditions/duration",
        all.stream()
            .mapToDouble(
                c -> {
                  double mean = MeanEventTime.ofSmallSystem(snapshots, system, c);
                  var duration = system.evolutionDuration(c, mean);
                  return duration.kind() == org.latticelift.sim.system.Duration.Kind.TIME
                      ? duration.value()
                      : duration.value() * mean;
                })
            .toArray(),
        n,
        DatasetInfo.of(system.timeUnit(), "duration of the partial evolution", "condition"));
    writer.dataset(
        "/conditions/blocked",
        all.stream().mapToDouble(this::blocked).toArray(),
        n,
        DatasetInfo.of("1", "fraction of the evolutions that met a wall (DI-03)", "condition"));
    writer.text(
        "/conditions/name",
        String.join(" ", all.stream().map(Condition::name).toList()),
        DatasetInfo.of("1", "names of the conditions"));
  }

  /** {@code temperature_K} has the unit K. */
  private static String unit(String parameter) {
    int underscore = parameter.lastIndexOf('_');
    return underscore < 0 ? "1" : parameter.substring(underscore + 1);
  }

  private void writeLarge(Path file) {
    List<SlabDataset> slabs = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      StateSeries.describe(writer, system, system.large());
      context.provenance().writeTo(writer);
      for (Condition condition : system.conditions()) {
        String group = StateSeries.group(writer, condition);
        slabs.add(StateSeries.reserve(writer, group, kept(), system.codec(), system.large()));
        writer.dataset(
            group + "/observables",
            keptObservables(condition),
            new long[] {kept(), system.macroscopics().size()},
            DatasetInfo.of("1", "observables of the kept states", "snapshot", "observable"));
      }
    }
    for (int c = 0; c < slabs.size(); c++) {
      copyStates(system.conditions().get(c), slabs.get(c));
    }
  }

  private double[] keptObservables(Condition condition) {
    int m = system.macroscopics().size();
    double[] all = new double[kept() * m];
    for (int shard = 0; shard * shardSize < kept(); shard++) {
      try (Hdf5Reader part = open(condition, shard)) {
        double[] z0 = part.doubles("/z0");
        int first = shard * shardSize * m;
        System.arraycopy(z0, 0, all, first, Math.min(z0.length, all.length - first));
      }
    }
    return all;
  }

  private void copyStates(Condition condition, SlabDataset slab) {
    long elements = StateSeries.elements(system.codec(), system.large());
    for (int shard = 0; shard * shardSize < kept(); shard++) {
      try (Hdf5Reader part = open(condition, shard)) {
        slab.writeStored(shard * shardSize * elements, part.bytes(PairShard.STATES));
      }
    }
    slab.force();
    slab.close();
  }

  private Hdf5Reader open(Condition condition, int shard) {
    return Hdf5Reader.open(context.directory().file(LiftStage.shardFile(condition, shard)));
  }
}
