package org.latticelift.learn.sde;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;

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
 * @param baseline polynomial in front of the drift network; null, as in files that do not have it,
 *     for none
 */
public record SdeArchitecture(
    int dimension,
    int embedding,
    DriftSpec drift,
    DiffusionSpec diffusion,
    double conditionOffset,
    double conditionWidth,
    Baseline baseline) {
  private static final double KELVIN_OFFSET = 100;
  private static final double KELVIN_WIDTH = 2900;

  /** Width of the hidden layer of the temperature embedding (ME-61). */
  public static final int EMBEDDING_HIDDEN = 32;

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .create();

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
    this(dimension, embedding, drift, diffusion, KELVIN_OFFSET, KELVIN_WIDTH, null);
  }

  /**
   * The same for conditions of another parameter: its trained range becomes 0 to 1 ({@code
   * scaling}: with the trained conditions); this where the parameter is a temperature in K.
   */
  public SdeArchitecture fitted(SdeScaling scaling) {
    if (scaling.quantities().parameter().equals(Quantities.KELVIN_AND_SECONDS.parameter())) {
      return this;
    }
    double[] condition = scaling.condition();
    double lowest = condition[0];
    double width = condition[condition.length - 1] - lowest;
    double used = width > 0 ? width : Math.max(1, Math.abs(lowest));
    return new SdeArchitecture(dimension, embedding, drift, diffusion, lowest, used, baseline);
  }

  /** The same with a polynomial in front of the drift network, or without one. */
  public SdeArchitecture with(Optional<Baseline> polynomial) {
    return new SdeArchitecture(
        dimension,
        embedding,
        drift,
        diffusion,
        conditionOffset,
        conditionWidth,
        polynomial.orElse(null));
  }

  /** The polynomial in front of the drift network. */
  public Optional<Baseline> polynomial() {
    return Optional.ofNullable(baseline);
  }

  /** The input of the embedding; (condition - offset) / width. */
  public double input(double condition) {
    return (condition - conditionOffset) / conditionWidth;
  }

  /** The input of the temperature embedding (ME-61); (T - 100) / 2900. */
  public static double normalised(double kelvin) {
    return (kelvin - KELVIN_OFFSET) / KELVIN_WIDTH;
  }

  /** The JSON text that a model file stores; indented JSON, keys in snake case. */
  public String toJson() {
    return GSON.toJson(this);
  }

  /**
   * Reads the JSON text of a model file.
   *
   * @param where file and dataset, for messages
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

  /**
   * The drift network.
   *
   * @param kind plain, Onsager or linear
   * @param hidden widths of the hidden layers; equal widths for the Onsager network, whose layers
   *     after the first are residual (ME-53)
   * @param potBeta beta of the potential V = sum P_i^2 + beta sum z_i^2 (ME-54); Onsager only
   * @param dissipation c_d of ME-50 (ME-57); Onsager only
   * @param forcing whether the external force f is present (ME-58); Onsager only
   * @param identityStart whether training starts from the dissipation matrix M = I, which converges
   *     several times faster on noisy pairs than the random orthogonal start of ME-59; Onsager only
   */
  public record DriftSpec(
      DriftKind kind,
      List<Integer> hidden,
      double potBeta,
      double dissipation,
      boolean forcing,
      boolean identityStart) {

    public DriftSpec {
      ArchitectureErrors.notNull("drift.kind", kind);
      hidden =
          kind == DriftKind.LINEAR ? List.of() : ArchitectureErrors.widths("drift.hidden", hidden);
      if (kind == DriftKind.ONSAGER && hidden.stream().distinct().count() != 1) {
        throw ArchitectureErrors.bad(
            "drift.hidden", hidden, "equal widths for the Onsager network");
      }
      ArchitectureErrors.nonNegative("drift.potBeta", potBeta);
      ArchitectureErrors.nonNegative("drift.dissipation", dissipation);
    }

    /** The plain network of ME-44; three hidden layers of 64. */
    public static DriftSpec plain() {
      return new DriftSpec(DriftKind.PLAIN, List.of(64, 64, 64), 0, 0, false, false);
    }

    /** The linear drift a z + b; no hidden layers. */
    public static DriftSpec linear() {
      return new DriftSpec(DriftKind.LINEAR, List.of(), 0, 0, false, false);
    }

    /**
     * The Onsager network of ME-60 with the authors' start; two hidden layers of 32, beta 0.5, c_d
     * 0.1, with force.
     */
    public static DriftSpec onsager() {
      return new DriftSpec(DriftKind.ONSAGER, List.of(32, 32), 0.5, 0.1, true, false);
    }

    /** The forms of the drift. */
    public enum DriftKind {
      /** Fully connected with ReLU (ME-44). */
      @SerializedName("plain")
      PLAIN,
      /** Generalised Onsager principle: dissipation, conservation, potential and force (ME-50). */
      @SerializedName("onsager")
      ONSAGER,
      /** One matrix and one vector (LC-05). */
      @SerializedName("linear")
      LINEAR
    }
  }

  /**
   * The diffusion matrix sigma.
   *
   * @param mode one of the four forms of ME-46
   * @param hidden widths of the hidden layers, ReLU after each; may be empty in the constant modes
   * @param lower true: lower triangular with a positive diagonal (softplus), the unique factor of
   *     DI-37; false: no restriction (ME-48)
   * @param initial initial value of the free parameters of the constant modes
   * @param scale fixed factor on every entry, so that the network's own outputs are of order one
   */
  public record DiffusionSpec(
      DiffusionMode mode, List<Integer> hidden, boolean lower, double initial, double scale) {

    public DiffusionSpec {
      ArchitectureErrors.notNull("diffusion.mode", mode);
      hidden = mode.network() ? ArchitectureErrors.widths("diffusion.hidden", hidden) : List.of();
      if (!(scale > 0) || Double.isInfinite(scale)) {
        throw ArchitectureErrors.bad("diffusion.scale", scale, "a positive number");
      }
    }

    /** A full matrix from a network, without restriction; mode arbitrary with scale 1. */
    public static DiffusionSpec arbitrary(Integer... hidden) {
      return new DiffusionSpec(DiffusionMode.ARBITRARY, List.of(hidden), false, 1, 1);
    }

    /** Number of values that the network or the free parameters deliver; d or d times d. */
    public int outputs(int d) {
      return mode.full() ? d * d : d;
    }

    /** The four forms of the diffusion matrix (ME-46). */
    public enum DiffusionMode {
      /** A network with d times d outputs. */
      @SerializedName("arbitrary")
      ARBITRARY,
      /** A network with d outputs on the diagonal. */
      @SerializedName("diagonal")
      DIAGONAL,
      /** d free parameters on the diagonal, independent of the state. */
      @SerializedName("constant_diagonal")
      CONSTANT_DIAGONAL,
      /** d times d free parameters, independent of the state. */
      @SerializedName("constant")
      CONSTANT;

      /** Whether the entries come from a network of the state. */
      public boolean network() {
        return this == ARBITRARY || this == DIAGONAL;
      }

      /** Whether the entries fill the whole matrix. */
      public boolean full() {
        return this == ARBITRARY || this == CONSTANT;
      }
    }
  }

  /** Errors of an architecture description. */
  static final class ArchitectureErrors {
    /** Layers of this width and number have fewer weights than the longest array. */
    private static final int WIDEST = 4096;

    private static final int MOST_LAYERS = 64;

    private ArchitectureErrors() {}

    static LatticeLiftException bad(String key, Object value, String allowed) {
      return LatticeLiftException.badData(
          "The architecture has " + key + " = " + value,
          "architecture " + key,
          "allowed is " + allowed,
          "Correct the configuration, or train the model again if the file is damaged");
    }

    static void notNull(String key, Object value) {
      if (value == null) {
        throw bad(key, null, "a value");
      }
    }

    static List<Integer> widths(String key, List<Integer> widths) {
      if (widths == null
          || widths.isEmpty()
          || widths.size() > MOST_LAYERS
          || widths.stream().anyMatch(w -> w == null || w < 1 || w > WIDEST)) {
        throw bad(key, widths, "a list of 1 to " + MOST_LAYERS + " integers from 1 to " + WIDEST);
      }
      return List.copyOf(widths);
    }

    static void nonNegative(String key, double value) {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw bad(key, value, "a number >= 0");
      }
    }
  }
}
