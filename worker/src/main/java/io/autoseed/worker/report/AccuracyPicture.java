package io.autoseed.worker.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The learning curves of a report as a PNG picture. */
final class AccuracyPicture {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 460;
  private static final int DOTS_PER_INCH = 144;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private AccuracyPicture() {}

  /** Draws the picture into {@code file}, which ends in {@code .png}. */
  static void draw(Report report, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(report.main().sequence() + ": accuracy on the tasks seen so far")
            .xAxisTitle("tasks learned")
            .yAxisTitle("accuracy in %, among all classes seen")
            .build();
    style(chart);
    List<RunResult> results = report.all();
    for (int s = 0; s < results.size(); s++) {
      RunResult result = results.get(s);
      List<Double> curve = result.curve();
      List<Integer> measured =
          IntStream.range(0, curve.size()).filter(i -> curve.get(i) != null).boxed().toList();
      if (measured.isEmpty()) {
        continue;
      }
      XYSeries series =
          chart.addSeries(
              result.strategy(),
              measured.stream().mapToDouble(i -> i + 1).toArray(),
              measured.stream().mapToDouble(curve::get).toArray());
      Color colour = Color.decode(Palette.colour(s));
      series.setMarkerColor(colour).setMarker(SeriesMarkers.CIRCLE);
      series.setLineColor(colour);
      series.setLineStyle(new BasicStroke(s == 0 ? 3.2f : 1.6f));
    }
    BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapFormat.PNG, DOTS_PER_INCH);
  }

  private static void style(XYChart chart) {
    XYStyler styler = chart.getStyler();
    styler.setYAxisMin(0.0).setYAxisMax(100.0);
    styler.setXAxisDecimalPattern("0").setYAxisDecimalPattern("0").setXAxisMaxLabelCount(12);
    styler.setPlotGridLinesColor(new Color(0xE6, 0xE8, 0xEC)).setPlotBorderVisible(false);
    styler.setAxisTickLabelsFont(FONT).setAxisTitleFont(FONT);
    styler.setLegendFont(FONT).setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setChartTitleFont(FONT.deriveFont(Font.BOLD, 15f)).setChartBackgroundColor(Color.WHITE);
    styler.setMarkerSize(6);
  }
}
