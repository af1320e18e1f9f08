package org.latticelift.learn.barrierfit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;

/** Section {@code train} of {@code barrier train}. */
public record NetworkTrainingConfig(
    @Doc("barrier table: HDF5, or CSV by the ending .csv") InputFile table,
    @Doc("table to measure errors on, to which nothing is fitted") Optional<InputFile> freshTable,
    @Doc("crystal of the tables; if left out, recognised by their numbers of sites")
        Optional<KnownCrystal> crystal,
    @Doc("names of the species of a CSV table") @Default("[Nb, Mo, Ta]") List<String> species,
    @Key("noise_eV")
        @Range(min = 0, max = 1)
        @Doc("standard deviation of the barriers; from those calculated twice where it is left out")
        Optional<Double> noise,
    @Doc("what is compared, of mean, linear and network, where fit is left out")
        @Default("[mean, linear, network]")
        List<BarrierForm> models,
    @Doc("one network with these settings, and no comparison") Optional<FitConfig> fit) {
  public NetworkTrainingConfig {
    species = SpeciesNames.require(species, "train.species");
    models = models.stream().distinct().sorted().toList();
    if (models.isEmpty()) {
      throw new IllegalArgumentException("models needs at least one of mean, linear, network");
    }
  }

  /** The crystal that the configuration names, else that of the table. */
  public Crystal crystalOf(BarrierTable read) {
    return crystal.orElseGet(read::knownCrystal).crystal();
  }

  /** Reads a table of the configuration. */
  public BarrierTable read(InputFile file) {
    return file.read(path -> read(path, species, crystal));
  }

  /**
   * Reads a table, CSV by the ending of its name.
   *
   * @param species names of the species of a CSV table
   * @param crystal of the table; empty: told by its numbers of sites and hops
   */
  public static BarrierTable read(Path path, List<String> species, Optional<KnownCrystal> crystal) {
    if (!path.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return BarrierTableFile.read(path);
    }
    Crystal of = crystal.orElseGet(() -> BarrierTableCsv.crystal(path)).crystal();
    return BarrierTableCsv.read(path, of.environmentSize(), of.hopCount(), species);
  }

  /**
   * Reads a barrier table from comma-separated values: per line the S species codes of an
   * environment in the canonical order of the reference hop, then the barriers of the H hops in eV
   * ({@code NaN} or nothing: blocked or not computed), then optionally the name of a category.
   * Empty lines and lines that begin with {@code #} are skipped.
   */
  public static final class BarrierTableCsv {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final int sites;
    private final int hops;
    private final List<String> species;
    private final List<byte[]> environments = new ArrayList<>();
    private final List<float[]> barriers = new ArrayList<>();
    private final List<Integer> categories = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final Map<String, Integer> names = new LinkedHashMap<>();

    private BarrierTableCsv(Path file, int sites, int hops, List<String> species) {
      this.file = file;
      this.sites = sites;
      this.hops = hops;
      this.species = List.copyOf(species);
    }

    /** The crystal that the number of values in the first row belongs to; else bcc. */
    static KnownCrystal crystal(Path file) {
      try (Stream<String> lines = Files.lines(file)) {
        int values =
            lines
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .map(line -> line.split(",", -1).length)
                .orElse(0);
        return Arrays.stream(KnownCrystal.values())
            .filter(
                known -> values >= known.crystal().environmentSize() + known.crystal().hopCount())
            .max(Comparator.comparingInt(known -> known.crystal().environmentSize()))
            .orElse(KnownCrystal.BCC);
      } catch (IOException | UncheckedIOException e) {
        return KnownCrystal.BCC; // the reader says what is wrong
      }
    }

    /** Reads a file ({@code species}: names of species 1, 2, ). */
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
      lines.add(number);
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
          "species code " + text + " in column " + column,
          line,
          "0 (vacancy) to " + species.size());
    }

    private float barrier(String text, int line, int column) {
      if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
        return Float.NaN;
      }
      try {
        float value = (float) Decimal.parse(text);
        if (BarrierTable.possible(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw bad("'" + text + "' in column " + column, line, BarrierTable.RANGE + ", or NaN");
      }
      throw bad("barrier " + text + " in column " + column, line, BarrierTable.RANGE + ", or NaN");
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
          IntStream.range(0, size).toArray(),
          lines.stream().flatMapToInt(line -> IntStream.generate(() -> line).limit(hops)).toArray(),
          TableOrigin.of(file.toString(), String.valueOf(file.getFileName()), species.size()));
    }
  }
}
