package org.latticelift.learn.barrierfit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Reads a barrier table from comma-separated values: per line the S species codes of an environment
 * in the canonical order of the reference hop, then the barriers of the H hops in eV ({@code NaN}
 * or nothing: blocked or not computed), then optionally the name of a category. Empty lines and
 * lines that begin with {@code #} are skipped.
 */
public final class BarrierTableCsv {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final int sites;
  private final int hops;
  private final List<String> species;
  private final List<byte[]> environments = new ArrayList<>();
  private final List<float[]> barriers = new ArrayList<>();
  private final List<Integer> categories = new ArrayList<>();
  private final Map<String, Integer> names = new LinkedHashMap<>();

  private BarrierTableCsv(Path file, int sites, int hops, List<String> species) {
    this.file = file;
    this.sites = sites;
    this.hops = hops;
    this.species = List.copyOf(species);
  }

  /**
   * Reads a file.
   *
   * @param file comma-separated values
   * @param sites environment sites S of the crystal
   * @param hops hop directions H of the crystal
   * @param species names of species 1, 2, ...
   * @return the table
   */
  public static BarrierTable read(Path file, int sites, int hops, List<String> species) {
    BarrierTableCsv csv = new BarrierTableCsv(file, sites, hops, species);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
          line = line.substring(1);
        }
        if (!line.isBlank() && !line.startsWith("#")) {
          csv.line(line, number);
        }
      }
    } catch (NoSuchFileException e) {
      throw new LatticeLiftException(
          ExitCode.MISSING_INPUT,
          "the barrier table does not exist",
          file.toString(),
          "a file of comma-separated values",
          "Check the path",
          e);
    } catch (CharacterCodingException e) {
      throw LatticeLiftException.badData(
          "the barrier table is not UTF-8 text",
          file.toString(),
          "comma-separated numbers",
          "Save it as UTF-8");
    } catch (IOException e) {
      throw LatticeLiftException.badData(
          "the barrier table cannot be read: " + e.getMessage(),
          file.toString(),
          "a text file in UTF-8",
          "Check the file");
    }
    return csv.table();
  }

  private void line(String line, int number) {
    String[] cells = line.split(",", -1);
    if (cells.length != sites + hops && cells.length != sites + hops + 1) {
      throw bad(
          cells.length + " values",
          number,
          sites + " species codes, " + hops + " barriers and optionally a category");
    }
    byte[] codes = new byte[sites];
    for (int i = 0; i < sites; i++) {
      codes[i] = code(cells[i].trim(), number, i + 1);
    }
    float[] values = new float[hops];
    for (int d = 0; d < hops; d++) {
      values[d] = barrier(cells[sites + d].trim(), number, sites + d + 1);
    }
    String name = cells.length > sites + hops ? cells[sites + hops].trim() : "all";
    environments.add(codes);
    barriers.add(values);
    categories.add(names.computeIfAbsent(name, n -> names.size()));
  }

  private byte code(String text, int line, int column) {
    try {
      int code = Integer.parseInt(text);
      if (code >= 0 && code <= species.size()) {
        return (byte) code;
      }
    } catch (NumberFormatException e) {
      throw bad(
          "'" + text + "' in column " + column, line, "a species code, 0 to " + species.size());
    }
    throw bad(
        "species code " + text + " in column " + column, line, "0 (vacancy) to " + species.size());
  }

  private float barrier(String text, int line, int column) {
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
      return Float.NaN;
    }
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("'" + text + "' in column " + column, line, "a barrier in eV, or NaN");
    }
    throw bad("barrier " + text + " in column " + column, line, "a finite number of eV, or NaN");
  }

  private LatticeLiftException bad(String what, int line, String allowed) {
    return LatticeLiftException.badData(what, file + ":" + line, allowed, "Correct the line");
  }

  private BarrierTable table() {
    int size = environments.size();
    byte[] environment = new byte[size * sites];
    float[] barrier = new float[size * hops];
    for (int e = 0; e < size; e++) {
      System.arraycopy(environments.get(e), 0, environment, e * sites, sites);
      System.arraycopy(barriers.get(e), 0, barrier, e * hops, hops);
    }
    return new BarrierTable(
        sites,
        hops,
        species,
        environment,
        barrier,
        categories.stream().mapToInt(Integer::intValue).toArray(),
        List.copyOf(names.keySet()),
        TableOrigin.of(file.toString(), String.valueOf(file.getFileName()), species.size()));
  }
}
