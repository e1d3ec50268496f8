package io.autoseed.infra.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The few S3 requests that starting and checking a stack needs, signed with AWS Signature Version
 * 4.
 *
 * <p>The MinIO client does the program's real work; here it would cost every {@code status} half a
 * second of class loading.
 *
 * @param endpoint such as {@code http://127.0.0.1:17301}
 */
record S3Client(String endpoint, String region, String accessKey, String secretKey) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  /** Status code and the first 64 KiB of the body. */
  record Answer(int code, byte[] body) {
    boolean fine() {
      return code >= 200 && code < 300;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends one request.
   *
   * @param path absolute, of letters, digits, dots, dashes and slashes only
   * @param query parameters; names and values of letters, digits, dots and dashes only
   * @throws IOException if the server does not answer
   */
  Answer send(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body)
      throws IOException {
    String parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(p -> p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining("&"));
    URI uri = URI.create(endpoint + path + (query.isEmpty() ? "" : "?" + parameters));
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(HttpProbe.TIMEOUT_MILLIS);
    connection.setReadTimeout(4 * HttpProbe.TIMEOUT_MILLIS);
    connection.setRequestMethod(method);
    Map<String, String> signed = sign(method, uri, parameters, headers, body);
    signed.forEach(connection::setRequestProperty);
    if (method.equals("PUT") || method.equals("POST")) {
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    int code = connection.getResponseCode();
    try (InputStream in = code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Answer(code, in == null ? new byte[0] : in.readNBytes(65_536));
    }
  }

  private Map<String, String> sign(
      String method, URI uri, String parameters, Map<String, String> headers, byte[] body) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    String stamp = STAMP.format(now);
    String day = stamp.substring(0, 8);
    Map<String, String> all = new TreeMap<>();
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    all.put("host", uri.getAuthority());
    all.put("x-amz-content-sha256", hex(sha256(body)));
    all.put("x-amz-date", stamp);
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n').append(uri.getPath()).append('\n');
    canonical.append(parameters).append('\n');
    all.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    String names = String.join(";", all.keySet());
    canonical.append('\n').append(names).append('\n').append(all.get("x-amz-content-sha256"));
    String scope = day + "/" + region + "/s3/aws4_request";
    String text =
        "AWS4-HMAC-SHA256\n"
            + stamp
            + "\n"
            + scope
            + "\n"
            + hex(sha256(utf8(canonical.toString())));
    byte[] key = hmac(utf8("AWS4" + secretKey), day);
    key = hmac(hmac(hmac(key, region), "s3"), "aws4_request");
    all.remove("host"); // the connection sends it itself
    all.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(accessKey, scope, names, hex(hmac(key, text))));
    return all;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "S3Client[" + endpoint + "]";
  }
}
