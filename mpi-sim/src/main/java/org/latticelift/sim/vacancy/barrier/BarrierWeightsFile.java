package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.vacancy.barrier.HiddenLayer.BatchNorm;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.InputEncoding;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.InputOrder;

/**
 * Reads barrier weights from HDF5, of either form: the published one ({@code layerN/W}, {@code b},
 * {@code gamma}, {@code beta}, {@code mean}, {@code var} with 729 voxels in front) and our own
 * ({@code layer0/W} [S, species, h], {@code layerN/W}, {@code layerN/b}); both end with {@code
 * output/W} [h, 1] and {@code output/b}.
 */
final class BarrierWeightsFile {
  private static final String ROOT = "/";

  private final Hdf5Reader reader;
  private final String source;

  private BarrierWeightsFile(Hdf5Reader reader, Path file) {
    this.reader = reader;
    this.source = file.toString();
  }

  static BarrierWeights read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return new BarrierWeightsFile(reader, file).read();
    }
  }

  private BarrierWeights read() {
    long[] first = reader.dims("/layer0/W");
    boolean oneHot = oneHot(first.length);
    if (!oneHot) {
      reader.requireDims("/layer0/W", BarrierWeights.VOXELS, -1);
    } else {
      reader.requireDims("/layer0/W", -1, -1, -1);
    }
    int sites = oneHot ? Math.toIntExact(first[0]) : BarrierWeights.BCC_SITES;
    int species = oneHot ? Math.toIntExact(first[1]) : BarrierWeights.PUBLISHED_SPECIES.size();
    List<HiddenLayer> hidden = hidden(first);
    int last = hidden.get(hidden.size() - 1).width();
    reader.requireDims("/output/W", last, 1);
    reader.requireDims("/output/b", 1);
    return new BarrierWeights(
        oneHot ? InputEncoding.ONE_HOT : InputEncoding.CODE,
        sites,
        species,
        speciesNames(oneHot),
        hidden,
        reader.floats("/output/W"),
        reader.floats("/output/b")[0],
        choice("activation", Activation.values()).orElse(Activation.RELU),
        choice("order", InputOrder.values()),
        epsilon(),
        frequency(species),
        source);
  }

  private boolean oneHot(int rank) {
    Optional<InputEncoding> stated = choice("encoding", InputEncoding.values());
    return stated.map(e -> e == InputEncoding.ONE_HOT).orElse(rank == 3);
  }

  private List<HiddenLayer> hidden(long[] first) {
    List<HiddenLayer> hidden = new ArrayList<>();
    int width = Math.toIntExact(first[first.length - 1]);
    int inputs = 1;
    for (int axis = 0; axis < first.length - 1; axis++) {
      inputs = Math.multiplyExact(inputs, Math.toIntExact(first[axis]));
    }
    hidden.add(layer("/layer0", inputs, width));
    for (int n = 1; reader.exists("/layer" + n); n++) {
      String group = "/layer" + n;
      long[] dims = reader.requireDims(group + "/W", width, -1);
      int next = Math.toIntExact(dims[1]);
      hidden.add(layer(group, width, next));
      width = next;
    }
    return hidden;
  }

  private HiddenLayer layer(String group, int inputs, int width) {
    float[] weight = reader.floats(group + "/W");
    float[] bias = vector(group + "/b", width);
    Optional<BatchNorm> norm =
        reader.exists(group + "/gamma") ? Optional.of(norm(group, width)) : Optional.empty();
    return new HiddenLayer(inputs, width, weight, bias, norm);
  }

  private BatchNorm norm(String group, int width) {
    return new BatchNorm(
        vector(group + "/gamma", width),
        vector(group + "/beta", width),
        vector(group + "/mean", width),
        vector(group + "/var", width));
  }

  private float[] vector(String path, int width) {
    reader.requireDims(path, width);
    return reader.floats(path);
  }

  private <E extends Enum<E>> Optional<E> choice(String name, E[] values) {
    if (reader.findAttribute(ROOT, name).isEmpty()) {
      return Optional.empty();
    }
    String text = reader.textAttribute(ROOT, name);
    List<String> allowed =
        Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    int index = allowed.indexOf(text);
    if (index < 0) {
      throw bad("'" + text + "'", name, String.join(" or ", allowed));
    }
    return Optional.of(values[index]);
  }

  /** The published form has no names; its species are known. */
  private List<String> speciesNames(boolean oneHot) {
    if (reader.findAttribute(ROOT, "species_names").isPresent()) {
      return reader.textListAttribute(ROOT, "species_names");
    }
    return oneHot ? List.of() : BarrierWeights.PUBLISHED_SPECIES;
  }

  private Optional<Double> epsilon() {
    if (reader.findAttribute(ROOT, "batchnorm_epsilon").isEmpty()) {
      return Optional.empty();
    }
    double epsilon = reader.doubleAttribute(ROOT, "batchnorm_epsilon");
    if (!(epsilon >= 0 && epsilon < 1)) {
      throw bad("epsilon " + epsilon, "batchnorm_epsilon", "a number from 0 to 1");
    }
    return Optional.of(epsilon);
  }

  private double[] frequency(int species) {
    String name = "attempt_frequency_per_s";
    Optional<Object> stored = reader.findAttribute(ROOT, name);
    double[] frequency = new double[species];
    Arrays.fill(frequency, BarrierWeights.DEFAULT_ATTEMPT_FREQUENCY);
    if (stored.isPresent() && stored.get() instanceof double[] several && several.length > 1) {
      if (several.length != species) {
        throw bad(several.length + " numbers", name, "one, or one for each of " + species);
      }
      return several.clone();
    }
    if (stored.isPresent()) {
      double one =
          stored.get() instanceof double[] array ? array[0] : reader.doubleAttribute(ROOT, name);
      Arrays.fill(frequency, one);
    }
    return frequency;
  }

  private LatticeLiftException bad(String what, String attribute, String allowed) {
    return LatticeLiftException.badData(
        what, source + ", attribute " + attribute, allowed, "Import or train the weights again");
  }
}
