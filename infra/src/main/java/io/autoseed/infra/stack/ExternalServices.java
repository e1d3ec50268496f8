package io.autoseed.infra.stack;

/**
 * Services that run elsewhere; an empty text means that the stack runs its own.
 *
 * <p>Their credentials are taken at the first {@code up} from the environment ({@code
 * AUTOSEED_POSTGRES_OWNER_PASSWORD} and so on, see {@code doctor}) into the credentials file.
 *
 * @param jdbcUrl of the catalog's database, which has the roles {@code autoseed_owner} and {@code
 *     autoseed_app}
 * @param s3Endpoint with the buckets {@code autoseed} (versioned, object lock) and {@code mlflow}
 * @param temporalTarget host and port of the gRPC service, with the namespace {@code autoseed}
 * @param mlflowUrl base of a tracking server
 */
public record ExternalServices(
    String jdbcUrl, String s3Endpoint, String temporalTarget, String mlflowUrl) {
  public static ExternalServices none() {
    return new ExternalServices("", "", "", "");
  }
}
