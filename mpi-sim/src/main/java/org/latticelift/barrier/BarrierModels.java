package org.latticelift.barrier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.latticelift.config.Binder;
import org.latticelift.config.ConfigNode;
import org.latticelift.crystal.Crystal;
import org.latticelift.error.ExitCode;
import org.latticelift.error.LatticeLiftException;

/** Makes the barrier model that a configuration asks for. */
public final class BarrierModels {
  private static final String HOME = "latticelift.home";
  private static final Path SHIPPED = Path.of("configs", "models");

  private BarrierModels() {}

  /**
   * Makes a model.
   *
   * @param section the configuration section {@code barrier}
   * @param crystal the crystal
   * @return the model
   */
  public static BarrierModel fromConfig(ConfigNode section, Crystal crystal) {
    return create(Binder.bind(section, BarrierConfig.class), section.where(), crystal);
  }

  /**
   * Makes a model.
   *
   * @param config what is asked for
   * @param where the configuration's place, for messages
   * @param crystal the crystal
   * @return the model
   */
  public static BarrierModel create(BarrierConfig config, String where, Crystal crystal) {
    boolean network = config.model().equals("network");
    boolean pairwise = config.model().equals("pairwise");
    refuse(config.weights(), !network, "weights", config, where);
    refuse(config.order(), pairwise, "order", config, where);
    refuse(config.bnEpsilon(), pairwise, "bn_epsilon", config, where);
    refuse(config.pairwise(), !pairwise, "pairwise", config, where);
    BarrierModel model = pairwise ? pairwise(config, crystal) : network(config, where, crystal);
    return config.attemptFrequency().map(f -> f.applyTo(model)).orElse(model);
  }

  private static void refuse(
      Optional<?> value, boolean refused, String key, BarrierConfig config, String where) {
    if (value.isPresent() && refused) {
      throw LatticeLiftException.badData(
          "'" + key + "' has no meaning for model '" + config.model() + "'",
          where,
          "weights for network, pairwise for pairwise, order and bn_epsilon for networks",
          "Remove the key or change the model");
    }
  }

  private static BarrierModel network(BarrierConfig config, String where, Crystal crystal) {
    BarrierWeights weights = BarrierWeights.read(weightFile(config, where));
    return new NetworkBarrier(config.model(), weights, crystal, config.order(), config.bnEpsilon());
  }

  private static BarrierModel pairwise(BarrierConfig config, Crystal crystal) {
    PairEnergies energies = config.pairwise().orElseGet(() -> PairEnergies.defaults(crystal));
    return new PairwiseBarrier(crystal, energies, BarrierWeights.DEFAULT_ATTEMPT_FREQUENCY);
  }

  private static Path weightFile(BarrierConfig config, String where) {
    if (!config.model().equals("network")) {
      return shipped(config.model());
    }
    return config
        .weights()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "model 'network' without weights",
                    where,
                    "weights: FILE.h5",
                    "Name a weight file, or use model compact"));
  }

  /**
   * The weights of a shipped network: below the folder of the system property {@code
   * latticelift.home}, else below the working directory or a folder above it.
   *
   * @param name {@code compact} or {@code small}
   * @return an existing file
   */
  public static Path shipped(String name) {
    Path relative = SHIPPED.resolve(name + ".h5");
    String home = System.getProperty(HOME);
    if (home != null) {
      return existing(Path.of(home).resolve(relative), name);
    }
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve(relative))) {
        return p.resolve(relative);
      }
    }
    return existing(relative, name);
  }

  private static Path existing(Path file, String name) {
    if (Files.exists(file)) {
      return file;
    }
    throw new LatticeLiftException(
        ExitCode.MISSING_INPUT,
        "the weights of the shipped network '" + name + "' are not there",
        file.toString(),
        "a complete installation; the system property " + HOME + " names its folder",
        "Restore the file, or use model network with weights of your own");
  }
}
