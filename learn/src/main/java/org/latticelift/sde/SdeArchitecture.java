package org.latticelift.sde;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import org.latticelift.error.LatticeLiftException;

/**
 * Shape of a latent SDE. Drift and sigma are functions of the (scaled) state z in R^d and, where
 * {@code embedding > 0}, of a temperature embedding in R^e (ME-61) that enters the first layers.
 *
 * @param dimension d, number of trained variables
 * @param embedding e, size of the temperature embedding; 0 = no dependence on the condition
 * @param drift the drift network
 * @param diffusion the diffusion matrix
 */
public record SdeArchitecture(
    int dimension, int embedding, DriftSpec drift, DiffusionSpec diffusion) {

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
   */
  public SdeArchitecture {
    if (dimension < 1 || dimension > 64) {
      throw Checks.bad("dimension", dimension, "1 to 64");
    }
    if (embedding < 0) {
      throw Checks.bad("embedding", embedding, "an integer >= 0");
    }
    Checks.notNull("drift", drift);
    Checks.notNull("diffusion", diffusion);
  }

  /**
   * The input of the temperature embedding (ME-61).
   *
   * @param kelvin temperature in K
   * @return (T - 100) / 2900
   */
  public static double normalised(double kelvin) {
    return (kelvin - 100) / 2900;
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

  private static LatticeLiftException invalid(String where, Exception cause) {
    return new LatticeLiftException(
        org.latticelift.error.ExitCode.BAD_DATA,
        "The architecture text is not valid" + (cause == null ? "" : ": " + cause.getMessage()),
        where,
        "JSON as written by the train stage is expected",
        "Train the model again",
        cause);
  }
}
