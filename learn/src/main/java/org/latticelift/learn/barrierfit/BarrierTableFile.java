package org.latticelift.learn.barrierfit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.barrier.InputOrder;

/**
 * Barrier tables in HDF5: {@code environment} uint8 [E,S], {@code barrier} float32 [E,H] eV, {@code
 * category} int32 [E], and attributes of the file.
 */
public final class BarrierTableFile {
  private BarrierTableFile() {}

  /** Writes a table into an open file ({@code table}: to write). */
  public static void write(BarrierTable table, Hdf5Writer writer) {
    long size = table.size();
    writer.dataset(
        "/environment",
        table.environment(),
        new long[] {size, table.sites()},
        DatasetInfo.of("1", "species codes in the canonical frame", "environment", "site")
            .asUnsigned());
    writer.dataset(
        "/barrier",
        table.barrier(),
        new long[] {size, table.hops()},
        DatasetInfo.of("eV", "energy barrier, NaN where blocked", "environment", "hop"));
    writer.dataset(
        "/category",
        table.category(),
        new long[] {size},
        DatasetInfo.of("1", "index into category_names", "environment"));
    writer.dataset(
        "/structure",
        table.structure(),
        new long[] {size},
        DatasetInfo.of("1", "structure that the environment is of", "environment"));
    if (Arrays.stream(table.line()).anyMatch(line -> line > 0)) {
      writer.dataset(
          "/line",
          table.line(),
          new long[] {size, table.hops()},
          DatasetInfo.of("1", "line of the file of the barriers, 0: none", "environment", "hop"));
    }
    writer.attribute("/", "category_names", table.categoryNames().toArray(String[]::new));
    writer.attribute("/", "species_names", table.speciesNames().toArray(String[]::new));
    writeOrigin(table.origin(), writer);
  }

  private static void writeOrigin(TableOrigin origin, Hdf5Writer writer) {
    writer.attribute("/", "teacher", origin.teacher());
    writer.attribute("/", "attempt_frequency_per_s", origin.attemptFrequency());
    if (!origin.teacherChecksum().isEmpty()) {
      writer.attribute("/", "teacher_sha256", origin.teacherChecksum());
    }
    origin
        .order()
        .ifPresent(order -> writer.attribute("/", "order", order.name().toLowerCase(Locale.ROOT)));
    origin
        .batchNormEpsilon()
        .ifPresent(epsilon -> writer.attribute("/", "batchnorm_epsilon", epsilon));
  }

  /**
   * Reads a table.
   *
   * @param file written by {@link #write}, or by a user in the same layout; only {@code
   *     environment}, {@code barrier} and {@code species_names} are needed
   */
  public static BarrierTable read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      long[] dims = reader.requireDims("/environment", -1, -1);
      long[] barrierDims = reader.requireDims("/barrier", dims[0], -1);
      boolean categories = reader.exists("/category");
      List<String> species = reader.textListAttribute("/", "species_names");
      int size = (int) dims[0];
      int barriers = Math.toIntExact(dims[0] * barrierDims[1]);
      return new BarrierTable(
          (int) dims[1],
          (int) barrierDims[1],
          species,
          reader.bytes("/environment"),
          reader.floats("/barrier"),
          categories ? reader.ints("/category") : new int[size],
          categories ? reader.textListAttribute("/", "category_names") : List.of("all"),
          reader.exists("/structure")
              ? reader.ints("/structure")
              : IntStream.range(0, size).toArray(),
          reader.exists("/line") ? reader.ints("/line") : new int[barriers],
          readOrigin(reader, file, species.size()));
    }
  }

  private static TableOrigin readOrigin(Hdf5Reader reader, Path file, int species) {
    String name = String.valueOf(file.getFileName());
    TableOrigin unknown = TableOrigin.of(file.toString(), name, species);
    return new TableOrigin(
        file.toString(),
        text(reader, "teacher").orElse(name),
        text(reader, "teacher_sha256").orElse(""),
        text(reader, "order").map(o -> InputOrder.valueOf(o.toUpperCase(Locale.ROOT))),
        reader.findAttribute("/", "batchnorm_epsilon").map(value -> ((Number) value).doubleValue()),
        reader
            .findAttribute("/", "attempt_frequency_per_s")
            .filter(double[].class::isInstance)
            .map(double[].class::cast)
            .orElse(unknown.attemptFrequency()));
  }

  private static Optional<String> text(Hdf5Reader reader, String name) {
    return reader.findAttribute("/", name).map(Object::toString);
  }
}
