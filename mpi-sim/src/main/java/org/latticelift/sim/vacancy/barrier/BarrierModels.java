package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Makes the barrier model that a configuration asks for. */
public final class BarrierModels {
  private static final String HOME = "latticelift.home";
  private static final Path SHIPPED = Path.of("configs", "models");

  private BarrierModels() {}

  /** Makes a model ({@code section}: the configuration section {@code barrier}). */
  public static BarrierModel fromConfig(ConfigNode section, Crystal crystal) {
    return fromConfig(section, crystal, Optional.empty());
  }

  /**
   * Makes a model for named species ({@code section}: the configuration section {@code barrier};
   * {@code species}: names of the species with codes 1, 2, ...; a model that knows its own has them
   * in any order).
   */
  public static BarrierModel fromConfig(ConfigNode section, Crystal crystal, List<String> species) {
    requireSpecies(species);
    BarrierModel model = fromConfig(section, crystal, Optional.of(species));
    if (species.size() > model.species()) {
      throw LatticeLiftException.badData(
          species.size() + " species",
          "species " + species,
          "2 to " + model.species() + " with barrier model " + model.name(),
          "Change the list or the barrier model");
    }
    return model;
  }

  private static void requireSpecies(List<String> species) {
    if (Set.copyOf(species).size() < species.size() || species.size() < 2) {
      throw LatticeLiftException.badData(
          species.size() < 2 ? species.size() + " species" : "a species is listed twice",
          "species " + species,
          "2 or more different names",
          "Correct the list");
    }
  }

  private static BarrierModel fromConfig(
      ConfigNode section, Crystal crystal, Optional<List<String>> species) {
    BarrierConfig config = Binder.bind(section, BarrierConfig.class);
    String where = section.where();
    ModelKind kind = config.model();
    boolean linear = kind == ModelKind.PAIRWISE || kind == ModelKind.LINEAR;
    boolean named = kind == ModelKind.NETWORK || kind == ModelKind.LINEAR;
    refuse(config.weights(), !named, "weights", config, where);
    refuse(config.order(), linear, "order", config, where);
    refuse(config.bnEpsilon(), linear, "bn_epsilon", config, where);
    refuse(config.pairwise(), kind != ModelKind.PAIRWISE, "pairwise", config, where);
    BarrierModel model =
        switch (kind) {
          case PAIRWISE -> pairwise(config, where, crystal, species);
          case LINEAR -> linear(config, where, crystal, species);
          case NETWORK -> stating(network(config, where, crystal, species), config, where);
          case COMPACT, SMALL -> network(config, where, crystal, species);
        };
    return config.attemptFrequency().map(f -> f.applyTo(model)).orElse(model);
  }

  /** The same barriers, with what the file of the network states of its table. */
  private static BarrierModel stating(BarrierModel model, BarrierConfig config, String where) {
    Optional<TableError> error = weightFile(config, where).read(FittedModelFile::error);
    return model.tableError().isPresent() || error.isEmpty()
        ? model
        : new ForwardingBarriers(model) {
          @Override
          public Optional<TableError> tableError() {
            return error;
          }
        };
  }

  private static void refuse(
      Optional<?> value, boolean refused, String key, BarrierConfig config, String where) {
    if (value.isPresent() && refused) {
      throw LatticeLiftException.badData(
          "'" + key + "' has no meaning for model '" + Binder.text(config.model()) + "'",
          where,
          "weights for network and linear, pairwise for pairwise, order and bn_epsilon for networks",
          "Remove the key or change the model");
    }
  }

  private static BarrierModel network(
      BarrierConfig config, String where, Crystal crystal, Optional<List<String>> species) {
    InputFile weights = weightFile(config, where);
    if (config.model() == ModelKind.NETWORK && weights.read(FittedModelFile::isLinear)) {
      return linear(config, where, crystal, species);
    }
    return weights.read(
        file ->
            FittedModelFile.network(
                Binder.text(config.model()),
                file,
                crystal,
                species,
                config.order(),
                config.bnEpsilon()));
  }

  private static BarrierModel linear(
      BarrierConfig config, String where, Crystal crystal, Optional<List<String>> species) {
    InputFile file = weightFile(config, where);
    if (!file.read(FittedModelFile::isLinear)) {
      return network(config, where, crystal, species);
    }
    return file.read(LinearModelFile::read)
        .model(Binder.text(config.model()), crystal, species, file.text());
  }

  private static BarrierModel pairwise(
      BarrierConfig config, String where, Crystal crystal, Optional<List<String>> species) {
    LinearTerms given = config.pairwise().orElseGet(() -> LinearTerms.defaults(crystal));
    String source =
        config.pairwise().isPresent()
            ? where + ", pairwise.species"
            : "defaults of barrier model pairwise";
    LinearTerms energies = species.map(names -> given.inOrderOf(names, source)).orElse(given);
    return new LinearBarrier(
        "pairwise", crystal, energies, BarrierWeights.DEFAULT_ATTEMPT_FREQUENCY);
  }

  private static InputFile weightFile(BarrierConfig config, String where) {
    if (config.model() == ModelKind.COMPACT || config.model() == ModelKind.SMALL) {
      return InputFile.of(shipped(Binder.text(config.model())));
    }
    return config
        .weights()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "model '" + Binder.text(config.model()) + "' without weights",
                    where,
                    "weights: FILE.h5",
                    "Name a weight file, or use model compact"));
  }

  /**
   * The weights of a shipped network: below the folder of the system property {@code
   * latticelift.home}, else below the working directory or a folder above it ({@code name}: {@code
   * compact} or {@code small}).
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
