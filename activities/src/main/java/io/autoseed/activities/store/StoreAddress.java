package io.autoseed.activities.store;

import java.net.URI;

/**
 * A bucket of an S3 store and the credentials for it.
 *
 * @param endpoint for example {@code http://127.0.0.1:17302}
 * @param region for example {@code us-east-1}
 */
public record StoreAddress(
    URI endpoint, String region, String accessKey, String secretKey, String bucket) {
  /** The same store and credentials, another bucket. */
  public StoreAddress withBucket(String other) {
    return new StoreAddress(endpoint, region, accessKey, secretKey, other);
  }

  /** Without the credentials: this may be logged. */
  @Override
  public String toString() {
    return endpoint + "/" + bucket;
  }
}
