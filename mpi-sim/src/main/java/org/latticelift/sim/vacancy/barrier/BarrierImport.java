package org.latticelift.sim.vacancy.barrier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.vacancy.barrier.HiddenLayer.BatchNorm;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.InputOrder;
import org.latticelift.sim.vacancy.barrier.RestrictedUnpickler.NpyArray;

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

  /** Reads and writes; what was read, with order and epsilon. */
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

  /**
   * Reads the published barrier network from its NumPy file (AL-34): format 1.0, an object array of
   * float32 arrays; six per hidden layer (weight, bias, scale, shift, mean, variance), then the
   * weight and bias of the output. The pickle inside is read without loading or running anything.
   */
  public static final class NumpyWeights {
    private static final long MAX_BYTES = 1L << 28;
    private static final int ARRAYS_PER_LAYER = 6;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int HEADER_START = MAGIC.length + 2;
    private static final Pattern HEADER =
        Pattern.compile(
            "\\{'descr': '\\|O', 'fortran_order': False, 'shape': \\((\\d{1,4}),\\), }\\s*");

    private NumpyWeights() {}

    /**
     * Reads a file of the published form; the network: integer codes, batch normalisation, ReLU;
     * its input order is not recorded in such a file and stays open.
     */
    public static BarrierWeights read(Path file) {
      return assemble(arrays(file), file);
    }

    /** The arrays in file order. */
    static List<NpyArray> arrays(Path file) {
      byte[] bytes = load(file);
      int count = header(bytes, file);
      int start = HEADER_START + headerLength(bytes);
      List<NpyArray> arrays = new RestrictedUnpickler(bytes, start, file.toString()).read();
      if (arrays.size() != count) {
        throw bad(
            file,
            arrays.size() + " arrays where the header announces " + count,
            "the announced number");
      }
      return arrays;
    }

    private static byte[] load(Path file) {
      try {
        if (Files.size(file) > MAX_BYTES) {
          throw bad(
              file, "a weight file of " + Files.size(file) + " bytes", "at most " + MAX_BYTES);
        }
        return Files.readAllBytes(file);
      } catch (NoSuchFileException e) {
        throw new LatticeLiftException(
            ExitCode.MISSING_INPUT,
            "no such weight file",
            file.toString(),
            "a NumPy file of barrier weights",
            "Check the path",
            e);
      } catch (IOException e) {
        throw new LatticeLiftException(
            ExitCode.MISSING_INPUT,
            "the weight file cannot be read",
            file.toString(),
            "a readable file",
            "Check the file and its permissions",
            e);
      }
    }

    private static int header(byte[] bytes, Path file) {
      for (int i = 0; i < MAGIC.length; i++) {
        if (bytes.length < HEADER_START || bytes[i] != MAGIC[i]) {
          throw bad(file, "not a NumPy file of format 1.0", "a .npy file of format 1.0");
        }
      }
      int length = headerLength(bytes);
      if (HEADER_START + length > bytes.length) {
        throw bad(file, "the file ends within the NumPy header", "a complete file");
      }
      String text = new String(bytes, HEADER_START, length, StandardCharsets.ISO_8859_1);
      Matcher matcher = HEADER.matcher(text);
      if (!matcher.matches()) {
        throw bad(
            file, "NumPy header " + text.strip(), "a one-dimensional object array in C order");
      }
      return Integer.parseInt(matcher.group(1));
    }

    private static int headerLength(byte[] bytes) {
      return Byte.toUnsignedInt(bytes[MAGIC.length])
          | Byte.toUnsignedInt(bytes[MAGIC.length + 1]) << 8;
    }

    private static BarrierWeights assemble(List<NpyArray> arrays, Path file) {
      int layers = (arrays.size() - 2) / ARRAYS_PER_LAYER;
      if (layers < 1 || arrays.size() != ARRAYS_PER_LAYER * layers + 2) {
        throw bad(
            file,
            arrays.size() + " arrays",
            "six for each hidden layer and two for the output (26 for four layers)");
      }
      List<HiddenLayer> hidden = new ArrayList<>();
      int inputs = BarrierWeights.VOXELS;
      for (int layer = 0; layer < layers; layer++) {
        int first = layer * ARRAYS_PER_LAYER;
        int width = lastExtent(arrays.get(first));
        hidden.add(hiddenLayer(arrays, first, inputs, width, file));
        inputs = width;
      }
      int last = layers * ARRAYS_PER_LAYER;
      float[] outputWeight = checked(arrays, last, file, inputs, 1);
      float outputBias = checked(arrays, last + 1, file, 1)[0];
      return BarrierWeights.published(hidden, outputWeight, outputBias, file.toString());
    }

    private static HiddenLayer hiddenLayer(
        List<NpyArray> arrays, int first, int inputs, int width, Path file) {
      float[] weight = checked(arrays, first, file, inputs, width);
      float[] bias = checked(arrays, first + 1, file, width);
      BatchNorm norm =
          new BatchNorm(
              checked(arrays, first + 2, file, width),
              checked(arrays, first + 3, file, width),
              checked(arrays, first + 4, file, width),
              checked(arrays, first + 5, file, width));
      return new HiddenLayer(inputs, width, weight, bias, Optional.of(norm));
    }

    private static int lastExtent(NpyArray array) {
      return array.shape()[array.shape().length - 1];
    }

    private static float[] checked(List<NpyArray> arrays, int index, Path file, int... shape) {
      NpyArray array = arrays.get(index);
      if (!java.util.Arrays.equals(array.shape(), shape)) {
        throw LatticeLiftException.badData(
            "array " + index + " has shape " + array.shapeText(),
            file + ", byte " + array.offset(),
            "shape " + java.util.Arrays.toString(shape),
            "Use a file of the published form");
      }
      return array.data();
    }

    private static LatticeLiftException bad(Path file, String what, String allowed) {
      return LatticeLiftException.badData(
          what, file.toString(), allowed, "Use the weight file as published");
    }
  }
}
