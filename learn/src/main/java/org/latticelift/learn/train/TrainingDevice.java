package org.latticelift.learn.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Where a training runs. */
public enum TrainingDevice {
  /** With the engine djl a GPU where it finds one; otherwise the CPU. */
  AUTO,
  /** The CPU; results are equal bit for bit on the same CPU type and engine version. */
  CPU,
  /** A GPU; an error if there is none. */
  GPU;

  /**
   * The engine's device.
   *
   * @return CPU or the first GPU
   * @throws LatticeLiftException (69) if the engine cannot start or a GPU is asked for and absent
   */
  public Device resolve() {
    Engine engine = engine();
    if (this == CPU) {
      return Device.cpu();
    }
    if (engine.getGpuCount() > 0) {
      return Device.gpu(0);
    }
    if (this == GPU) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "There is no GPU that the training engine can use",
          "train.device",
          "gpu needs a CUDA build of libtorch (PYTORCH_LIBRARY_PATH) and a driver",
          "Set train.device to auto or cpu");
    }
    return Device.cpu();
  }

  /**
   * The PyTorch engine.
   *
   * @return the engine, started
   * @throws LatticeLiftException (69) if it cannot start
   */
  public static Engine engine() {
    try {
      return EngineLibrary.withLibrary(() -> Engine.getEngine("PyTorch"));
    } catch (EngineException | UnsatisfiedLinkError | IllegalArgumentException e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "The training engine PyTorch does not start: " + e.getMessage(),
          "DJL",
          "its native library and a writable cache folder (DJL_CACHE_DIR) are needed",
          "Run latticelift doctor",
          e);
    }
  }
}
