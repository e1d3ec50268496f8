package io.autoseed.worker.console;

import io.autoseed.worker.report.WebResources;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The console's web server: pages from the class path, runs from the catalog. Listens on loopback
 * and answers only requests that were meant for loopback, so that no other web page can read it.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private final ConsoleSource source;
  private final Javalin javalin;

  private ConsoleServer(ConsoleSource source) {
    this.source = source;
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Starts a console.
   *
   * @param port on 127.0.0.1; 0 for one that is free
   */
  public static ConsoleServer start(ConsoleSource source, int port) {
    ConsoleServer server = new ConsoleServer(source);
    server.javalin.start("127.0.0.1", port);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.routes.before(ConsoleServer::guard);
    page(config, "/", "index.html", "text/html");
    page(config, "/icon.svg", "icon.svg", "image/svg+xml");
    page(config, "/console.css", "console.css", "text/css");
    page(config, "/console.js", "console.js", "text/javascript");
    text(config, "/style.css", "text/css", WebResources.style());
    text(config, "/charts.js", "text/javascript", WebResources.charts());
    text(config, "/echarts.js", "text/javascript", WebResources.echarts());
    config.routes.get("/health", context -> context.result("ok"));
    config.routes.get("/api/links", context -> context.json(source.links()));
    config.routes.get(
        "/api/runs",
        context -> context.json(Map.of("runs", source.runs(), "studies", source.studies())));
    config.routes.get("/api/runs/{run}", this::run);
    config.routes.get("/api/studies/{study}", this::study);
    config.routes.exception(
        ConsoleSource.Unavailable.class,
        (e, context) -> context.status(503).result(String.valueOf(e.getMessage())));
  }

  private void run(Context context) {
    ConsoleSource.Detail detail =
        source
            .run(context.pathParam("run"))
            .orElseThrow(() -> new NotFoundResponse("there is no such run"));
    context.json(detail);
  }

  private void study(Context context) {
    ConsoleSource.StudyDetail detail =
        source
            .study(context.pathParam("study"))
            .orElseThrow(() -> new NotFoundResponse("there is no such study"));
    context.json(detail);
  }

  private static void guard(Context context) {
    String host = context.host() == null ? "" : context.host().replaceFirst(":\\d+$", "");
    if (!HOSTS.contains(host)) {
      throw new ForbiddenResponse("the console answers requests to this machine only");
    }
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cache-Control", "no-store");
  }

  private static void page(JavalinConfig config, String path, String file, String type) {
    text(config, path, type, WebResources.text("/io/autoseed/worker/console/" + file));
  }

  private static void text(JavalinConfig config, String path, String type, String text) {
    config.routes.get(path, context -> context.contentType(type + "; charset=utf-8").result(text));
  }

  /** The paths that {@link #configure} serves, for tests. */
  static List<String> pages() {
    return List.of("/", "/icon.svg", "/console.css", "/console.js", "/style.css", "/charts.js");
  }
}
