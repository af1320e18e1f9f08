package org.latticelift.learn.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.atoms.LammpsDump;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Writes results in formats of other programs; a failure leaves no file behind. */
public final class Export {
  private Export() {}

  /** The formats. */
  public enum Format {
    /** Trajectories and ensembles as comma-separated values. */
    CSV("csv"),
    /** One state as a LAMMPS text dump. */
    LAMMPS("dump"),
    /** One state as extended XYZ. */
    XYZ("xyz");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }

    /**
     * The usual ending of a file name.
     *
     * @return without the dot
     */
    public String ending() {
      return ending;
    }
  }

  /**
   * Which state is written.
   *
   * @param crystal whose lattice it is
   * @param condition group of the file; null for the first
   * @param index number of the state; negative counts from the end
   */
  public record StateChoice(Crystal crystal, String condition, long index) {}

  /**
   * Writes a file.
   *
   * @param input HDF5 file of a stage
   * @param format of the output
   * @param choice which state, for the formats of states
   * @param output the file
   * @param overwrite whether an existing file is replaced; else it is an error
   */
  public static void write(
      Path input, Format format, StateChoice choice, Path output, boolean overwrite) {
    try (Hdf5Reader reader = Hdf5Reader.open(input)) {
      SingleFile.write(
          output,
          overwrite,
          beside -> {
            if (format == Format.CSV) {
              csv(reader, beside);
            } else {
              states(reader, format, choice, beside);
            }
          });
    }
  }

  private static void csv(Hdf5Reader reader, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      CsvExport.write(reader, out);
    }
  }

  private static void states(Hdf5Reader reader, Format format, StateChoice choice, Path file) {
    AtomSource frame =
        Frames.of(reader, choice.crystal(), choice.condition()).frame(choice.index());
    if (format == Format.LAMMPS) {
      LammpsDump.write(file, frame);
    } else {
      ExtendedXyz.write(file, frame);
    }
  }
}
