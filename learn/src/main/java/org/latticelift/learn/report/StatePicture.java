package org.latticelift.learn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.Picture;
import org.latticelift.io.output.TilePicture;
import org.latticelift.io.output.TimeScale;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Draws a state coloured by species or spin: a layer of sites, a plane of a crystal, or a block
 * seen from a corner. A tile has the area that a site has in its layer; vacancies are left out.
 */
public final class StatePicture {
  /** Coordinates that agree to this are of one layer, Å. */
  private static final double SAME = 1e-3;

  /** The layer of a slice through the middle. */
  public static final int MIDDLE = -1;

  private static final int MOST_TILES = 2_000_000;
  private static final int MOST_SVG = 100_000;

  /** Tiles overlap a little, so that no seams show. */
  private static final double OVERLAP = 1.04;

  private static final double SMALL_OVERLAP = 1.12;

  /** Width on a page beside others, where text stays readable. */
  private static final double SMALL = 320;

  /** Tiles on a page; of larger states a part is drawn. */
  private static final int MOST_ON_PAGE = 4096;

  /** Sites of a state on a page, which are read some times. */
  private static final long MOST_SITES = 20_000_000;

  private final AtomSource atoms;
  private final double[] length;
  private final TilePicture picture;

  /** What is drawn. */
  public enum View {
    /** A layer of sites. */
    SLICE,
    /** Corners and centres of the squares of a crystal together: in bcc two layers. */
    PLANE,
    /** Three sides of the block. */
    CUBE
  }

  /**
   * A view.
   *
   * @param view what is drawn
   * @param axis normal of a slice, 0 to 2
   * @param layer of a slice, 0 the lowest, or {@link #MIDDLE}
   */
  public record Choice(View view, int axis, int layer) {}

  private StatePicture(AtomSource atoms) {
    this(atoms, size(atoms.cell()), TilePicture.SIZE);
  }

  private StatePicture(AtomSource atoms, String title, double width) {
    this.atoms = atoms;
    double[] cell = atoms.cell();
    length = new double[] {cell[0], cell[4], cell[8]};
    picture = new TilePicture(title, atoms.speciesNames(), width);
  }

  private static String size(double[] cell) {
    return String.format(Locale.ROOT, "%.4g x %.4g x %.4g", cell[0], cell[4], cell[8]);
  }

  /** Pictures of states, and what they show. */
  record BeforeAndAfter(String sentence, List<Picture> pictures) {}

  /**
   * A condition's states before and after its first runs, as far as the folder has them: the small
   * system, or the large one where its states were kept on their way, and the end of a direct run.
   *
   * @param conditions names, of which the first with states is drawn
   * @return empty where no file has states of a lattice
   */
  static Optional<BeforeAndAfter> ofRun(Path root, List<String> conditions) {
    for (String condition : conditions) {
      Optional<OnPage> kept = OnPage.of(root, SnapshotsFile.DIRECT, condition);
      Optional<OnPage> small = OnPage.of(root, SnapshotsFile.NAME, condition);
      Optional<OnPage> last = OnPage.of(root, FinalStatesFile.NAME, condition);
      List<Picture> pictures = new ArrayList<>();
      kept.ifPresent(states -> states.draw("Start of a direct run", false, pictures));
      if (pictures.isEmpty()) {
        small.ifPresent(states -> states.draw("Start of a small run", false, pictures));
        small.ifPresent(states -> states.draw("End of a small run", true, pictures));
      }
      last.ifPresent(states -> states.draw("End of a direct run", true, pictures));
      if (!pictures.isEmpty()) {
        boolean atoms =
            Stream.of(small, last).flatMap(Optional::stream).anyMatch(states -> states.atoms());
        return Optional.of(new BeforeAndAfter(sentence(condition, atoms), pictures));
      }
    }
    return Optional.empty();
  }

  private static String sentence(String condition, boolean atoms) {
    return "Before and after, at "
        + condition
        + (atoms
            ? ": a plane through the middle, a tile for each site. Corners and centres of the cells"
                + " of the crystal alternate in it, so that order of nearest neighbours shows as a"
                + " chessboard."
            : ": a tile for each site.");
  }

  /** The states of the first run of a condition in a file that pictures on a page show. */
  private record OnPage(Path file, String dataset) {
    static Optional<OnPage> of(Path root, String name, String condition) {
      Path file = root.resolve(name);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      try (Hdf5Reader reader = Hdf5Reader.open(file)) {
        return Frames.dataset(reader, condition).map(dataset -> new OnPage(file, dataset));
      }
    }

    boolean atoms() {
      return dataset.endsWith("/" + StateCodec.ATOMS);
    }

    /** Adds a picture of the first or the last state of the run, unless it is too large to read. */
    void draw(String what, boolean end, List<Picture> pictures) {
      try (Hdf5Reader reader = Hdf5Reader.open(file)) {
        Optional<Frames> frames = Frames.ofLattice(reader, dataset);
        if (frames.isEmpty() || frames.get().sites() > MOST_SITES) {
          return;
        }
        long index = end ? StateSeries.ofFirstRun(reader, dataset, frames.get().count()) - 1 : 0;
        AtomSource atoms = frames.get().frame(index);
        String sites = String.format(Locale.ROOT, "%s, %d sites", what, frames.get().sites());
        StatePicture drawn = new StatePicture(atoms, sites, SMALL);
        boolean part = drawn.plane(2, frames.get().crystal(), MOST_ON_PAGE, file);
        String after = after(Frames.labels(reader, dataset, index));
        pictures.add(
            new Picture(drawn.picture.svg(), what + after + (part ? ", a part of it." : ".")));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** Where it is stored, and not 0. */
    private static String after(Map<String, String> labels) {
      double time = Double.parseDouble(labels.getOrDefault("time", "0"));
      if (time == 0) {
        return "";
      }
      TimeScale scale = TimeScale.of(time, labels.getOrDefault("time_unit", "1"));
      String unit = scale.unit().equals("1") ? "" : " " + scale.unit();
      return String.format(Locale.ROOT, ", after %.3g%s", time / scale.seconds(), unit);
    }
  }

  /**
   * Draws a state of a file of a stage ({@code input}: HDF5 file; {@code output}: a file that ends
   * with .svg or .png).
   */
  public static void write(
      Path input, Export.StateChoice state, Choice choice, Path output, boolean overwrite) {
    boolean png = ending(output);
    try (Hdf5Reader reader = Hdf5Reader.open(input)) {
      Frames frames =
          Frames.of(reader, state.crystal(), state.condition(), false, state.maxVacancies(), false);
      StatePicture drawn = new StatePicture(frames.frame(state.index().orElse(-1)));
      switch (choice.view()) {
        case CUBE -> drawn.cube(input);
        case PLANE -> drawn.plane(choice.axis(), frames.crystal(), MOST_TILES, input);
        default -> drawn.slice(choice.axis(), choice.layer(), input);
      }
      drawn.requireFew(png, output);
      SingleFile.write(
          output,
          overwrite,
          beside -> {
            if (png) {
              Files.write(beside, drawn.picture.png());
            } else {
              Files.writeString(beside, drawn.picture.svg());
            }
          });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean ending(Path output) {
    String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".png") && !name.endsWith(".svg")) {
      throw LatticeLiftException.badData(
          "no picture has this ending", output.toString(), ".svg or .png", "Name the file so");
    }
    return name.endsWith(".png");
  }

  private void requireFew(boolean png, Path output) {
    int most = png ? MOST_TILES : MOST_SVG;
    if (picture.count() > most) {
      throw LatticeLiftException.badData(
          picture.count() + " sites in one picture",
          output.toString(),
          "up to " + MOST_SVG + " in SVG and " + MOST_TILES + " in PNG",
          png ? "Draw a smaller state" : "Write a .png");
    }
  }

  /** Coordinates of all layers along an axis, ascending. */
  private List<Double> layers(int axis) throws IOException {
    TreeSet<Long> found = new TreeSet<>();
    atoms.forEach((type, x, y, z) -> found.add(Math.round(along(axis, x, y, z) / SAME)));
    List<Double> layers = new ArrayList<>();
    for (long at : found) {
      layers.add(at * SAME);
    }
    return layers;
  }

  private static double along(int axis, double x, double y, double z) {
    return switch (axis) {
      case 0 -> x;
      case 1 -> y;
      default -> z;
    };
  }

  private interface Site {
    void at(int kind, double x, double y, double z) throws IOException;
  }

  private void layer(int axis, double at, Site site) throws IOException {
    layers(axis, at, at, site);
  }

  private void layers(int axis, double from, double to, Site site) throws IOException {
    atoms.forEach(
        (type, x, y, z) -> {
          double at = along(axis, x, y, z);
          if (at > from - SAME && at < to + SAME) {
            site.at(type - 1, x, y, z);
          }
        });
  }

  /** Half of the side of a square that has the area of a site. */
  private double half(int axis, double from, double to) throws IOException {
    long[] sites = {0};
    layers(axis, from, to, (kind, x, y, z) -> sites[0]++);
    double area = length[(axis + 1) % 3] * length[(axis + 2) % 3];
    return OVERLAP / 2 * Math.sqrt(area / sites[0]);
  }

  private void slice(int axis, int wanted, Path input) throws IOException {
    List<Double> layers = layers(axis);
    requireAtoms(layers, input);
    int chosen = wanted == MIDDLE ? layers.size() / 2 : wanted;
    if (chosen < 0 || chosen >= layers.size()) {
      throw LatticeLiftException.badData(
          "there is no layer " + wanted,
          input.toString(),
          "0 to " + (layers.size() - 1),
          "Choose another --layer");
    }
    double at = layers.get(chosen);
    double half = half(axis, at, at);
    layer(axis, at, (kind, x, y, z) -> tile(axis, new double[] {x, y, z}, half, false, kind));
  }

  /** A square, or one that stands on its corner. */
  private void tile(int axis, double[] site, double half, boolean corner, int kind) {
    double u = site[axis == 0 ? 1 : 0];
    double v = -site[axis == 2 ? 1 : 2];
    double d = half * Math.sqrt(2);
    picture.add(
        corner
            ? new double[] {u, u + d, u, u - d}
            : new double[] {u - half, u + half, u + half, u - half},
        corner
            ? new double[] {v - d, v, v + d, v}
            : new double[] {v - half, v - half, v + half, v + half},
        kind,
        1);
  }

  /**
   * The sites of a plane through the middle: of a crystal its corners and centres, of spins all.
   *
   * @param most tiles; of a larger plane the part at the origin is drawn
   * @return whether it is a part
   */
  private boolean plane(int axis, Optional<Crystal> crystal, int most, Path input)
      throws IOException {
    List<Double> layers = layers(axis);
    requireAtoms(layers, input);
    int together = Math.min(crystal.isPresent() && crystal.get().isBcc() ? 2 : 1, layers.size());
    int first = Math.min(layers.size() / 2, layers.size() - together);
    double from = layers.get(first);
    double to = layers.get(first + together - 1);
    double half = half(axis, from, to) / OVERLAP;
    double side = 2 * half * Math.sqrt(most);
    boolean part = length[(axis + 1) % 3] > side + half || length[(axis + 2) % 3] > side + half;
    layers(
        axis,
        from,
        to,
        (kind, x, y, z) -> {
          double[] site = {x, y, z};
          if (!part || site[(axis + 1) % 3] < side && site[(axis + 2) % 3] < side) {
            tile(axis, site, SMALL_OVERLAP * half, crystal.isPresent(), kind);
          }
        });
    return part;
  }

  private void cube(Path input) throws IOException {
    double[] light = {0.72, 0.86, 1};
    for (int axis = 0; axis < 3; axis++) {
      List<Double> layers = layers(axis);
      requireAtoms(layers, input);
      if (layers.size() < 2) {
        throw LatticeLiftException.badData(
            "a flat state has no cube", input.toString(), "--view slice", "Draw a slice");
      }
      double at = layers.get(layers.size() - 1);
      double half = half(axis, at, at);
      int normal = axis;
      layer(axis, at, (kind, x, y, z) -> side(normal, half, new double[] {x, y, z}, kind, light));
    }
  }

  /** A tile of the side at the end of an axis, seen from where all coordinates are large. */
  private void side(int normal, double half, double[] centre, int kind, double[] light) {
    double[] u = new double[4];
    double[] v = new double[4];
    int[][] corners = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    for (int i = 0; i < corners.length; i++) {
      double[] p = centre.clone();
      p[normal] = length[normal];
      p[(normal + 1) % 3] += half * corners[i][0];
      p[(normal + 2) % 3] += half * corners[i][1];
      u[i] = (p[1] - p[0]) * Math.sqrt(0.75);
      v[i] = (p[0] + p[1]) / 2 - p[2];
    }
    picture.add(u, v, kind, light[normal]);
  }

  private static void requireAtoms(List<Double> layers, Path input) {
    if (layers.isEmpty()) {
      throw LatticeLiftException.badData(
          "no atoms", input.toString(), "a state with atoms", "Choose another state");
    }
  }
}
