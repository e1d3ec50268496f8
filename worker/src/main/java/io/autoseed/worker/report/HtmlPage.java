package io.autoseed.worker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reports as one HTML file with everything in it: opens without a network. */
final class HtmlPage {
  private static final String FOLDER = "/io/autoseed/worker/report/";

  /** Such as {@code @DATA@}. */
  private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

  private HtmlPage() {}

  /** The page of a run. */
  static String render(Report report) {
    return render("Autoseed report", "report.js", Map.of("report", report));
  }

  /**
   * A page that a script draws from data.
   *
   * @param script its file beside this class
   * @param data by the id of the element that holds it as JSON
   */
  static String render(String title, String script, Map<String, Object> data) {
    String elements =
        new TreeMap<>(data)
            .entrySet().stream()
                .map(
                    entry ->
                        "<script type=\"application/json\" id=\"%s\">%s</script>"
                            .formatted(entry.getKey(), embedded(entry.getValue())))
                .collect(Collectors.joining("\n"));
    Map<String, String> places =
        Map.of(
            "TITLE", title,
            "STYLE", WebResources.style(),
            "DATA", elements,
            "ECHARTS", WebResources.echarts(),
            "CHARTS", WebResources.charts(),
            "SCRIPT", WebResources.text(FOLDER + script));
    return filled(WebResources.text(FOLDER + "page.html"), places);
  }

  /** Looks for places in the template alone: what comes into one may read like another. */
  private static String filled(String template, Map<String, String> places) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(places.get(place.group(1))));
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
