package org.latticelift.learn.closure;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.sde.ClosureNames;

/**
 * A trained autoencoder.
 *
 * @param autoencoder architecture
 * @param parameters all weights, in the order of the architecture
 * @param statistics of its normalisations
 * @param loss mean reconstruction error of every epoch
 */
record ClosureModel(
    Autoencoder autoencoder, float[] parameters, RunningMoments statistics, double[] loss) {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .create();

  /** Names of the closure variables, in their order. */
  List<String> names() {
    return ClosureNames.of(autoencoder.dim());
  }

  void write(Hdf5Writer writer) {
    writer.text(
        "/architecture", GSON.toJson(autoencoder), DatasetInfo.of("1", "architecture as JSON"));
    int at = 0;
    for (ParameterArray array : autoencoder.parameters()) {
      String[] axes =
          IntStream.range(0, array.shape().length).mapToObj(i -> "axis" + i).toArray(String[]::new);
      writer.dataset(
          "/weights/" + array.name(),
          Arrays.copyOfRange(parameters, at, at + array.size()),
          array.shape(),
          DatasetInfo.of("1", "weights", axes));
      at += array.size();
    }
    statistics
        .values()
        .forEach(
            (name, values) ->
                writer.dataset(
                    "/statistics/" + name,
                    values,
                    new long[] {values.length},
                    DatasetInfo.of("1", "running statistics", "channel")));
    writer.dataset(
        "/history/loss",
        loss,
        new long[] {loss.length},
        DatasetInfo.of("1", "mean reconstruction error", "epoch"));
  }

  static ClosureModel read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      Autoencoder autoencoder = architecture(reader.text("/architecture"), file);
      float[] parameters = new float[autoencoder.parameterCount()];
      int at = 0;
      for (ParameterArray array : autoencoder.parameters()) {
        String path = "/weights/" + array.name();
        reader.requireDims(path, array.shape());
        System.arraycopy(reader.floats(path), 0, parameters, at, array.size());
        at += array.size();
      }
      RunningMoments statistics = RunningMoments.initial(autoencoder.normalisations());
      statistics
          .values()
          .forEach(
              (name, values) -> {
                reader.requireDims("/statistics/" + name, values.length);
                float[] stored = reader.floats("/statistics/" + name);
                System.arraycopy(stored, 0, values, 0, values.length);
              });
      return new ClosureModel(autoencoder, parameters, statistics, reader.doubles("/history/loss"));
    }
  }

  private static Autoencoder architecture(String json, Path file) {
    try {
      return GSON.fromJson(json, Autoencoder.class);
    } catch (JsonParseException | NullPointerException e) {
      throw LatticeLiftException.badData(
          "the architecture cannot be read: " + e.getMessage(),
          file + " /architecture",
          "what the stage closure writes",
          "Run the stage again");
    }
  }
}
