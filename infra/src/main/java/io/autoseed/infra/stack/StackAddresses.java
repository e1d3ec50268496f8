package io.autoseed.infra.stack;

import java.nio.file.Path;

/**
 * Where a stack's services are and how to log in; the text form leaves the secrets out.
 *
 * @param home the stack's folder
 * @param jdbcUrl of the catalog's database
 * @param ownerUser role that owns the schema and migrates it
 * @param applicationUser role of the worker and the command line
 * @param s3Endpoint such as {@code http://127.0.0.1:17301}
 * @param s3Bucket versioned, with object lock; the application's key reaches this one only
 * @param temporalTarget host and port of the gRPC service
 * @param temporalHttp base of the HTTP API
 * @param temporalUi Temporal's own web page
 * @param mlflowUrl base of the tracking server
 * @param mlflowBucket the bucket of MLflow's artifacts
 * @param mlflowS3AccessKey reaches the MLflow bucket only
 * @param consoleUrl where the console listens when its process runs
 * @param workerMetricsPort where a worker may publish its metrics
 */
public record StackAddresses(
    Path home,
    String jdbcUrl,
    String ownerUser,
    String ownerPassword,
    String applicationUser,
    String applicationPassword,
    String s3Endpoint,
    String s3Region,
    String s3Bucket,
    String s3AccessKey,
    String s3SecretKey,
    String mlflowBucket,
    String mlflowS3AccessKey,
    String mlflowS3SecretKey,
    String temporalTarget,
    String temporalHttp,
    String temporalUi,
    String temporalNamespace,
    String mlflowUrl,
    String consoleUrl,
    int consolePort,
    int workerMetricsPort) {

  @Override
  public String toString() {
    return "StackAddresses[home=%s, jdbcUrl=%s, s3Endpoint=%s, temporalTarget=%s, mlflowUrl=%s]"
        .formatted(home, jdbcUrl, s3Endpoint, temporalTarget, mlflowUrl);
  }
}
