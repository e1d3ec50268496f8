package io.autoseed.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An S3 server that takes whatever is written, has nothing to give, and remembers the requests. */
public final class PlayedStore implements AutoCloseable {
  private static final String BUCKET = "bucket";
  private static final String NOTHING_LISTED =
      "<ListVersionsResult><Name>bucket</Name><MaxKeys>1000</MaxKeys>"
          + "<IsTruncated>false</IsTruncated></ListVersionsResult>";
  private static final String NOTHING_THERE =
      "<Error><Code>NoSuchKey</Code><Message>there is none</Message></Error>";

  private final HttpServer server;
  private final ArtifactStore client;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean garbled;

  public PlayedStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        new ArtifactStore(
            new StoreAddress(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                "key",
                "secret",
                BUCKET));
  }

  public ArtifactStore client() {
    return client;
  }

  /** Method and key of every request for an object, in order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** From now on its answers to writes are such that its client breaks. */
  public void garble() {
    garbled = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String key = exchange.getRequestURI().getPath().replaceFirst("^/" + BUCKET + "/?", "");
      String method = exchange.getRequestMethod();
      if (!key.isEmpty()) {
        requests.add(method + " " + key);
      }
      switch (method) {
        case "PUT" -> {
          exchange.getResponseHeaders().set("x-amz-version-id", "1");
          if (!garbled) {
            exchange.getResponseHeaders().set("ETag", "\"0\"");
          }
          exchange.sendResponseHeaders(200, -1);
        }
        case "GET" -> say(exchange, key.isEmpty() ? 200 : 404);
        case "HEAD" -> exchange.sendResponseHeaders(404, -1);
        default -> exchange.sendResponseHeaders(204, -1);
      }
    }
  }

  private static void say(HttpExchange exchange, int status) throws IOException {
    byte[] body = (status == 200 ? NOTHING_LISTED : NOTHING_THERE).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
  }
}
