package io.autoseed.infra.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What every S3 server of a stack has in common: two buckets, three keys.
 *
 * @param root may do everything; used for setting up only
 * @param application reaches {@link #BUCKET}
 * @param mlflow reaches {@link #MLFLOW_BUCKET}
 */
record S3Store(S3Client root, S3Client application, S3Client mlflow) {
  static final String BUCKET = "autoseed";
  static final String MLFLOW_BUCKET = "mlflow";
  static final String REGION = "us-east-1";

  private static final String PROBE = "/" + MLFLOW_BUCKET + "/.autoseed/probe";
  private static final byte[] NOTHING = new byte[0];

  static S3Store at(String endpoint, Credentials credentials) {
    return new S3Store(
        new S3Client(
            endpoint,
            REGION,
            credentials.get(Credentials.S3_ROOT_KEY),
            credentials.get(Credentials.S3_ROOT_SECRET)),
        new S3Client(
            endpoint,
            REGION,
            credentials.get(Credentials.S3_APPLICATION_KEY),
            credentials.get(Credentials.S3_APPLICATION_SECRET)),
        new S3Client(
            endpoint,
            REGION,
            credentials.get(Credentials.S3_MLFLOW_KEY),
            credentials.get(Credentials.S3_MLFLOW_SECRET)));
  }

  boolean answers() {
    try {
      return root.send("GET", "/", Map.of(), Map.of(), NOTHING).fine();
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the buckets; the application's one with versions and object lock. */
  void createBuckets() {
    create(BUCKET, Map.of("x-amz-bucket-object-lock-enabled", "true"));
    create(MLFLOW_BUCKET, Map.of());
    String versioning =
        "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + "<Status>Enabled</Status></VersioningConfiguration>";
    expectFine("PUT", "/" + BUCKET, Map.of("versioning", ""), Map.of(), versioning);
  }

  private void create(String bucket, Map<String, String> headers) {
    try {
      if (!root.send("HEAD", "/" + bucket, Map.of(), Map.of(), NOTHING).fine()) {
        expectFine("PUT", "/" + bucket, Map.of(), headers, "");
      }
    } catch (IOException e) {
      throw new StackException("the S3 store stopped answering (" + e.getMessage() + ")", e);
    }
  }

  private void expectFine(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    S3Client.Answer answer = null;
    try {
      // Just started, a server may still be electing or making room: it gets ten seconds.
      for (int i = 0; i < 50; i++) {
        answer = root.send(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8));
        if (answer.fine()) {
          return;
        }
        Thread.sleep(200);
      }
    } catch (IOException e) {
      throw new StackException("the S3 store stopped answering (" + e.getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StackException(
        "the S3 store refused %s %s with %s: %s"
            .formatted(
                method,
                path,
                answer == null ? 0 : answer.code(),
                answer == null ? "" : answer.text()));
  }

  /**
   * Puts and gets a small object, in the bucket without versions so that probes leave none; and
   * looks whether the application's key opens its bucket.
   */
  Optional<String> trouble() {
    byte[] bytes = Long.toString(System.nanoTime()).getBytes(StandardCharsets.UTF_8);
    try {
      S3Client.Answer put = mlflow.send("PUT", PROBE, Map.of(), Map.of(), bytes);
      if (!put.fine()) {
        return Optional.of("a put is answered with " + put.code());
      }
      S3Client.Answer got = mlflow.send("GET", PROBE, Map.of(), Map.of(), NOTHING);
      // Another probe may have written in between: any number will do.
      if (!got.fine() || got.body().length == 0 || !Arrays.equals(digits(got.body()), got.body())) {
        return Optional.of("a get is answered with " + got.code());
      }
      int head = application.send("HEAD", "/" + BUCKET, Map.of(), Map.of(), NOTHING).code();
      return head == 200
          ? Optional.empty()
          : Optional.of("the bucket " + BUCKET + " is answered with " + head);
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private static byte[] digits(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.chars().allMatch(c -> c >= '0' && c <= '9') ? bytes : NOTHING;
  }
}
