package org.latticelift.learn.barrierfit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.vacancy.barrier.BarrierConfig;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * A teacher and what a table says about it.
 *
 * @param model gives the barriers
 * @param origin recorded in the table
 */
record Teacher(BarrierModel model, TableOrigin origin) {

  /** For species in the order of the codes of the table. */
  static Teacher of(ConfigNode barrier, Crystal crystal, List<String> species) {
    BarrierModel model = BarrierModels.fromConfig(barrier, crystal, species);
    BarrierConfig config = Binder.bind(barrier, BarrierConfig.class);
    Optional<Path> file = file(config);
    Optional<BarrierWeights> weights = file.map(BarrierWeights::read);
    double[] frequency = new double[species.size()];
    for (int s = 1; s <= frequency.length; s++) {
      frequency[s - 1] = model.attemptFrequency(s);
    }
    return new Teacher(
        model,
        new TableOrigin(
            model.name(),
            model.name(),
            file.map(Teacher::checksum).orElse(""),
            weights.map(w -> w.resolveOrder(config.order())),
            weights.map(w -> w.resolveEpsilon(config.bnEpsilon())),
            frequency));
  }

  private static Optional<Path> file(BarrierConfig config) {
    return switch (config.model()) {
      case PAIRWISE -> Optional.empty();
      case NETWORK -> config.weights().map(InputFile::path);
      case COMPACT, SMALL -> Optional.of(BarrierModels.shipped(Binder.text(config.model())));
    };
  }

  private static String checksum(Path file) {
    Map<String, String> inputs = Provenance.here("", 0, 1).withInput(file).inputs();
    return inputs.values().iterator().next();
  }
}
