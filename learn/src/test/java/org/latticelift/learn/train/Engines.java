package org.latticelift.learn.train;

import ai.djl.Device;
import java.util.List;
import org.latticelift.learn.train.TrainingEngine.DjlEngine;
import org.latticelift.learn.train.TrainingEngine.FusedEngine;

/** The engines that tests compare, on the CPU. */
final class Engines {
  static final GradientEngine JAVA = new FusedEngine();
  static final GradientEngine DJL = new DjlEngine(Device.cpu());

  private Engines() {}

  static List<GradientEngine> both() {
    return List.of(JAVA, DJL);
  }
}
