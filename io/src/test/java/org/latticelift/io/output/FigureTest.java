package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Figure.Plotter;

final class FigureTest {
  private static Figure sample() {
    double[] x = new double[60];
    double[] mean = new double[60];
    double[] low = new double[60];
    double[] high = new double[60];
    for (int i = 0; i < 60; i++) {
      x[i] = i;
      mean[i] = -0.66 * (1 - Math.exp(-i / 15.0));
      low[i] = mean[i] - 0.05;
      high[i] = mean[i] + 0.05;
    }
    mean[7] = Double.NaN;
    double[] at = {10, 40};
    double[] value = {-0.3, -0.6};
    return figure(
        "sample",
        Axis.linear("time (s)"),
        Layer.band("", 0, x, low, high),
        Layer.line("predicted", 0, x, mean),
        Layer.points("direct", 1, true, at, value, new double[] {0.02, Double.NaN}),
        Layer.dashed("end", 7, at, value));
  }

  private static Figure figure(String name, Axis x, Layer... layers) {
    return new Figure(
        name, "At 2000 K", "Caption.", x, Axis.linear("MoMo & TaTa <1>"), List.of(layers));
  }

  private static String rootOf(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement()
        .getTagName();
  }

  @Test
  void svgIsXmlWithTextAndRepeatable() throws Exception {
    String svg = sample().svg();
    assertThat(rootOf(svg)).isEqualTo("svg");
    assertThat(svg).contains(">At 2000 K<").contains("MoMo &amp; TaTa &lt;1&gt;");
    assertThat(svg).isEqualTo(sample().svg());
  }

  @Test
  void aGapInterruptsALine() {
    assertThat(sample().svg().split("stroke=\"#0072b2\" stroke-width=\"2.2\"", -1))
        .as("two stretches and the key")
        .hasSize(4);
  }

  @Test
  @DisabledIf("withoutFonts")
  void pngShowsLineBandAndPoints() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(sample().png()));
    assertThat(image.getWidth()).isEqualTo(2 * Plotter.WIDTH);
    assertThat(pixels(image, 0x0072b2)).as("line").isGreaterThan(100);
    assertThat(pixels(image, 0xcce3f0)).as("band").isGreaterThan(3000);
    assertThat(pixels(image, 0xd55e00)).as("points").isGreaterThan(50);
  }

  @Test
  void nothingFiniteIsAnEmptyPlot() throws Exception {
    double[] none = {Double.NaN};
    double[] nothing = {};
    Figure empty =
        figure(
            "empty",
            Axis.linear("x"),
            Layer.line("a", 0, none, none),
            Layer.points("b", 1, false, none, none, none),
            Layer.band("c", 2, nothing, nothing, nothing));
    assertThat(rootOf(empty.svg())).isEqualTo("svg");
  }

  @Test
  void logarithmicAxesLeaveOutWhatIsNotPositive() {
    double[] x = {-1, 0, 1, 10, 1000};
    Layer band = Layer.band("", 1, x, x, x);
    String svg = figure("scaling", Axis.logarithmic("sites"), Layer.thin("a", 0, x, x), band).svg();
    assertThat(svg).contains(">1000<").doesNotContain("NaN").doesNotContain("Infinity");
    assertThat(svg).as("the largest number").doesNotContain("922337203685477580");
  }

  /** The start does not count; a few records at equal distances do not span decades. */
  @Test
  void timesThatSpanDecadesHaveALogarithmicAxis() {
    assertThat(Axis.ofTimes("time (s)", new double[] {0, 0.1, 1, 3}).logarithmic()).isTrue();
    assertThat(Axis.ofTimes("time (s)", new double[] {0, 1, 2, 29}).logarithmic()).isFalse();
    assertThat(Axis.ofTimes("time (s)", new double[] {0}).logarithmic()).isFalse();
    assertThat(Axis.ofValues("f", new double[] {0.5, 0.01}).logarithmic()).isTrue();
    assertThat(Axis.ofValues("f", new double[] {0.5, 0.02}).logarithmic()).isFalse();
    assertThat(Axis.ofValues("f", new double[] {0.5, -0.01}).logarithmic()).isFalse();
    assertThat(Axis.ofValues("f", new double[] {}).logarithmic()).isFalse();
  }

  @Test
  void theLayersOfAFigureDoNotChange() {
    Layer[] layers = {Layer.line("a", 0, new double[] {0, 1}, new double[] {0, 1})};
    Figure figure = figure("fixed", Axis.linear("x"), layers);
    layers[0] = null;
    assertThat(figure.layers()).doesNotContainNull();
  }

  static boolean withoutFonts() {
    try {
      return figure("probe", Axis.linear("x")).png().length == 0;
    } catch (LatticeLiftException e) {
      return true;
    }
  }

  private static int pixels(BufferedImage image, int rgb) {
    int width = image.getWidth();
    int[] all = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    return (int) Arrays.stream(all).filter(pixel -> (pixel & 0xffffff) == rgb).count();
  }
}
