package org.latticelift.bench.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latticelift.io.hdf5.ElementType;

/** The pages that document files: under a heading with names of files a table of datasets. */
final class FilesPage {
  private static final Pattern FILE = Pattern.compile("`([a-z]+\\.h5)`");
  private static final Pattern DATASET = Pattern.compile("`(/[^`]+)`");
  private static final Pattern TYPE = Pattern.compile("([a-z0-9]+)(?: \\[(.*)])?");
  private static final String EVERY = "*";

  private final List<Row> rows;

  /**
   * A dataset on the page.
   *
   * @param file name, or {@link #EVERY}
   * @param dataset path with place holders in capitals
   * @param type as the page says
   * @param rank number of dimensions; -1 for any
   */
  record Row(String file, String dataset, String type, int rank) {
    private boolean names(String name, String path) {
      String pattern =
          dataset
              .replaceAll("(?<=[a-z])N(?=/|$)", "\\\\d+")
              .replace("CONDITION", "[A-Z][^/]*")
              .replaceAll("PARAMETER|LAYER", ".+");
      return (file.equals(EVERY) || file.equals(name)) && path.matches(pattern);
    }

    boolean fits(ElementType stored, int dimensions) {
      return stored.name().toLowerCase(Locale.ROOT).equals(type)
          && (rank < 0 || rank == dimensions);
    }

    @Override
    public String toString() {
      return file + " " + dataset;
    }
  }

  private FilesPage(List<Row> rows) {
    this.rows = rows;
  }

  /** The rows of several pages. */
  static FilesPage read(List<Path> pages) {
    return new FilesPage(pages.stream().flatMap(page -> read(page).stream()).toList());
  }

  private static List<Row> read(Path page) {
    List<Row> rows = new ArrayList<>();
    List<String> files = List.of(EVERY);
    for (String line : DocumentTree.text(page).lines().toList()) {
      if (line.startsWith("## ")) {
        files = FILE.matcher(line).results().map(name -> name.group(1)).toList();
        files = line.contains("every HDF5 file") ? List.of(EVERY) : files;
      } else if (line.startsWith("| `/")) {
        for (String file : files) {
          rows.addAll(rows(file, line.split(" \\| ")));
        }
      }
    }
    return rows;
  }

  private static List<Row> rows(String file, String[] cells) {
    Matcher type = TYPE.matcher(cells[1]);
    if (!type.matches()) {
      throw new IllegalStateException(file + ": no type and shape: " + cells[1]);
    }
    String shape = type.group(2);
    int rank = shape == null ? -1 : shape.isEmpty() ? 0 : shape.split(",").length;
    return DATASET
        .matcher(cells[0])
        .results()
        .map(name -> new Row(file, name.group(1), type.group(1), rank))
        .toList();
  }

  List<Row> rows() {
    return rows;
  }

  /** The rows that are about a dataset of a file. */
  List<Row> rows(String file, String dataset) {
    return rows.stream().filter(row -> row.names(file, dataset)).toList();
  }
}
