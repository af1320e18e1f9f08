package org.latticelift.cli;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** What {@code doctor} tries. Each returns one line, or throws. */
final class Probes {
  private Probes() {}

  static String java() {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    return Runtime.version() + ", heap up to " + heap + " MiB (LATTICELIFT_HEAP changes it)";
  }

  /** The Vector API by reflection, so that this class loads without the module. */
  static String vectorModule() throws ReflectiveOperationException {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "module jdk.incubator.vector is missing: plain kernels, same results, slower";
    }
    Class<?> type = Class.forName("jdk.incubator.vector.VectorShape");
    Object shape = type.getMethod("preferredShape").invoke(null);
    return "jdk.incubator.vector, " + type.getMethod("vectorBitSize").invoke(shape) + " bits";
  }

  static String engine() {
    Engine engine = Engine.getEngine("PyTorch");
    try (NDManager manager = engine.newBaseManager()) {
      NDArray two = manager.ones(new Shape(2)).sum();
      if (two.getFloat() != 2) {
        throw new IllegalStateException("1 + 1 gave " + two.getFloat());
      }
    }
    return engine.getEngineName() + " " + engine.getVersion() + " loads and computes";
  }

  static String gpu() {
    int gpus = Engine.getEngine("PyTorch").getGpuCount();
    return gpus == 0 ? "none that the engine can use: training runs on the CPU" : gpus + " found";
  }
}
