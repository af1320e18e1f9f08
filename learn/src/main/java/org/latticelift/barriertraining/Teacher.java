package org.latticelift.barriertraining;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.barrier.BarrierModel;
import org.latticelift.barrier.BarrierModels;
import org.latticelift.barrier.BarrierWeights;
import org.latticelift.barrier.InputOrder;
import org.latticelift.config.ConfigNode;
import org.latticelift.crystal.Crystal;
import org.latticelift.rundir.Provenance;

/**
 * A teacher and what a table says about it.
 *
 * @param model gives the barriers
 * @param origin recorded in the table
 */
record Teacher(BarrierModel model, TableOrigin origin) {

  static Teacher of(ConfigNode barrier, Crystal crystal) {
    BarrierModel model = BarrierModels.fromConfig(barrier, crystal);
    Optional<Path> file =
        barrier.find("weights").filter(n -> !n.isNull()).map(n -> Path.of(n.text()));
    Optional<BarrierWeights> weights = file.map(BarrierWeights::read);
    Optional<InputOrder> order =
        barrier.find("order").map(n -> InputOrder.valueOf(n.text().toUpperCase(Locale.ROOT)));
    Optional<Double> epsilon = barrier.find("bn_epsilon").map(ConfigNode::number);
    double[] frequency = new double[model.species()];
    for (int s = 1; s <= frequency.length; s++) {
      frequency[s - 1] = model.attemptFrequency(s);
    }
    return new Teacher(
        model,
        new TableOrigin(
            model.name(),
            model.name(),
            file.map(Teacher::checksum).orElse(""),
            weights.map(w -> w.resolveOrder(order)),
            weights.map(w -> w.resolveEpsilon(epsilon)),
            frequency));
  }

  private static String checksum(Path file) {
    Map<String, String> inputs = Provenance.here("", 0, 1).withInput(file).inputs();
    return inputs.values().iterator().next();
  }
}
