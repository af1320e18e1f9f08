package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Path;
import java.util.Optional;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;

/**
 * Turns the published NumPy weights into HDF5.
 *
 * @param weights the .npy file
 * @param out the HDF5 file to make
 * @param order recorded in the file if given; then no other order can be used with it
 * @param epsilon recorded in the file; default {@link BarrierWeights#DEFAULT_EPSILON}
 * @param overwrite whether an existing file is replaced
 */
public record BarrierImport(
    Path weights,
    Path out,
    Optional<InputOrder> order,
    Optional<Double> epsilon,
    boolean overwrite) {

  /**
   * Reads and writes.
   *
   * @return what was read, with order and epsilon
   */
  public BarrierWeights run() {
    double recorded = epsilon.orElse(BarrierWeights.DEFAULT_EPSILON);
    BarrierWeights read = NumpyWeights.read(weights).with(order, Optional.of(recorded));
    Provenance provenance = Provenance.here("", 0, 1).withInput(weights);
    SingleFile.write(
        out,
        overwrite,
        beside -> {
          try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
            read.write(writer);
            provenance.writeTo(writer);
          }
        });
    return read;
  }
}
