package io.autoseed.worker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Reports as one HTML file with everything in it: opens without a network. */
final class HtmlPage {
  private static final String FOLDER = "/io/autoseed/worker/report/";

  private HtmlPage() {}

  /** The page of a run. */
  static String render(Report report) {
    return filled("report.html", report);
  }

  /**
   * A page with notes.
   *
   * @param template beside this class
   * @param notes a sentence each
   */
  static String render(String template, Object report, List<String> notes) {
    return filled(template, report).replace("@NOTES@", embedded(notes));
  }

  private static String filled(String template, Object report) {
    return WebResources.text(FOLDER + template)
        .replace("@STYLE@", WebResources.style())
        .replace("@CHARTS@", WebResources.charts())
        .replace("@ECHARTS@", WebResources.echarts())
        .replace("@REPORT@", embedded(report));
  }

  /** JSON that may stand inside a script element: nothing in it ends the element. */
  private static String embedded(Object data) {
    try {
      return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the report as JSON", e);
    }
  }
}
