package io.autoseed.worker.process;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogAddress;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoreAddress;
import io.autoseed.activities.tracking.StudyTracking;
import io.autoseed.activities.tracking.TrackingRelay;
import io.autoseed.infra.stack.StackAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Connections to the services of a stack; each opens at its first use. */
public final class StackConnections {
  private static final long CACHE_BYTES = 4L << 30;

  /** As long as a busy worker may take to answer a query. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private StackConnections() {}

  public static ArtifactStore store(StackAddresses stack) {
    return new ArtifactStore(
        new StoreAddress(
            URI.create(stack.s3Endpoint()),
            stack.s3Region(),
            stack.s3AccessKey(),
            stack.s3SecretKey(),
            stack.s3Bucket()));
  }

  /**
   * The objects that processes of this machine have read from the store.
   *
   * @param home the stack's folder
   */
  public static ObjectCache cache(Path home) {
    return new ObjectCache(home.resolve("objects"), CACHE_BYTES);
  }

  public static Catalog catalog(StackAddresses stack) {
    return new Catalog(
        new CatalogAddress(stack.jdbcUrl(), stack.applicationUser(), stack.applicationPassword()));
  }

  /** The catalog as its schema's owner, who may begin a token epoch. */
  public static Catalog ownerCatalog(StackAddresses stack) {
    return new Catalog(
        new CatalogAddress(stack.jdbcUrl(), stack.ownerUser(), stack.ownerPassword()));
  }

  /** What brings the outbox to the stack's MLflow. */
  public static TrackingRelay relay(StackAddresses stack, Catalog catalog) {
    return new TrackingRelay(
        catalog, URI.create(stack.mlflowUrl()), mlflowArtifacts(stack), stack.s3Bucket());
  }

  /** What brings studies to the stack's MLflow. */
  static StudyTracking studyTracking(StackAddresses stack) {
    return new StudyTracking(URI.create(stack.mlflowUrl()), mlflowArtifacts(stack));
  }

  private static StoreAddress mlflowArtifacts(StackAddresses stack) {
    return new StoreAddress(
        URI.create(stack.s3Endpoint()),
        stack.s3Region(),
        stack.mlflowS3AccessKey(),
        stack.mlflowS3SecretKey(),
        stack.mlflowBucket());
  }

  /**
   * @param identity names this process in the histories
   */
  public static TemporalConnection temporal(StackAddresses stack, String identity) {
    return TemporalConnection.open(stack.temporalTarget(), stack.temporalNamespace(), identity);
  }

  /**
   * A connection for those who look again and again: a call is given up after seconds.
   *
   * @param identity names this process in the histories
   */
  public static TemporalConnection looking(StackAddresses stack, String identity) {
    return TemporalConnection.open(
        stack.temporalTarget(), stack.temporalNamespace(), identity, LOOK);
  }
}
