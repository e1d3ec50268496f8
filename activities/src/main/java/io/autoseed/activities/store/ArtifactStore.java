package io.autoseed.activities.store;

import io.minio.BucketExistsArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetObjectRetentionArgs;
import io.minio.Http;
import io.minio.IsObjectLegalHoldEnabledArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.minio.messages.RetentionMode;
import io.minio.messages.VersioningConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Objects in one versioned S3 bucket. Every object carries its SHA-256 in its metadata, and every
 * read is checked against the digest the caller (or, for a read by key alone, the metadata) names.
 *
 * <p>Writes may be repeated: a put that timed out may have happened, so the same bytes may lie in
 * two versions; only the version that a manifest names counts. Failures that may pass are retried
 * about ten seconds, silence is borne for {@link #PATIENCE}, everything else is a {@link
 * StoreException} with one line. Thread-safe.
 */
public final class ArtifactStore implements AutoCloseable {
  private static final String DIGEST = "sha256";
  private static final String KIND = "kind";
  private static final String METADATA = "x-amz-meta-";

  /** Conditional writes must be one request; larger objects are cut into parts. */
  private static final int LARGEST_CONDITIONAL = 64 << 20;

  private static final int LARGEST_PART = 64 << 20;

  /** Reads of an object before its bytes are taken for changed: the network may have erred. */
  private static final int READS = 3;

  private static final int REQUESTS_AT_ONCE = 16;

  /** Begins the keys of objects that are written to see whether the store works. */
  public static final String PROBES = "probe/";

  /** How long a reader waits for the next bytes. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long an impatient reader waits for the next bytes. */
  private static final Duration IMPATIENCE = Duration.ofSeconds(5);

  private final StoreAddress address;
  private final Retries retries;
  private final OkHttpClient http;
  private final MinioClient client;

  public ArtifactStore(StoreAddress address) {
    this(address, Retries.DEFAULT, PATIENCE);
  }

  ArtifactStore(StoreAddress address, Retries retries, Duration patience) {
    this(
        address,
        retries,
        new OkHttpClient.Builder()
            .dispatcher(dispatcher())
            .socketFactory(new PromptSockets())
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(patience)
            .writeTimeout(patience)
            .callTimeout(Duration.ofMinutes(5))
            .build());
  }

  private ArtifactStore(StoreAddress address, Retries retries, OkHttpClient http) {
    this.address = address;
    this.retries = retries;
    this.http = http;
    this.client =
        MinioClient.builder()
            .endpoint(address.endpoint().toString())
            .region(address.region())
            .credentials(address.accessKey(), address.secretKey())
            .httpClient(http)
            .build();
  }

  /**
   * The same store for a reader who asks once and waits five seconds: what is damaged is then known
   * soon, for some servers try for minutes to read it. Such a reader has to tell damage from an
   * outage by other means. Closed with this one.
   */
  public ArtifactStore impatient() {
    return new ArtifactStore(
        address,
        Retries.NONE,
        http.newBuilder().readTimeout(IMPATIENCE).callTimeout(PATIENCE).build());
  }

  private static Dispatcher dispatcher() {
    Dispatcher dispatcher = new Dispatcher(daemonThreads());
    dispatcher.setMaxRequestsPerHost(REQUESTS_AT_ONCE);
    return dispatcher;
  }

  /** Threads that do not keep a finished command line program alive. */
  private static ExecutorService daemonThreads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "artifact-store");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** The bucket, without credentials. */
  public StoreAddress address() {
    return address;
  }

  /**
   * Checks that the bucket exists and keeps versions.
   *
   * @throws StoreException if not: without versions no manifest could name what it means
   */
  public void requireVersioning() {
    boolean exists =
        retries.run(
            "looking for the bucket",
            address,
            () -> client.bucketExists(BucketExistsArgs.builder().bucket(address.bucket()).build()));
    if (!exists) {
      throw new StoreRefusedException(
          "no bucket at " + address + ": create it with versioning (autoseed up does)");
    }
    VersioningConfiguration.Status status =
        retries.run(
            "reading the versioning of the bucket",
            address,
            () ->
                client
                    .getBucketVersioning(
                        GetBucketVersioningArgs.builder().bucket(address.bucket()).build())
                    .status());
    if (status != VersioningConfiguration.Status.ENABLED) {
      throw new StoreRefusedException(
          "bucket " + address + " has versioning " + status + ", expected ENABLED: enable it");
    }
  }

  /** Writes a new version. {@code kind} says what it is, for whoever looks at the bucket. */
  public StoredObject put(String key, byte[] bytes, String kind) {
    return put(key, bytes, kind, Map.of());
  }

  /** Like {@link #put(String, byte[], String)}, with short texts beside the object. */
  StoredObject put(String key, byte[] bytes, String kind, Map<String, String> beside) {
    Map<String, String> metadata = new TreeMap<>(beside);
    metadata.put(DIGEST, Digests.sha256(bytes));
    metadata.put(KIND, kind);
    ObjectWriteResponse written =
        retries.run(
            "writing " + key,
            address,
            () -> client.putObject(writing(key, bytes, kind).userMetadata(metadata).build()));
    return stored(key, bytes, written);
  }

  /**
   * Writes a version that nobody can remove before its time: audit anchors.
   *
   * @throws StoreException also if the bucket was made without object lock
   */
  public StoredObject putLocked(String key, byte[] bytes, String kind, Retention retention) {
    RetentionMode mode = RetentionMode.valueOf(retention.mode().name());
    ZonedDateTime until = ZonedDateTime.now(ZoneOffset.UTC).plus(retention.duration());
    ObjectWriteResponse written =
        retries.run(
            "writing locked " + key,
            address,
            () ->
                client.putObject(
                    writing(key, bytes, kind)
                        .retention(new io.minio.messages.Retention(mode, until))
                        .build()));
    return stored(key, bytes, written);
  }

  /**
   * Writes the object if there is none under the key: of any number of writers exactly one gets a
   * result. Because a repeated request may meet the object its own first try wrote, an empty result
   * means "there is one", not "somebody else was first": compare the bytes.
   *
   * @param bytes at most 64 MiB, because the condition holds for one request
   */
  public Optional<StoredObject> putIfAbsent(String key, byte[] bytes, String kind) {
    if (bytes.length > LARGEST_CONDITIONAL) {
      throw new StoreRefusedException(
          key
              + " has "
              + bytes.length
              + " bytes; a conditional write takes "
              + LARGEST_CONDITIONAL);
    }
    return retries.run(
        "writing " + key + " once",
        address,
        () -> {
          PutObjectArgs args =
              writing(key, bytes, kind)
                  .extraHeaders(new Http.Headers("If-None-Match", "*"))
                  .build();
          try {
            return Optional.of(stored(key, bytes, client.putObject(args)));
          } catch (ErrorResponseException e) {
            if (status(e) == 412) {
              return Optional.empty();
            }
            if (status(e) == 409) { // two writers at the same moment: ask again who won
              throw new IOException("conflicting writers of " + key, e);
            }
            throw e;
          }
        });
  }

  /** Writes an object into a bucket that need not keep versions, as for other programs' pages. */
  public void upload(String key, byte[] bytes, String kind) {
    retries.run(
        "writing " + key, address, () -> client.putObject(writing(key, bytes, kind).build()));
  }

  /** Made for each try: it holds a stream, which is at its end after one. */
  private PutObjectArgs.Builder writing(String key, byte[] bytes, String kind) {
    long partSize = Math.max(5 << 20, Math.min(bytes.length, LARGEST_PART));
    return PutObjectArgs.builder().bucket(address.bucket()).object(key).stream(
            new ByteArrayInputStream(bytes), (long) bytes.length, partSize)
        .userMetadata(Map.of(DIGEST, Digests.sha256(bytes), KIND, kind));
  }

  private StoredObject stored(String key, byte[] bytes, ObjectWriteResponse written) {
    if (written.versionId() == null || written.versionId().isEmpty()) {
      throw new StoreRefusedException(
          "the store gave no version id for " + key + " at " + address + ": enable versioning");
    }
    return new StoredObject(key, written.versionId(), Digests.sha256(bytes), bytes.length);
  }

  /**
   * Reads one version and checks it.
   *
   * @throws StoreRefusedException if it is gone
   * @throws CorruptObjectException if its bytes have another digest
   */
  public byte[] get(String key, String versionId, String sha256) {
    Digests.checked(sha256);
    return undamaged(
        () -> {
          byte[] bytes =
              retries.run(
                  "reading " + key + " version " + versionId,
                  address,
                  () -> {
                    try (GetObjectResponse response = client.getObject(reading(key, versionId))) {
                      return response.readAllBytes();
                    } catch (ErrorResponseException e) {
                      if (isGone(e)) {
                        throw new StoreRefusedException(
                            key
                                + " version "
                                + versionId
                                + " is gone from "
                                + address
                                + ": restore the object or run again from an earlier task",
                            e);
                      }
                      throw e;
                    }
                  });
          requireDigest(key + " version " + versionId, sha256, bytes);
          return bytes;
        });
  }

  public byte[] get(StoredObject object) {
    return get(object.key(), object.versionId(), object.sha256());
  }

  /**
   * Reads a version that its reader cannot do without; once more if the store is sound, for it may
   * have come back only after the first try.
   *
   * @throws StoreRefusedException if the store does not read it though it reads other objects: it
   *     is damaged
   * @throws StoreException as {@link #get(StoredObject)} does
   */
  public byte[] require(StoredObject object) {
    for (boolean again = false; ; again = true) {
      try {
        return get(object);
      } catch (StoreException e) {
        if (!e.mayPass() || !isSound()) {
          throw e;
        }
        if (again) {
          throw new StoreRefusedException(
              object.key()
                  + " version "
                  + object.versionId()
                  + " is not read at "
                  + address
                  + " though others are: restore the object or run again from an earlier task",
              e);
        }
      }
    }
  }

  /** Whether the store keeps, reads and removes an object at this moment. */
  boolean isSound() {
    try {
      byte[] bytes = PROBES.getBytes(StandardCharsets.UTF_8);
      StoredObject probe = put(PROBES + UUID.randomUUID(), bytes, "probe");
      get(probe);
      delete(probe.key(), probe.versionId());
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /**
   * The digest and length of what the store has now, whatever was written; nothing if that version
   * is gone.
   */
  public Optional<Manifest.Content> measure(String key, String versionId) {
    return retries.run(
        "reading " + key + " version " + versionId,
        address,
        () -> {
          try (GetObjectResponse response = client.getObject(reading(key, versionId))) {
            return Optional.of(Digests.measure(response));
          } catch (ErrorResponseException e) {
            if (isGone(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** No such version, or a delete marker (405); a missing bucket is another matter. */
  private static boolean isGone(ErrorResponseException e) {
    return (status(e) == 404 || status(e) == 405)
        && !e.errorResponse().code().equals("NoSuchBucket");
  }

  private static <T> T undamaged(Supplier<T> read) {
    for (int reads = 1; ; reads++) {
      try {
        return read.get();
      } catch (CorruptObjectException e) {
        if (reads == READS) {
          throw e;
        }
      }
    }
  }

  /** The newest version under the key, or nothing. */
  public Optional<FoundObject> find(String key) {
    return find(key, null);
  }

  /**
   * One version, checked against the SHA-256 beside it, or nothing if it is gone.
   *
   * @param version null for the newest
   */
  public Optional<FoundObject> find(String key, String version) {
    return undamaged(() -> findOnce(key, version));
  }

  private Optional<FoundObject> findOnce(String key, String version) {
    return retries.run(
        "reading " + key,
        address,
        () -> {
          try (GetObjectResponse response = client.getObject(reading(key, version))) {
            byte[] bytes = response.readAllBytes();
            String expected = response.headers().get(METADATA + DIGEST);
            if (expected == null) {
              throw new StoreRefusedException(
                  key + " at " + address + " has no SHA-256 in its metadata: not written by us");
            }
            requireDigest(key, expected, bytes);
            String versionId = response.headers().get("x-amz-version-id");
            return Optional.of(
                new FoundObject(
                    new StoredObject(key, versionId, expected, bytes.length),
                    bytes,
                    beside(response)));
          } catch (ErrorResponseException e) {
            if (isGone(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static Map<String, String> beside(GetObjectResponse response) {
    Map<String, String> beside = new TreeMap<>();
    for (String name : response.headers().names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(METADATA)) {
        beside.put(lower.substring(METADATA.length()), response.headers().get(name));
      }
    }
    return beside;
  }

  /** What the newest version under the key is, without reading its bytes. */
  public Optional<StoredObject> stat(String key) {
    StatObjectArgs args = StatObjectArgs.builder().bucket(address.bucket()).object(key).build();
    return retries.run(
        "looking for " + key,
        address,
        () -> {
          try {
            StatObjectResponse found = client.statObject(args);
            String digest = found.headers().get("x-amz-meta-" + DIGEST);
            if (digest == null) {
              throw new StoreRefusedException(
                  key + " at " + address + " has no SHA-256 in its metadata: not written by us");
            }
            return Optional.of(new StoredObject(key, found.versionId(), digest, found.size()));
          } catch (ErrorResponseException e) {
            if (status(e) == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private GetObjectArgs reading(String key, String versionId) {
    GetObjectArgs.Builder args = GetObjectArgs.builder().bucket(address.bucket()).object(key);
    return versionId == null ? args.build() : args.versionId(versionId).build();
  }

  private void requireDigest(String what, String expected, byte[] bytes) {
    String found = Digests.sha256(bytes);
    if (!found.equals(expected)) {
      throw new CorruptObjectException(what + " at " + address, expected, found);
    }
  }

  /** The objects under a prefix, newest versions only, by key. */
  public List<ListedObject> list(String prefix) {
    return list(prefix, false);
  }

  /** All versions and delete markers under a prefix. */
  public List<ListedObject> listVersions(String prefix) {
    return list(prefix, true);
  }

  private List<ListedObject> list(String prefix, boolean versions) {
    ListObjectsArgs.Builder args =
        ListObjectsArgs.builder()
            .bucket(address.bucket())
            .prefix(prefix)
            .recursive(true)
            .includeVersions(versions);
    return retries.run(
        "listing " + prefix,
        address,
        () -> {
          List<ListedObject> listed = new ArrayList<>();
          for (Result<Item> result : client.listObjects(args.build())) {
            listed.add(listed(result.get()));
          }
          return listed;
        });
  }

  private static ListedObject listed(Item item) throws MinioException {
    Instant modified =
        item.lastModified() == null ? Instant.EPOCH : item.lastModified().toInstant();
    return new ListedObject(
        item.objectName(),
        item.versionId(),
        item.isLatest(),
        item.isDeleteMarker(),
        item.isDeleteMarker() ? 0 : item.size(),
        modified);
  }

  /** Removes one version for good. No error if it is gone. */
  public void delete(String key, String versionId) {
    retries.run(
        "deleting " + key + " version " + versionId,
        address,
        () -> {
          client.removeObject(removal(key, versionId));
          return null;
        });
  }

  /**
   * Like {@link #delete}, but a version that is locked stays and is no error.
   *
   * @return whether it is gone
   */
  public boolean deleteUnlessLocked(String key, String versionId) {
    return retries.run(
        "deleting " + key + " version " + versionId,
        address,
        () -> {
          try {
            client.removeObject(removal(key, versionId));
            return true;
          } catch (ErrorResponseException e) {
            if (status(e) >= 400 && status(e) < 500 && isLocked(key, versionId)) {
              return false;
            }
            throw e;
          }
        });
  }

  private boolean isLocked(String key, String versionId) throws MinioException {
    try {
      io.minio.messages.Retention retention =
          client.getObjectRetention(
              GetObjectRetentionArgs.builder()
                  .bucket(address.bucket())
                  .object(key)
                  .versionId(versionId)
                  .build());
      if (retention != null
          && retention.retainUntilDate() != null
          && retention.retainUntilDate().isAfter(ZonedDateTime.now(ZoneOffset.UTC))) {
        return true;
      }
    } catch (ErrorResponseException e) {
      if (status(e) < 400 || status(e) >= 500) {
        throw e;
      }
    }
    return client.isObjectLegalHoldEnabled(
        IsObjectLegalHoldEnabledArgs.builder()
            .bucket(address.bucket())
            .object(key)
            .versionId(versionId)
            .build());
  }

  private RemoveObjectArgs removal(String key, String versionId) {
    return RemoveObjectArgs.builder()
        .bucket(address.bucket())
        .object(key)
        .versionId(versionId)
        .build();
  }

  private static int status(ErrorResponseException e) {
    return e.response() == null ? 0 : e.response().code();
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
