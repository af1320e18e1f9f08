package org.latticelift.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.testing.Failures.assertFails;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.error.ExitCode;

class PlotTest {
  @TempDir Path folder;

  private static Plot sample() {
    double[] x = new double[60];
    double[] mean = new double[60];
    double[] low = new double[60];
    double[] high = new double[60];
    for (int i = 0; i < 60; i++) {
      x[i] = i * 1e-9;
      mean[i] = -0.66 * (1 - Math.exp(-i / 15.0));
      low[i] = mean[i] - 0.05;
      high[i] = mean[i] + 0.05;
    }
    mean[7] = Double.NaN;
    return new Plot("Order parameter at 2000 K", "time (s)", "MoMo & TaTa <1>")
        .band("predicted", x, low, high)
        .line("predicted", x, mean)
        .points(
            "direct",
            new double[] {1e-8, 4e-8},
            new double[] {-0.3, -0.6},
            new double[] {0.02, 0.04})
        .guide(0, -0.66, 6e-8, -0.66);
  }

  private static int colour(BufferedImage image, int rgb) {
    int n = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        n += (image.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void pngShowsLineBandAndPoints() throws Exception {
    Path file = folder.resolve("a.png");
    sample().writePng(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(720);
    assertThat(colour(image, 0x0072B2)).as("line").isGreaterThan(100);
    assertThat(colour(image, 0xBFDCEC)).as("band").isGreaterThan(3000);
    assertThat(colour(image, 0xD55E00)).as("points").isGreaterThan(50);
  }

  @Test
  void svgIsXmlWithText() throws Exception {
    String svg = sample().svg();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    assertThat(
            factory
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes("UTF-8")))
                .getDocumentElement()
                .getTagName())
        .isEqualTo("svg");
    assertThat(svg.contains("<title>Order parameter at 2000 K</title>")).isTrue();
    assertThat(svg.equals(sample().svg())).as("repeatable").isTrue();
    sample().writeSvg(folder.resolve("a.svg"));
    assertThat(folder.resolve("a.svg")).isNotEmptyFile();
  }

  @Test
  void histogramCountsEveryValue() {
    Points bars = Points.histogram(new double[] {0, 0.1, 0.5, 1, Double.NaN}, 2);
    assertThat(bars.x()).containsExactly(0, 0, 0.5, 0.5, 1, 1);
    assertThat(bars.y()).containsExactly(0, 2, 2, 2, 2, 0);
    Plot plot = new Plot("h", "x", "n").histogram("errors", new double[] {1, 2, 2, 3}, 5);
    assertThat(plot.png()).isNotEmpty();
    assertThat(new Plot("h", "x", "n").histogram("one", new double[] {2, 2}, 3).png()).isNotEmpty();
  }

  @Test
  void nothingFiniteIsAnEmptyPlot() {
    double[] none = {Double.NaN};
    Plot plot = new Plot("empty", "x", "y").line("a", none, none).points("b", none, none, none);
    plot.band("c", none, none, none).histogram("d", none, 4);
    assertThat(plot.png()).isNotEmpty();
    assertThat(plot.svg().contains("<title>empty")).isTrue();
  }

  @Test
  void logarithmicAxes() {
    double[] x = {1, 10, 1000};
    Plot plot = new Plot("scaling", "sites", "jumps/s").line("a", x, x).logX().logY();
    assertThat(plot.png()).isNotEmpty();
  }

  @Test
  void manySeriesStayApart() {
    Plot plot = new Plot("many", "x", "y");
    for (int i = 0; i < 20; i++) {
      plot.line("s" + i, new double[] {0, 1}, new double[] {i, i + 1});
    }
    assertThat(plot.svg()).isNotEmpty();
    assertThat(Arrays.equals(Palette.stroke(0).getDashArray(), Palette.stroke(8).getDashArray()))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1400,1400", "0.25,0.25", "1.5e-9,1.5e-9", "-2e6,-2e6", "0.1,0.1"})
  void tickLabels(double value, String label) {
    assertThat(Layout.label(value)).isEqualTo(label);
  }

  @Test
  void errors() throws Exception {
    assertThatThrownBy(() -> new Plot("t", "x", "y").line("a", new double[2], new double[3]))
        .hasMessageContaining("lengths");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertFails(
        ExitCode.OUTPUT, () -> sample().writeSvg(file.resolve("a.svg")), "cannot write", "a.svg");
  }
}
