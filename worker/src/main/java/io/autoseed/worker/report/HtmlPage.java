package io.autoseed.worker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reports as one HTML file with everything in it: opens without a network. */
final class HtmlPage {
  private static final String FOLDER = "/io/autoseed/worker/report/";

  /** Such as {@code @REPORT@}. */
  private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

  private HtmlPage() {}

  /** The page of a run. */
  static String render(Report report) {
    return filled("report.html", Map.of("REPORT", embedded(report)));
  }

  /**
   * A page with notes.
   *
   * @param template beside this class
   * @param notes a sentence each
   */
  static String render(String template, Object report, List<String> notes) {
    return filled(template, Map.of("REPORT", embedded(report), "NOTES", embedded(notes)));
  }

  /** Looks for places in the template alone: what comes into one may read like another. */
  private static String filled(String template, Map<String, String> data) {
    Map<String, String> all = new HashMap<>(data);
    all.put("STYLE", WebResources.style());
    all.put("CHARTS", WebResources.charts());
    all.put("ECHARTS", WebResources.echarts());
    return PLACE
        .matcher(WebResources.text(FOLDER + template))
        .replaceAll(place -> Matcher.quoteReplacement(all.get(place.group(1))));
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
