package org.latticelift.plot;

import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** The look that all plots share. */
final class Layout {
  private static final double SMALL = 1e-3;
  private static final double LARGE = 1e5;
  private static final int FONT = 13;
  private static final Color GRID = new Color(0xDDDDDD);

  private Layout() {}

  static XYChart chart(String title, String xLabel, String yLabel, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xLabel)
            .yAxisTitle(yLabel)
            .theme(Styler.ChartTheme.Matlab)
            .build();
    XYStyler styler = chart.getStyler();
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(GRID);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendFont(font);
    styler.setAxisTickLabelsFont(font);
    styler.setAxisTitleFont(font);
    styler.setChartTitleFont(font.deriveFont(Font.BOLD));
    styler.setErrorBarsColorSeriesColor(true);
    styler.setMarkerSize(FONT / 2);
    styler.setLocale(Locale.ROOT);
    styler.setxAxisTickLabelsFormattingFunction(Layout::label);
    styler.setyAxisTickLabelsFormattingFunction(Layout::label);
    return chart;
  }

  /** A short number: {@code 0.25}, {@code 1400}, {@code 1.5e-9}. */
  static String label(double value) {
    double size = Math.abs(value);
    if (size < Double.MIN_NORMAL) {
      return "0";
    }
    if (size >= SMALL && size < LARGE) {
      return trim(String.format(Locale.ROOT, "%.5f", value));
    }
    String[] parts = String.format(Locale.ROOT, "%.3e", value).split("e");
    return trim(parts[0]) + "e" + Integer.parseInt(parts[1]);
  }

  private static String trim(String number) {
    return number.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
