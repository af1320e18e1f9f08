package org.latticelift.learn.closure;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * {@code closure.h5}: a trained autoencoder. The one place that knows its layout.
 *
 * <table>
 *   <caption>Datasets</caption>
 *   <tr><td>{@code architecture}</td><td>text, JSON</td></tr>
 *   <tr><td>{@code weights/}</td><td>float32, one dataset for each array of the architecture</td>
 *   </tr>
 *   <tr><td>{@code statistics/}</td><td>float32 [channels], running moments of the normalisations
 *   </td></tr>
 *   <tr><td>{@code history/loss}</td><td>float64 [epochs], mean reconstruction error</td></tr>
 * </table>
 */
public final class ClosureFile {
  public static final String NAME = "closure.h5";

  private static final String ARCHITECTURE = "/architecture";
  private static final String WEIGHTS = "/weights/";
  private static final String STATISTICS = "/statistics/";
  private static final String LOSS = "/history/loss";
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .create();

  private ClosureFile() {}

  /** Writes the networks into a new file. */
  static void write(Hdf5Writer writer, ClosureModel model) {
    writer.text(
        ARCHITECTURE,
        GSON.toJson(model.autoencoder()),
        DatasetInfo.of("1", "architecture as JSON"));
    int at = 0;
    for (ParameterArray array : model.autoencoder().parameters()) {
      String[] axes =
          IntStream.range(0, array.shape().length).mapToObj(i -> "axis" + i).toArray(String[]::new);
      writer.dataset(
          WEIGHTS + array.name(),
          Arrays.copyOfRange(model.parameters(), at, at + array.size()),
          array.shape(),
          DatasetInfo.of("1", "weights", axes));
      at += array.size();
    }
    model
        .statistics()
        .values()
        .forEach(
            (name, values) ->
                writer.dataset(
                    STATISTICS + name,
                    values,
                    new long[] {values.length},
                    DatasetInfo.of("1", "running statistics", "channel")));
    writer.dataset(
        LOSS,
        model.loss(),
        new long[] {model.loss().length},
        DatasetInfo.of("1", "mean reconstruction error", "epoch"));
  }

  /** Reads what {@link #write} wrote. */
  static ClosureModel read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      Autoencoder autoencoder = architecture(reader.text(ARCHITECTURE), file);
      float[] parameters = new float[autoencoder.parameterCount()];
      int at = 0;
      for (ParameterArray array : autoencoder.parameters()) {
        String path = WEIGHTS + array.name();
        reader.requireDims(path, array.shape());
        System.arraycopy(reader.floats(path), 0, parameters, at, array.size());
        at += array.size();
      }
      RunningMoments statistics = RunningMoments.initial(autoencoder.normalisations());
      statistics
          .values()
          .forEach(
              (name, values) -> {
                reader.requireDims(STATISTICS + name, values.length);
                float[] stored = reader.floats(STATISTICS + name);
                System.arraycopy(stored, 0, values, 0, values.length);
              });
      return new ClosureModel(autoencoder, parameters, statistics, reader.doubles(LOSS));
    }
  }

  private static Autoencoder architecture(String json, Path file) {
    try {
      return GSON.fromJson(json, Autoencoder.class);
    } catch (JsonParseException | NullPointerException e) {
      throw LatticeLiftException.badData(
          "the architecture cannot be read: " + e.getMessage(),
          file + " " + ARCHITECTURE,
          "what the stage closure writes",
          "Run the stage again");
    }
  }
}
