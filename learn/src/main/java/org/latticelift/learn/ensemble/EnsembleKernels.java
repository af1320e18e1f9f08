package org.latticelift.learn.ensemble;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.plugin.PluginFolder;

/**
 * Chooses a kernel. Optional ones are in sub-folders of the folder that the property {@code
 * latticelift.kernels} names, set by the launcher; each has a class loader of its own, and nothing
 * of it is loaded before it is chosen.
 */
public final class EnsembleKernels {
  /** The system property that names the folder. */
  public static final String FOLDER = "latticelift.kernels";

  private static final String CPU_KERNEL = "nd4j";
  private static final String GPU_KERNEL = "nd4j-cuda";

  private EnsembleKernels() {}

  /**
   * Loads a kernel.
   *
   * @param engine the key {@code ensemble.engine}
   * @param device the key {@code ensemble.device}
   * @return the kernel, whose device has not been checked yet
   * @throws LatticeLiftException (65) for a GPU without a kernel for one, (69) if the kernel is not
   *     installed
   */
  public static EnsembleKernel load(EnsembleEngine engine, EnsembleDevice device) {
    if (engine == EnsembleEngine.JAVA) {
      if (device == EnsembleDevice.GPU) {
        throw LatticeLiftException.badData(
            "a GPU with the engine java",
            "ensemble.device",
            "cpu, or gpu with ensemble.engine: nd4j",
            "Change one of them");
      }
      return new JavaKernel();
    }
    String name = device == EnsembleDevice.GPU ? GPU_KERNEL : CPU_KERNEL;
    return ServiceLoader.load(EnsembleKernel.class, loader(name)).stream()
        .map(ServiceLoader.Provider::get)
        .filter(kernel -> kernel.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  private static ClassLoader loader(String name) {
    ClassLoader own = EnsembleKernels.class.getClassLoader();
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      return own;
    }
    // The kernel for the processor also knows which GPUs are of use.
    return Stream.of(name, CPU_KERNEL)
        .map(each -> Path.of(folder, each))
        .filter(Files::isDirectory)
        .findFirst()
        .map(found -> new PluginFolder(found).loader(own))
        .orElse(own);
  }

  private static LatticeLiftException missing(String name) {
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        "the kernel '" + name + "' is not installed",
        "ensemble.engine",
        "java, or nd4j after learn/nd4j/setup " + (name.equals(GPU_KERNEL) ? "cuda" : "native"),
        "Run that and start again, or set ensemble.engine: java");
  }
}
