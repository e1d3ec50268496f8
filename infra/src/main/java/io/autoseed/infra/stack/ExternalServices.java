package io.autoseed.infra.stack;

/**
 * Services that run elsewhere; an empty text means that the stack runs its own.
 *
 * <p>Their credentials are taken from the environment at the first {@code up} and kept in the
 * credentials file: {@code AUTOSEED_POSTGRES_OWNER_PASSWORD}, {@code
 * AUTOSEED_POSTGRES_APP_PASSWORD}, {@code AUTOSEED_S3_ACCESS_KEY}, {@code AUTOSEED_S3_SECRET_KEY},
 * {@code AUTOSEED_MLFLOW_S3_ACCESS_KEY}, {@code AUTOSEED_MLFLOW_S3_SECRET_KEY}.
 *
 * @param jdbcUrl of the catalog's database, which has the roles {@code autoseed_owner} and {@code
 *     autoseed_app}
 * @param s3Endpoint with the buckets {@code autoseed} (versioned, object lock) and {@code mlflow}
 * @param temporalTarget host and port of the gRPC service, with the namespace {@code autoseed}
 * @param mlflowUrl base of a tracking server; needed if PostgreSQL is external, since the stack's
 *     own keeps its runs in the stack's own PostgreSQL
 */
public record ExternalServices(
    String jdbcUrl, String s3Endpoint, String temporalTarget, String mlflowUrl) {
  public static ExternalServices none() {
    return new ExternalServices("", "", "", "");
  }
}
