package org.latticelift.learn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.TilePicture;
import org.latticelift.io.run.directory.SingleFile;

/**
 * Draws a state coloured by species or spin: a layer of sites, or a block seen from a corner. A
 * tile has the area that a site has in its layer; vacancies are left out.
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

  private final AtomSource atoms;
  private final double[] length;
  private final TilePicture picture;

  /** What is drawn. */
  public enum View {
    /** A layer of sites. */
    SLICE,
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
    this.atoms = atoms;
    double[] cell = atoms.cell();
    length = new double[] {cell[0], cell[4], cell[8]};
    picture =
        new TilePicture(
            String.format(Locale.ROOT, "%.4g x %.4g x %.4g", length[0], length[1], length[2]),
            atoms.speciesNames());
  }

  /**
   * Draws a state of a file of a stage ({@code input}: HDF5 file; {@code output}: a file that ends
   * with .svg or .png).
   */
  public static void write(
      Path input, Export.StateChoice state, Choice choice, Path output, boolean overwrite) {
    boolean png = ending(output);
    try (Hdf5Reader reader = Hdf5Reader.open(input)) {
      AtomSource atoms =
          Frames.of(reader, state.crystal(), state.condition(), false, state.maxVacancies(), false)
              .frame(state.index().orElse(-1));
      StatePicture drawn = new StatePicture(atoms);
      if (choice.view() == View.CUBE) {
        drawn.cube(input);
      } else {
        drawn.slice(choice.axis(), choice.layer(), input);
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

  /** The sites of a layer. */
  private interface Site {
    void at(int kind, double x, double y, double z) throws IOException;
  }

  private void layer(int axis, double at, Site site) throws IOException {
    atoms.forEach(
        (type, x, y, z) -> {
          if (Math.abs(along(axis, x, y, z) - at) < SAME) {
            site.at(type - 1, x, y, z);
          }
        });
  }

  /** Half of the side of a square that has the area of a site. */
  private double half(int axis, double at) throws IOException {
    long[] sites = {0};
    layer(axis, at, (kind, x, y, z) -> sites[0]++);
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
    double half = half(axis, at);
    int across = axis == 0 ? 1 : 0;
    int up = axis == 2 ? 1 : 2;
    layer(
        axis,
        at,
        (kind, x, y, z) -> {
          double u = along(across, x, y, z);
          double v = -along(up, x, y, z);
          picture.add(
              new double[] {u - half, u + half, u + half, u - half},
              new double[] {v - half, v - half, v + half, v + half},
              kind,
              1);
        });
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
      double half = half(axis, at);
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
