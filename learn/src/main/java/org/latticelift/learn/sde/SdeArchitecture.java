package org.latticelift.learn.sde;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Shape of a latent SDE. Drift and sigma are functions of the (scaled) state z in R^d and, where
 * {@code embedding > 0}, of an embedding of the condition in R^e (ME-61) that enters the first
 * layers. The input of the embedding is (condition - offset)/width.
 *
 * @param dimension d, number of trained variables
 * @param embedding e, size of the temperature embedding; 0 = no dependence on the condition
 * @param drift the drift network
 * @param diffusion the diffusion matrix
 * @param conditionOffset see above
 * @param conditionWidth see above; 0, as in files that do not have it, stands for ME-61
 */
public record SdeArchitecture(
    int dimension,
    int embedding,
    DriftSpec drift,
    DiffusionSpec diffusion,
    double conditionOffset,
    double conditionWidth) {
  private static final double KELVIN_OFFSET = 100;
  private static final double KELVIN_WIDTH = 2900;

  /** Width of the hidden layer of the temperature embedding (ME-61). */
  public static final int EMBEDDING_HIDDEN = 32;

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .create();

  /**
   * Checks the sizes.
   *
   * @param dimension 1 to 64
   * @param embedding not negative
   * @param drift not null
   * @param diffusion not null
   * @param conditionOffset any number
   * @param conditionWidth positive, or 0
   */
  public SdeArchitecture {
    if (conditionWidth == 0) {
      conditionOffset = KELVIN_OFFSET;
      conditionWidth = KELVIN_WIDTH;
    }
    if (dimension < 1 || dimension > 64) {
      throw ArchitectureErrors.bad("dimension", dimension, "1 to 64");
    }
    if (embedding < 0) {
      throw ArchitectureErrors.bad("embedding", embedding, "an integer >= 0");
    }
    ArchitectureErrors.notNull("drift", drift);
    ArchitectureErrors.notNull("diffusion", diffusion);
  }

  /**
   * With the temperatures of ME-61.
   *
   * @param dimension 1 to 64
   * @param embedding not negative
   * @param drift not null
   * @param diffusion not null
   */
  public SdeArchitecture(int dimension, int embedding, DriftSpec drift, DiffusionSpec diffusion) {
    this(dimension, embedding, drift, diffusion, KELVIN_OFFSET, KELVIN_WIDTH);
  }

  /**
   * The same for conditions of another parameter: its trained range becomes 0 to 1.
   *
   * @param scaling with the trained conditions
   * @return this where the parameter is a temperature in K
   */
  public SdeArchitecture fitted(SdeScaling scaling) {
    if (scaling.quantities().parameter().equals(Quantities.KELVIN_AND_SECONDS.parameter())) {
      return this;
    }
    double[] condition = scaling.condition();
    double lowest = condition[0];
    double width = condition[condition.length - 1] - lowest;
    double used = width > 0 ? width : Math.max(1, Math.abs(lowest));
    return new SdeArchitecture(dimension, embedding, drift, diffusion, lowest, used);
  }

  /**
   * The input of the embedding.
   *
   * @param condition value of the condition's parameter
   * @return (condition - offset) / width
   */
  public double input(double condition) {
    return (condition - conditionOffset) / conditionWidth;
  }

  /**
   * The input of the temperature embedding (ME-61).
   *
   * @param kelvin temperature in K
   * @return (T - 100) / 2900
   */
  public static double normalised(double kelvin) {
    return (kelvin - KELVIN_OFFSET) / KELVIN_WIDTH;
  }

  /**
   * The JSON text that a model file stores.
   *
   * @return indented JSON, keys in snake case
   */
  public String toJson() {
    return GSON.toJson(this);
  }

  /**
   * Reads the JSON text of a model file.
   *
   * @param json the text
   * @param where file and dataset, for messages
   * @return the architecture
   * @throws LatticeLiftException (65) if the text is not a valid architecture
   */
  public static SdeArchitecture fromJson(String json, String where) {
    try {
      SdeArchitecture read = GSON.fromJson(json, SdeArchitecture.class);
      if (read != null) {
        return read;
      }
    } catch (JsonParseException e) {
      throw invalid(where, e);
    } catch (RuntimeException e) {
      // Gson wraps what a record's constructor throws.
      throw e.getCause() instanceof LatticeLiftException known ? known : invalid(where, e);
    }
    throw invalid(where, null);
  }

  /**
   * Of the innermost one, as Gson puts names of classes before it; an address follows a line end.
   */
  private static String reason(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  private static LatticeLiftException invalid(String where, Exception cause) {
    return new LatticeLiftException(
        org.latticelift.io.error.ExitCode.BAD_DATA,
        "The architecture text is not valid" + (cause == null ? "" : ": " + reason(cause)),
        where,
        "JSON as written by the train stage is expected",
        "Train the model again",
        cause);
  }
}
