package org.latticelift.io.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.latticelift.io.atoms.AtomFiles;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.atoms.LammpsDump;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Describes a file in at most about forty lines: HDF5, or atoms of any format that is read. */
public final class Inspector {
  private static final int HEAD = 4096;
  private static final String DUMP = "ITEM:";
  private static final String HDF5 = "\u0089HDF\r\n";
  private static final String ALLOWED =
      "an HDF5 file, or atoms as extended XYZ, POSCAR, CIF, LAMMPS dump or data";
  private static final Set<AtomFiles.Format> OTHERS =
      EnumSet.of(AtomFiles.Format.POSCAR, AtomFiles.Format.CIF, AtomFiles.Format.LAMMPS_DATA);

  private Inspector() {}

  /**
   * Describes a file.
   *
   * @param file HDF5, LAMMPS dump or extended XYZ, told apart by content, or atoms in another
   *     format, told by its name
   * @return lines
   */
  public static String describe(Path file) {
    return inspect(file, Double.NaN).text();
  }

  /**
   * What is seen of a file.
   *
   * @param text lines
   * @param emptySites of a file of atoms; none of another
   */
  public record Inspection(String text, EmptySites emptySites) {
    private Inspection(String text) {
      this(text, new EmptySites(0, 0));
    }
  }

  /**
   * Describes a file, and counts what it leaves empty of a lattice.
   *
   * @param file as for {@link #describe}
   * @param siteVolume volume of a site of the lattice, Å^3; not a number where it is not known, so
   *     that only empty sites which the file names are counted
   * @return lines and empty sites
   */
  public static Inspection inspect(Path file, double siteVolume) {
    byte[] head = head(file);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith(DUMP)) {
      AtomFrame frame = LammpsDump.read(file);
      return atoms(file, "LAMMPS dump", ", step " + frame.timestep(), frame, siteVolume);
    }
    if (text.contains("Lattice=")) {
      AtomFrame frame = ExtendedXyz.read(file);
      return atoms(file, "extended XYZ", ", step " + frame.timestep(), frame, siteVolume);
    }
    AtomFiles.Format format = AtomFiles.format(file);
    if (OTHERS.contains(format)) {
      return atoms(file, format.title(), "", AtomFiles.read(file, List.of()), siteVolume);
    }
    if (!text.startsWith(HDF5) && !file.getFileName().toString().matches(".*\\.h(df)?5")) {
      throw LatticeLiftException.badData(
          "the file is not an HDF5 file", file.toString(), ALLOWED, "Name another file");
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return new Inspection(new Hdf5Summary(reader).describe(size(file)));
    }
  }

  private static byte[] head(Path file) {
    if (Files.isDirectory(file)) {
      throw LatticeLiftException.unreadable(file, "a file in this folder, such as pairs.h5", null);
    }
    if (!Files.isRegularFile(file)) {
      throw missing(file, null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw missing(file, e);
    }
  }

  private static LatticeLiftException missing(Path file, IOException cause) {
    return LatticeLiftException.unreadable(file, ALLOWED, cause);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw missing(file, e);
    }
  }

  private static Inspection atoms(
      Path file, String kind, String step, AtomFrame frame, double siteVolume) {
    StringBuilder out = new StringBuilder();
    out.append(file.getFileName()).append(": ").append(kind).append(", ");
    out.append(frame.atoms()).append(" atoms").append(step).append('\n');
    out.append("cell (Å): ").append(vectors(frame.cell())).append('\n');
    counts(frame).forEach((name, n) -> out.append(line(name, n, frame.atoms())));
    return new Inspection(out.toString(), emptySites(frame, siteVolume));
  }

  private static EmptySites emptySites(AtomFrame frame, double siteVolume) {
    int x = frame.speciesNames().indexOf("X") + 1; // 0, an empty site, where there is none
    long named = Arrays.stream(frame.type()).filter(type -> type == 0 || type == x).count();
    double room = Double.isNaN(siteVolume) ? 0 : frame.volume() / siteVolume;
    long sites = Math.max(frame.atoms(), Math.round(room));
    return new EmptySites(sites - frame.atoms() + named, sites);
  }

  private static String vectors(double[] cell) {
    List<String> rows =
        List.of(
            Arrays.toString(Arrays.copyOfRange(cell, 0, 3)),
            Arrays.toString(Arrays.copyOfRange(cell, 3, 6)),
            Arrays.toString(Arrays.copyOfRange(cell, 6, 9)));
    return String.join(" ", rows);
  }

  private static Map<String, Integer> counts(AtomFrame frame) {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> names = frame.speciesNames();
    for (int type : frame.type()) {
      String name = type <= names.size() ? " " + names.get(type - 1) : "";
      counts.merge("type " + type + name, 1, Integer::sum);
    }
    return counts;
  }

  private static String line(String name, int n, int all) {
    return String.format(Locale.ROOT, "%s: %d (%.3f %%)%n", name, n, 100.0 * n / all)
        .replace("\r", "");
  }
}
