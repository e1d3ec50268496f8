package io.autoseed.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.infra.stack.StackAddresses;
import io.minio.GetObjectArgs;
import io.minio.GetObjectRetentionArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SetObjectRetentionArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the commit protocol takes for granted of an S3 server, tried with the client and the key
 * that the worker uses. Every server that a stack may have passes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectStoreConformance {
  private static final int WRITERS = 64;

  private final OkHttpClient http = new OkHttpClient(); // each costs a second of start-up
  private MinioClient client;

  private final String prefix = "conformance/" + UUID.randomUUID() + "/";

  /** The stack whose server is tried. */
  abstract StackAddresses addresses();

  /** Makes sure that the server runs. */
  void start() {}

  @BeforeAll
  void connect() {
    start();
    client = client(addresses().s3AccessKey(), addresses().s3SecretKey());
  }

  private MinioClient client(String accessKey, String secretKey) {
    return MinioClient.builder()
        .endpoint(addresses().s3Endpoint())
        .region(addresses().s3Region())
        .httpClient(http)
        .credentials(accessKey, secretKey)
        .build();
  }

  private PutObjectArgs.Builder put(String key, byte[] bytes) {
    return PutObjectArgs.builder()
        .bucket(addresses().s3Bucket())
        .object(prefix + key)
        .data(bytes, bytes.length);
  }

  private byte[] get(MinioClient client, String key, String versionId) throws Exception {
    try (var in =
        client.getObject(
            GetObjectArgs.builder()
                .bucket(addresses().s3Bucket())
                .object(prefix + key)
                .versionId(versionId)
                .build())) {
      return in.readAllBytes();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyPutOfAKeyStaysReadableByItsVersion() throws Exception {
    String first = client.putObject(put("versions", utf8("one")).build()).versionId();
    String second = client.putObject(put("versions", utf8("two")).build()).versionId();

    assertThat(first).isNotBlank().isNotEqualTo(second);
    assertThat(get(client, "versions", first)).isEqualTo(utf8("one"));
    assertThat(get(client, "versions", second)).isEqualTo(utf8("two"));
    assertThat(get(client, "versions", null)).isEqualTo(utf8("two"));
  }

  @Test
  void aDeletedVersionIsGoneAndTheOthersStay() throws Exception {
    String first = client.putObject(put("deleted", utf8("one")).build()).versionId();
    String second = client.putObject(put("deleted", utf8("two")).build()).versionId();

    client.removeObject(
        RemoveObjectArgs.builder()
            .bucket(addresses().s3Bucket())
            .object(prefix + "deleted")
            .versionId(second)
            .build());

    assertThat(get(client, "deleted", first)).isEqualTo(utf8("one"));
    assertThatThrownBy(() -> get(client, "deleted", second))
        .isInstanceOf(ErrorResponseException.class);
  }

  @Test
  void aListNamesEveryVersionBelowAPrefix() throws Exception {
    String first = client.putObject(put("list/a", utf8("one")).build()).versionId();
    String second = client.putObject(put("list/a", utf8("two")).build()).versionId();
    String third = client.putObject(put("list/b", utf8("three")).build()).versionId();

    List<String> found = new ArrayList<>();
    for (Result<Item> item :
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(addresses().s3Bucket())
                .prefix(prefix + "list/")
                .recursive(true)
                .includeVersions(true)
                .build())) {
      found.add(item.get().objectName().substring(prefix.length()) + "@" + item.get().versionId());
    }

    assertThat(found)
        .containsExactlyInAnyOrder("list/a@" + first, "list/a@" + second, "list/b@" + third);
  }

  @Test
  void ofManyWritersWhoPutIfAbsentExactlyOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    try {
      List<Callable<String>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        byte[] bytes = utf8("writer " + i);
        writers.add(
            () -> {
              start.await();
              return putIfAbsent(client, "race", bytes);
            });
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> outcome : threads.invokeAll(writers)) {
        outcomes.add(outcome.get());
      }

      assertThat(outcomes).filteredOn(o -> !o.equals("PreconditionFailed")).hasSize(1);
      int winner = indexOfWinner(outcomes);
      assertThat(get(client, "race", null)).isEqualTo(utf8("writer " + winner));
    } finally {
      threads.shutdownNow();
    }
  }

  private static int indexOfWinner(List<String> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      if (!outcomes.get(i).equals("PreconditionFailed")) {
        return i;
      }
    }
    throw new AssertionError("nobody won");
  }

  /** The new version's id, or the error's code. */
  private String putIfAbsent(MinioClient client, String key, byte[] bytes) throws Exception {
    try {
      ObjectWriteResponse written =
          client.putObject(
              put(key, bytes).extraHeaders(new Http.Headers("If-None-Match", "*")).build());
      return written.versionId();
    } catch (ErrorResponseException e) {
      return e.errorResponse().code();
    }
  }

  @Test
  void aLockedVersionCannotBeDeletedBeforeItsTime() throws Exception {
    String version = client.putObject(put("locked", utf8("anchor")).build()).versionId();
    ZonedDateTime until =
        ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10).truncatedTo(ChronoUnit.SECONDS);
    client.setObjectRetention(
        SetObjectRetentionArgs.builder()
            .bucket(addresses().s3Bucket())
            .object(prefix + "locked")
            .versionId(version)
            .config(new Retention(RetentionMode.COMPLIANCE, until))
            .build());

    assertThatThrownBy(
            () ->
                client.removeObject(
                    RemoveObjectArgs.builder()
                        .bucket(addresses().s3Bucket())
                        .object(prefix + "locked")
                        .versionId(version)
                        .build()))
        .isInstanceOf(ErrorResponseException.class);

    assertThat(get(client, "locked", version)).isEqualTo(utf8("anchor"));
    Retention kept =
        client.getObjectRetention(
            GetObjectRetentionArgs.builder()
                .bucket(addresses().s3Bucket())
                .object(prefix + "locked")
                .versionId(version)
                .build());
    assertThat(kept.mode()).isEqualTo(RetentionMode.COMPLIANCE);
    assertThat(kept.retainUntilDate().toInstant()).isEqualTo(until.toInstant());
  }

  @Test
  void metadataComesBackAsItWent() throws Exception {
    client.putObject(
        put("metadata", utf8("x"))
            .userMetadata(new Http.Headers(Map.of("sha256", "00ff", "kind", "seeds")))
            .build());

    StatObjectResponse stat =
        client.statObject(
            StatObjectArgs.builder()
                .bucket(addresses().s3Bucket())
                .object(prefix + "metadata")
                .build());

    assertThat(stat.userMetadata().getFirst("sha256")).isEqualTo("00ff");
    assertThat(stat.userMetadata().getFirst("kind")).isEqualTo("seeds");
  }

  @Test
  void aLargeObjectInPartsComesBackWhole() throws Exception {
    byte[] bytes = new byte[23_456_789];
    new Random(17).nextBytes(bytes);
    client.putObject(
        PutObjectArgs.builder().bucket(addresses().s3Bucket()).object(prefix + "large").stream(
                new ByteArrayInputStream(bytes), (long) bytes.length, 5L << 20)
            .build());

    assertThat(get(client, "large", null)).isEqualTo(bytes);
  }

  @Test
  void wrongCredentialsOpenNothing() throws Exception {
    client.putObject(put("secret", utf8("x")).build());

    MinioClient wrongSecret = client(addresses().s3AccessKey(), "not-the-secret-0000");
    MinioClient wrongKey = client("NOSUCHKEY00000000000", addresses().s3SecretKey());
    assertThatThrownBy(() -> get(wrongSecret, "secret", null))
        .isInstanceOf(ErrorResponseException.class);
    assertThatThrownBy(() -> get(wrongKey, "secret", null))
        .isInstanceOf(ErrorResponseException.class);
  }

  @Test
  void mlflowsKeyReachesNeitherTheOtherBucketNorTheOtherWayRound() throws Exception {
    client.putObject(put("apart", utf8("x")).build());

    MinioClient mlflow = client(addresses().mlflowS3AccessKey(), addresses().mlflowS3SecretKey());
    assertThatThrownBy(() -> get(mlflow, "apart", null)).isInstanceOf(ErrorResponseException.class);
    assertThatThrownBy(() -> mlflow.putObject(put("apart", utf8("y")).build()))
        .isInstanceOf(ErrorResponseException.class);
    assertThatThrownBy(
            () ->
                client.putObject(
                    PutObjectArgs.builder()
                        .bucket(addresses().mlflowBucket())
                        .object(prefix + "apart")
                        .data(utf8("y"), 1)
                        .build()))
        .isInstanceOf(ErrorResponseException.class);
  }
}
