package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/** Pictures of states whose sites are known. */
class DrawCommandTest {
  private static final int SIDE = 4;

  @TempDir private Path folder;
  private Path file;

  /** Corners: the species is 1 but 2 where x = 1; centres: 2 but 1 where y = 0. */
  @BeforeEach
  void state() {
    byte[] species = new byte[2 * SIDE * SIDE * SIDE];
    for (int site = 0; site < species.length; site++) {
      int x = site / (2 * SIDE * SIDE);
      int y = site / (2 * SIDE) % SIDE;
      boolean two = site % 2 == 0 ? x == 1 : y != 0;
      species[site] = (byte) (two ? 2 : 1);
    }
    species[0] = 0;
    file = folder.resolve("state.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", new String[] {"Nb", "Mo"});
      writer.dataset(
          "/species",
          species,
          new long[] {SIDE, SIDE, SIDE, 2},
          DatasetInfo.of("1", "species codes", "x", "y", "z", "basis").asUnsigned());
    }
  }

  private Outcome draw(String... options) {
    List<String> words = new ArrayList<>(List.of("draw", file.toString()));
    words.addAll(List.of(options));
    return TinyRun.run(words.toArray(String[]::new));
  }

  private static int count(String text, String colour) {
    return text.split(colour, -1).length - 1;
  }

  /** Nb is the first colour, Mo the second; the key has one tile of each. */
  @Test
  void aSliceShowsTheSitesOfItsLayer() throws IOException {
    Path svg = folder.resolve("layer.svg");
    assertThat(draw("--layer=2", "--out=" + svg).err()).isEmpty();
    String text = Files.readString(svg);
    assertThat(count(text, "#0072b2")).isEqualTo(12 + 1);
    assertThat(count(text, "#d55e00")).isEqualTo(4 + 1);
    assertThat(text).contains("Nb", "Mo", "</svg>");
    Path centres = folder.resolve("centres.svg");
    assertThat(draw("--layer=1", "--axis=y", "--out=" + centres).code()).isZero();
    assertThat(count(Files.readString(centres), "#0072b2")).isEqualTo(16 + 1);
    Path lowest = folder.resolve("lowest.svg");
    assertThat(draw("--layer=0", "--out=" + lowest).code()).isZero();
    assertThat(count(Files.readString(lowest), "#0072b2")).as("a vacancy").isEqualTo(11 + 1);
  }

  /** The last layers along all axes are centres. */
  @Test
  void aCubeHasThreeSides() throws IOException {
    Path svg = folder.resolve("cube.svg");
    assertThat(draw("--view=cube", "--out=" + svg).err()).isEmpty();
    String text = Files.readString(svg);
    assertThat(count(text, "<polygon")).isEqualTo(3 * 16 + 2);
    assertThat(count(text, "#d55e00")).as("top, unshaded").isEqualTo(12 + 1);
    assertThat(count(text, "#0072b2")).isEqualTo(4 + 1);
  }

  /** Corners at z = 2: 12 of 1, 4 of 2; centres half a cell above: 4 of 1, 12 of 2. */
  @Test
  void aPlaneHasCornersAndCentres() throws IOException {
    Path svg = folder.resolve("plane.svg");
    assertThat(draw("--view=plane", "--out=" + svg).err()).isEmpty();
    String text = Files.readString(svg);
    assertThat(count(text, "#0072b2")).isEqualTo(16 + 1);
    assertThat(count(text, "#d55e00")).isEqualTo(16 + 1);
  }

  @Test
  void pngIsTheDefaultAndHasTheColours() throws IOException {
    Outcome drawn = draw();
    assertThat(drawn.out()).contains("state.png");
    BufferedImage image = ImageIO.read(folder.resolve("state.png").toFile());
    int nb = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        nb += (image.getRGB(x, y) & 0xffffff) == 0x0072b2 ? 1 : 0;
      }
    }
    // 12 of 16 tiles of 1280 x 1280 pixels
    assertThat(nb / (1280.0 * 1280)).isBetween(0.68, 0.78);
    assertThat(draw().code()).as("the file exists").isEqualTo(73);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThat(draw("--layer=8").err()).contains("no layer 8", "0 to 7");
    for (String layer :
        new String[] {
          "--layer=-5", "--layer=-1", "--layer=0 --view=cube", "--layer=0 --view=plane"
        }) {
      Outcome refused = draw(layer.split(" "));
      assertThat(refused.code()).isEqualTo(64);
      assertThat(refused.err()).contains("--layer", "0 or more").hasLineCount(1);
    }
    assertThat(draw("--out=" + folder.resolve("a.gif")).err()).contains(".svg or .png");
    assertThat(draw("--axis=w").code()).isEqualTo(64);
    assertThat(draw("--condition=T5").code()).isEqualTo(65);
    assertThat(folder.resolve("a.gif")).doesNotExist();
  }
}
