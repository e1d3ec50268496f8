package io.autoseed.infra.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks a component's HTTP port, with the JDK's oldest and quickest client. */
final class HttpProbe {
  static final int TIMEOUT_MILLIS = 2000;

  private HttpProbe() {}

  /** What is wrong with {@code url}, or nothing if it answers 200 with {@code expected} in it. */
  static Optional<String> trouble(String url, String expected) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int code = connection.getResponseCode();
      if (code != 200) {
        connection.disconnect();
        return Optional.of(url + " answers " + code);
      }
      try (InputStream body = connection.getInputStream()) {
        String text = new String(body.readNBytes(65_536), StandardCharsets.UTF_8);
        return text.contains(expected)
            ? Optional.empty()
            : Optional.of(url + " answers without \"" + expected + '"');
      }
    } catch (IOException e) {
      return Optional.of(url + ": " + e.getMessage());
    }
  }
}
