package org.latticelift.sim.vacancy.barrier;

import java.util.Locale;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/** Writes barrier weights as HDF5; {@link BarrierWeightsFile} reads them back bit for bit. */
final class BarrierWeightsWriter {
  private static final String ROOT = "/";

  private BarrierWeightsWriter() {}

  static void write(BarrierWeights weights, Hdf5Writer writer) {
    for (int n = 0; n < weights.hidden().size(); n++) {
      layer(weights, n, writer);
    }
    int last = weights.outputWeight().length;
    writer.dataset(
        "/output/W",
        weights.outputWeight(),
        new long[] {last, 1},
        DatasetInfo.of("eV", "weights of the output", "input", "output"));
    writer.dataset(
        "/output/b",
        new float[] {weights.outputBias()},
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
    weights.order().ifPresent(order -> writer.attribute(ROOT, "order", lower(order)));
    weights
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
