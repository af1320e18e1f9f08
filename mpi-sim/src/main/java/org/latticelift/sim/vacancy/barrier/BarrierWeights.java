package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.barrier.HiddenLayer.BatchNorm;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;

/**
 * The stored numbers of a barrier network, before anything is folded. The arrays are shared, not
 * copied; nobody modifies them.
 *
 * @param encoding how species enter
 * @param sites environment sites S; the published network stores 729 voxels instead, of which 112
 *     are sites (AL-13)
 * @param species number of species, vacancies not counted
 * @param speciesNames names of the species in the order of their codes; empty if nobody says them
 * @param hidden the hidden layers from the input on, at least one
 * @param output after the last hidden layer
 * @param activation after each hidden layer
 * @param stated what the file says of how they are to be used
 * @param attemptFrequency attempt frequency of each species, 1/s
 * @param source where the numbers come from, for messages
 */
public record BarrierWeights(
    InputEncoding encoding,
    int sites,
    int species,
    List<String> speciesNames,
    List<HiddenLayer> hidden,
    Output output,
    Activation activation,
    Stated stated,
    double[] attemptFrequency,
    String source) {

  /** Inputs of the published network: the block of 9 x 9 x 9 half-grid points (AL-10). */
  public static final int VOXELS = 729;

  /** Environment sites of a body-centred cubic vacancy within the cut-off (AL-13). */
  public static final int BCC_SITES = 112;

  /** Species of the published network, in the order of its codes (AL-04). */
  public static final List<String> PUBLISHED_SPECIES = List.of("Nb", "Mo", "Ta");

  /** Attempt frequency where nothing else is said, 1/s (AL-40). */
  public static final double DEFAULT_ATTEMPT_FREQUENCY = 1e13;

  /** Epsilon of the code the published network was trained with (DI-22). */
  public static final double DEFAULT_EPSILON = 1e-3;

  /** Checks shapes and values. */
  public BarrierWeights {
    hidden = List.copyOf(hidden);
    speciesNames = SpeciesOrder.requireDistinct(speciesNames, species, source);
    WeightChecks.check(source, hidden, output);
    WeightChecks.positive(source, attemptFrequency);
  }

  /** Reads a weight file of either form ({@code file}: HDF5). */
  public static BarrierWeights read(Path file) {
    return BarrierWeightsFile.read(file);
  }

  /** Writes the weights in the form they came in. */
  public void write(Hdf5Writer writer) {
    BarrierWeightsWriter.write(this, writer);
  }

  /** The same network with the order and epsilon recorded ({@code newOrder}: the input order). */
  public BarrierWeights with(Optional<InputOrder> newOrder, Optional<Double> newEpsilon) {
    return new BarrierWeights(
        encoding,
        sites,
        species,
        speciesNames,
        hidden,
        output,
        activation,
        new Stated(newOrder, newEpsilon),
        attemptFrequency,
        source);
  }

  /**
   * The input order to use, given what was asked for ({@code asked}: the order of the configuration
   * or command line, if any); the file's own order, else the one asked for, else {@link
   * InputOrder#NNK} (DI-21).
   */
  public InputOrder resolveOrder(Optional<InputOrder> asked) {
    Optional<InputOrder> order = stated.order();
    if (order.isPresent() && asked.isPresent() && !order.equals(asked)) {
      throw LatticeLiftException.badData(
          "the order '" + lower(asked.get()) + "' contradicts the weights",
          source,
          "'" + lower(order.get()) + "', which the file records",
          "Leave the order out, or take other weights");
    }
    return order.or(() -> asked).orElse(InputOrder.NNK);
  }

  /**
   * The epsilon to use, given what was asked for ({@code asked}: the epsilon of the configuration
   * or command line, if any); the one asked for, else the file's, else {@link #DEFAULT_EPSILON}.
   */
  public double resolveEpsilon(Optional<Double> asked) {
    return asked.or(stated::batchNormEpsilon).orElse(DEFAULT_EPSILON);
  }

  private static String lower(InputOrder value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The output.
   *
   * @param weight one per neuron of the last hidden layer
   * @param bias eV
   */
  public record Output(float[] weight, float bias) {}

  /**
   * How the numbers are to be used, where the file says it.
   *
   * @param order the input order the network was made for
   * @param batchNormEpsilon the epsilon of AL-31
   */
  public record Stated(Optional<InputOrder> order, Optional<Double> batchNormEpsilon) {}

  /** Refuses weights whose shapes do not fit together or that are not numbers. */
  static final class WeightChecks {
    private WeightChecks() {}

    static void check(String source, List<HiddenLayer> hidden, Output output) {
      if (hidden.isEmpty()) {
        throw bad("a network without hidden layers", source, "at least one hidden layer");
      }
      for (int i = 0; i < hidden.size(); i++) {
        layer(source, i, hidden);
      }
      int last = hidden.get(hidden.size() - 1).width();
      length(source, "output/W", output.weight(), last);
      finite(source, "output/W", output.weight());
      finite(source, "output/b", new float[] {output.bias()});
    }

    static void positive(String source, double[] frequency) {
      for (double f : frequency) {
        if (!(f > 0 && f < Double.POSITIVE_INFINITY)) {
          throw bad(
              "attempt frequency " + f, source + ", attempt_frequency_per_s", "a positive number");
        }
      }
    }

    private static void layer(String source, int i, List<HiddenLayer> hidden) {
      HiddenLayer layer = hidden.get(i);
      String name = "layer" + i;
      if (i > 0 && layer.inputs() != hidden.get(i - 1).width()) {
        throw bad(
            layer.inputs() + " inputs",
            source + ", " + name + "/W",
            hidden.get(i - 1).width() + " inputs, the width of the layer before");
      }
      vector(source, name + "/W", layer.weight(), layer.inputs() * layer.width());
      vector(source, name + "/b", layer.bias(), layer.width());
      layer.norm().ifPresent(norm -> normalisation(source, name, norm, layer.width()));
    }

    private static void normalisation(String source, String name, BatchNorm norm, int width) {
      vector(source, name + "/gamma", norm.gamma(), width);
      vector(source, name + "/beta", norm.beta(), width);
      vector(source, name + "/mean", norm.mean(), width);
      vector(source, name + "/var", norm.variance(), width);
      for (float v : norm.variance()) {
        if (v < 0) {
          throw bad("variance " + v, source + ", " + name + "/var", "no negative variance");
        }
      }
    }

    private static void vector(String source, String name, float[] values, int length) {
      length(source, name, values, length);
      finite(source, name, values);
    }

    private static void length(String source, String name, float[] values, int length) {
      if (values.length != length) {
        throw bad(values.length + " entries", source + ", " + name, length + " entries");
      }
    }

    private static void finite(String source, String name, float[] values) {
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw bad("entry " + i + " is " + values[i], source + ", " + name, "finite numbers");
        }
      }
    }

    private static LatticeLiftException bad(String what, String where, String allowed) {
      return LatticeLiftException.badData(
          what, where, allowed, "Take other weights, or train them again");
    }
  }

  /** Writes barrier weights as HDF5; {@link BarrierWeightsFile} reads them back bit for bit. */
  static final class BarrierWeightsWriter {
    private static final String ROOT = "/";

    private BarrierWeightsWriter() {}

    static void write(BarrierWeights weights, Hdf5Writer writer) {
      for (int n = 0; n < weights.hidden().size(); n++) {
        layer(weights, n, writer);
      }
      int last = weights.output().weight().length;
      writer.dataset(
          "/output/W",
          weights.output().weight(),
          new long[] {last, 1},
          DatasetInfo.of("eV", "weights of the output", "input", "output"));
      writer.dataset(
          "/output/b",
          new float[] {weights.output().bias()},
          new long[] {1},
          DatasetInfo.of("eV", "bias of the output", "output"));
      attributes(weights, writer);
    }

    private static void layer(BarrierWeights weights, int n, Hdf5Writer writer) {
      HiddenLayer layer = weights.hidden().get(n);
      String group = "/layer" + n;
      boolean sites = n == 0 && weights.encoding() == InputEncoding.ONE_HOT;
      if (sites) {
        writer.dataset(
            group + "/W",
            layer.weight(),
            new long[] {weights.sites(), weights.species(), layer.width()},
            DatasetInfo.of("1", "weights", "site", "species", "neuron"));
      } else {
        writer.dataset(
            group + "/W",
            layer.weight(),
            new long[] {layer.inputs(), layer.width()},
            DatasetInfo.of("1", "weights", n == 0 ? "voxel" : "input", "neuron"));
      }
      vector(writer, group + "/b", layer.bias(), "biases");
      layer.norm().ifPresent(norm -> normalisation(writer, group, norm));
    }

    private static void normalisation(Hdf5Writer writer, String group, BatchNorm norm) {
      vector(writer, group + "/gamma", norm.gamma(), "scale of the batch normalisation");
      vector(writer, group + "/beta", norm.beta(), "shift of the batch normalisation");
      vector(writer, group + "/mean", norm.mean(), "mean of the batch normalisation");
      vector(writer, group + "/var", norm.variance(), "variance of the batch normalisation");
    }

    private static void vector(Hdf5Writer writer, String path, float[] values, String name) {
      writer.dataset(path, values, new long[] {values.length}, DatasetInfo.of("1", name, "neuron"));
    }

    private static void attributes(BarrierWeights weights, Hdf5Writer writer) {
      writer.attribute(ROOT, "encoding", lower(weights.encoding()));
      writer.attribute(ROOT, "activation", lower(weights.activation()));
      weights.stated().order().ifPresent(order -> writer.attribute(ROOT, "order", lower(order)));
      weights
          .stated()
          .batchNormEpsilon()
          .ifPresent(epsilon -> writer.attribute(ROOT, "batchnorm_epsilon", epsilon));
      if (!weights.speciesNames().isEmpty()) {
        writer.attribute(ROOT, "species_names", weights.speciesNames().toArray(String[]::new));
      }
      double[] frequency = weights.attemptFrequency();
      boolean equal = java.util.Arrays.stream(frequency).distinct().count() == 1;
      Object stored = equal ? (Object) frequency[0] : frequency;
      writer.attribute(ROOT, "attempt_frequency_per_s", stored);
    }

    private static String lower(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads barrier weights from HDF5, of either form: the published one ({@code layerN/W}, {@code
   * b}, {@code gamma}, {@code beta}, {@code mean}, {@code var} with 729 voxels in front) and our
   * own ({@code layer0/W} [S, species, h], {@code layerN/W}, {@code layerN/b}); both end with
   * {@code output/W} [h, 1] and {@code output/b}.
   */
  static final class BarrierWeightsFile {
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
          new Output(reader.floats("/output/W"), reader.floats("/output/b")[0]),
          choice("activation", Activation.values()).orElse(Activation.RELU),
          new Stated(choice("order", InputOrder.values()), epsilon()),
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
          what,
          source + ", attribute " + attribute,
          allowed,
          "Take other weights, or train them again");
    }
  }
}
