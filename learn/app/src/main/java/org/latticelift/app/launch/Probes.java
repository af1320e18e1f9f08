package org.latticelift.app.launch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.train.EngineLibrary;
import org.latticelift.learn.train.TrainingDevice;
import org.latticelift.sim.parallel.communicator.Transports;

/** What {@code doctor} tries. Each returns one line, or throws. */
public final class Probes {
  private static final int FOREIGN_FUNCTIONS = 22;

  private Probes() {}

  /** The Java in use. */
  public static String java() {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    return Runtime.version() + ", heap up to " + heap + " MiB (LATTICELIFT_HEAP changes it)";
  }

  /**
   * The Vector API, by reflection, so that this class loads without the module.
   *
   * @throws ReflectiveOperationException if the module is not as expected
   */
  public static String vectorModule() throws ReflectiveOperationException {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "module jdk.incubator.vector is missing: plain kernels, same results, slower";
    }
    Class<?> type = Class.forName("jdk.incubator.vector.VectorShape");
    Object shape = type.getMethod("preferredShape").invoke(null);
    return "jdk.incubator.vector, " + type.getMethod("vectorBitSize").invoke(shape) + " bits";
  }

  /**
   * Writing and reading a file.
   *
   * @throws IOException if there is no room for it
   */
  public static String hdf5() throws IOException {
    Path folder = Files.createTempDirectory("latticelift-doctor");
    Path file = folder.resolve("probe.h5");
    double[] written = {1, 2, 3};
    try {
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        DatasetInfo info = DatasetInfo.of("1", "probe of the installation", "row");
        writer.dataset("/probe", written, new long[] {written.length}, info);
      }
      try (Hdf5Reader reader = Hdf5Reader.open(file)) {
        require(Arrays.equals(reader.doubles("/probe"), written), "other values came back");
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
    return "a file written in " + folder.getParent() + " reads back equal";
  }

  /** The training engine. */
  public static String engine() {
    if (!EngineLibrary.isHere()) {
      return "djl is not here (112 MB): closures, barrier train and train.engine: djl need it; for"
          + " it "
          + EngineLibrary.remedy();
    }
    Engine engine = TrainingDevice.engine();
    try (NDManager manager = engine.newBaseManager()) {
      NDArray two = manager.ones(new Shape(2)).sum();
      require(two.getFloat() == 2, "1 + 1 gave " + two.getFloat());
    }
    return engine.getEngineName() + " " + engine.getVersion() + " loads and computes";
  }

  /** What the training engine can use. */
  public static String gpu() {
    if (!EngineLibrary.isHere()) {
      return "not looked for, as the training engine is not here";
    }
    int gpus = TrainingDevice.engine().getGpuCount();
    return gpus == 0 ? "none that the engine can use: training runs on the CPU" : gpus + " found";
  }

  /** What can pass messages between ranks; the launcher has measured what it could start. */
  public static String transports() {
    StringBuilder found = new StringBuilder("local" + foreignFunctions());
    for (String name : List.of("openmpi", "mpj")) {
      boolean installed = Transports.installed().contains(name);
      found.append(installed ? ", " + Transports.load(name).name() : "; no " + name);
      found.append(
          installed || EngineLibrary.isPackaged()
              ? ""
              : " (run mpi-sim/setup-mpi --install, see docs/how-to/many-ranks.md)");
    }
    return found.toString();
  }

  private static String foreignFunctions() {
    if (Runtime.version().feature() < FOREIGN_FUNCTIONS) {
      return "; no ffm (needs Java >= " + FOREIGN_FUNCTIONS + ")";
    }
    boolean installed = Transports.installed().contains("ffm");
    return installed
        ? ", " + Transports.load("ffm").name()
        : "; no ffm (this build was made with an older JDK)";
  }

  private static void require(boolean works, String otherwise) {
    if (!works) {
      throw new IllegalStateException(otherwise);
    }
  }
}
