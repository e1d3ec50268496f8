package io.autoseed.worker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * A page of {@link HtmlPage} whose scripts have run. The engine has no browser: {@code browser.js}
 * stands for as much of one as they use.
 */
final class ScriptedPage implements AutoCloseable {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"(\\w+)\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern SCRIPT = Pattern.compile("<script>\n(.*?)</script>", Pattern.DOTALL);

  /** Parses each script once for all pages. */
  private static final Engine ENGINE =
      Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  private final Context context = Context.newBuilder("js").engine(ENGINE).build();

  /**
   * Runs the scripts of a page.
   *
   * @throws org.graalvm.polyglot.PolyglotException as one of them threw
   */
  ScriptedPage(String html) {
    List<String> scripts = SCRIPT.matcher(html).results().map(script -> script.group(1)).toList();
    run(scripts.get(0));
    run(WebResources.text("/io/autoseed/worker/report/browser.js"));
    call("browser.add", "page", "");
    DATA.matcher(html).results().forEach(data -> call("browser.add", data.group(1), data.group(2)));
    scripts.subList(1, scripts.size()).forEach(this::run);
  }

  /**
   * A chart.
   *
   * @param title of its card
   * @param axis type of its first one, such as {@code log}
   * @param picture SVG
   */
  record Drawing(String title, String axis, List<Series> series, String picture) {
    List<String> types() {
      return series.stream().map(Series::type).toList();
    }
  }

  /** What a chart draws in one way: such as a line of so many points. */
  record Series(String type, String name, int points) {}

  /** The charts, in the order in which they were begun. */
  List<Drawing> drawings() throws JsonProcessingException {
    return new ObjectMapper()
        .readValue(call("browser.drawings").asString(), new TypeReference<>() {});
  }

  /** Chooses an option of the page's select. */
  void choose(String option) {
    call("browser.choose", option);
  }

  /** All that is written on it, but for the charts. */
  String text() {
    return call("browser.text").asString();
  }

  private Value call(String function, Object... arguments) {
    return run(function).execute(arguments);
  }

  private Value run(String script) {
    return context.eval(Source.newBuilder("js", script, "script").buildLiteral());
  }

  @Override
  public void close() {
    context.close();
  }
}
