package org.latticelift.learn.closure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.sde.MacroscopicFile;
import org.latticelift.learn.sde.MacroscopicMap;

/**
 * {@code latent.h5}: the pairs of {@code pairs.h5} with closure variables behind the observables
 * (ME-07), otherwise alike, so that what reads one reads the other.
 */
final class LatentPairs {
  private static final List<String> AS_THEY_ARE =
      List.of(
          "/conditions/value", "/conditions/duration", "/conditions/blocked", "/dt", "/blocked");

  private final Hdf5Reader pairs;
  private final List<String> closures;
  private final int observables;
  private final int count;

  LatentPairs(Hdf5Reader pairs, List<String> closures) {
    this.pairs = pairs;
    this.closures = closures;
    this.observables = pairs.textListAttribute("/", "observable_names").size();
    this.count = (int) pairs.requireDims("/z0", -1, observables)[0];
  }

  private int dim() {
    return closures.size();
  }

  private int latents() {
    return observables + dim();
  }

  int count() {
    return count;
  }

  /**
   * Writes the file.
   *
   * @param closures of all pairs
   * @param start closures that predictions start from, [dim]
   */
  void write(Hdf5Writer writer, PairClosures closures, double[] start) {
    List<String> names = names();
    writer.attribute("/", "observable_names", names.toArray(new String[0]));
    writer.attribute("/", "patches", pairs.longAttribute("/", "patches"));
    writer.attribute("/", "parameter_name", pairs.textAttribute("/", "parameter_name"));
    double[] z0 = joined("/z0", closures.before());
    put(writer, "/z0", z0);
    put(writer, "/z1", joined("/z1", closures.after()));
    put(writer, "/patch_z0", joined("/patch_z0", closures.patchBefore()));
    put(writer, "/patch_z1", joined("/patch_z1", closures.patchAfter()));
    copy(writer);
    macroscopic(writer, start);
    scaling(writer, z0);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(pairs.textListAttribute("/", "observable_names"));
    names.addAll(closures);
    return names;
  }

  private void put(Hdf5Writer writer, String name, double[] values) {
    String longName = pairs.textAttribute(name, "long_name");
    writer.dataset(
        name,
        values,
        new long[] {count, latents()},
        DatasetInfo.of("1", longName, "pair", "latent"));
  }

  private double[] joined(String observed, double[] second) {
    double[] first = pairs.doubles(observed);
    int d = latents();
    double[] all = new double[count * d];
    for (int k = 0; k < count; k++) {
      System.arraycopy(first, k * observables, all, k * d, observables);
      System.arraycopy(second, k * dim(), all, k * d + observables, dim());
    }
    return all;
  }

  private void copy(Hdf5Writer writer) {
    writer.group("/conditions");
    for (String name : AS_THEY_ARE) {
      writer.dataset(name, pairs.doubles(name), pairs.dims(name), info(name));
    }
    writer.dataset(
        "/condition", pairs.ints("/condition"), pairs.dims("/condition"), info("/condition"));
    writer.dataset("/events", pairs.ints("/events"), pairs.dims("/events"), info("/events"));
    for (String name : List.of("/patch", "/sample")) {
      writer.dataset(name, pairs.longs(name), pairs.dims(name), info(name));
    }
    writer.text("/conditions/name", pairs.text("/conditions/name"), info("/conditions/name"));
  }

  private DatasetInfo info(String name) {
    boolean text = name.endsWith("/name");
    String[] axes =
        text ? new String[0] : new String[] {name.startsWith("/conditions") ? "condition" : "pair"};
    return DatasetInfo.of(
        pairs.textAttribute(name, "units"), pairs.textAttribute(name, "long_name"), axes);
  }

  /** Closures are independent of everything; the relations of the observables stay (DI-23). */
  private void macroscopic(Hdf5Writer writer, double[] start) {
    int[] free = pairs.ints("/macroscopic/independent");
    int d = free.length;
    int[] independent = Arrays.copyOf(free, d + dim());
    for (int i = 0; i < dim(); i++) {
      independent[d + i] = observables + i;
    }
    double[] before = pairs.doubles("/macroscopic/expand_matrix");
    double[] matrix = new double[latents() * independent.length];
    for (int row = 0; row < observables; row++) {
      System.arraycopy(before, row * d, matrix, row * independent.length, d);
    }
    for (int i = 0; i < dim(); i++) {
      matrix[(observables + i) * independent.length + d + i] = 1;
    }
    double[] offset = Arrays.copyOf(pairs.doubles("/macroscopic/expand_offset"), latents());
    double[] starts = Arrays.copyOf(pairs.doubles("/macroscopic/start"), latents());
    System.arraycopy(start, 0, starts, observables, dim());
    MacroscopicFile.write(writer, new MacroscopicMap(names(), independent, matrix, offset, starts));
  }

  /** Mean and deviation of all latents before (PP-34), which training uses by default. */
  private void scaling(Hdf5Writer writer, double[] z0) {
    int d = latents();
    double[] mean = new double[d];
    double[] deviation = new double[d];
    for (int i = 0; i < z0.length; i++) {
      mean[i % d] += z0[i] / count;
    }
    for (int i = 0; i < z0.length; i++) {
      double centred = z0[i] - mean[i % d];
      deviation[i % d] += centred * centred / Math.max(1, count - 1);
    }
    Arrays.setAll(deviation, i -> Math.sqrt(deviation[i]));
    long[] dims = {d};
    writer.dataset("/scaling/mean", mean, dims, DatasetInfo.of("1", "mean of z0", "latent"));
    writer.dataset(
        "/scaling/deviation", deviation, dims, DatasetInfo.of("1", "deviation of z0", "latent"));
  }
}
