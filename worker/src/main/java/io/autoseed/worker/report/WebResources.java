package io.autoseed.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autoseed.activities.study.StudyMetric;
import io.autoseed.learning.sequence.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Scripts and styles that the report file and the console share, from the class path. */
public final class WebResources {
  private WebResources() {}

  public static String style() {
    return text("/io/autoseed/worker/report/style.css");
  }

  /**
   * Functions that draw runs, with what they take from the program: {@code GLOSSARY}, what metrics
   * mean, by their titles, and {@code COLOURS}, those of {@link Palette}.
   */
  public static String charts() {
    return text("/io/autoseed/worker/report/charts.js")
        + constant("GLOSSARY", glossary())
        + constant("COLOURS", Palette.COLOURS);
  }

  private static String constant(String name, Object value) {
    return "const %s = %s;\n".formatted(name, new String(CanonicalJson.bytes(value), UTF_8));
  }

  private static Map<String, Map<String, String>> glossary() {
    Map<String, Map<String, String>> entries = new TreeMap<>();
    for (StudyMetric metric : StudyMetric.values()) {
      entries.put(
          metric.title(),
          Map.of("arrow", Numbers.arrow(metric.better()), "meaning", metric.meaning()));
    }
    return entries;
  }

  /** The charting library, minified. */
  public static String echarts() {
    Properties properties = new Properties();
    try (InputStream in = open("/META-INF/maven/org.webjars.npm/echarts/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    return text("/META-INF/resources/webjars/echarts/" + version + "/dist/echarts.min.js");
  }

  /** A text file on the class path. */
  public static String text(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = WebResources.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("resource " + resource + " is not on the class path");
    }
    return in;
  }
}
