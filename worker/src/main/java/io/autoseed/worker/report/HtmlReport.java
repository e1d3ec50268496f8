package io.autoseed.worker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A report as one HTML file with everything in it: opens without a network. */
final class HtmlReport {
  private HtmlReport() {}

  static String render(Report report) {
    return WebResources.text("/io/autoseed/worker/report/report.html")
        .replace("@STYLE@", WebResources.style())
        .replace("@CHARTS@", WebResources.charts())
        .replace("@ECHARTS@", WebResources.echarts())
        .replace("@REPORT@", embedded(report));
  }

  /** JSON that may stand inside a script element: nothing in it ends the element. */
  private static String embedded(Report report) {
    try {
      return new ObjectMapper().writeValueAsString(report).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the report as JSON", e);
    }
  }
}
