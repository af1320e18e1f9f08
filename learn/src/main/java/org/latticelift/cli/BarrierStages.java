package org.latticelift.cli;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.barriertraining.BarrierSampleStage;
import org.latticelift.barriertraining.BarrierTrainStage;
import org.latticelift.barriertraining.BarrierTrainingConfig;
import org.latticelift.config.Binder;
import org.latticelift.config.ConfigNode;
import org.latticelift.crystal.Crystal;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.rundir.Stage;

/**
 * The stages of a configuration of {@code barrier sample} and {@code barrier train}.
 *
 * @param config of both
 * @param file where it is from, for messages
 */
record BarrierStages(BarrierTrainingConfig config, String file) {
  /** Whether a configuration is one of these, and not one of a whole pipeline. */
  static boolean fit(ConfigNode node) {
    return node.isMapping()
        && node.find("conditions").isEmpty()
        && (node.find("sample").isPresent()
            || node.find("train")
                .filter(ConfigNode::isMapping)
                .flatMap(train -> train.find("table"))
                .isPresent());
  }

  static BarrierStages of(ConfigNode node, String file) {
    return new BarrierStages(Binder.bind(node, BarrierTrainingConfig.class), file);
  }

  BarrierSampleStage sample() {
    return new BarrierSampleStage(
        config.sample().orElseThrow(() -> missing("sample")),
        config.barrier().orElseThrow(() -> missing("barrier")),
        Crystal.bcc());
  }

  BarrierTrainStage train() {
    return new BarrierTrainStage(config.train().orElseThrow(() -> missing("train")));
  }

  /** Those that have a section. */
  List<Stage> all() {
    List<Stage> all = new ArrayList<>();
    if (config.sample().isPresent()) {
      all.add(sample());
    }
    if (config.train().isPresent()) {
      all.add(train());
    }
    return all;
  }

  /** Everything with defaults filled in. */
  String resolvedYaml() {
    return Binder.resolve(config).toYaml();
  }

  private LatticeLiftException missing(String section) {
    return LatticeLiftException.badData(
        "section '" + section + "' is missing",
        file,
        "a mapping; its keys are in configs/models/compact.yaml",
        "Add it");
  }
}
