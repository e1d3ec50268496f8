package io.autoseed.it.commit;

import io.autoseed.activities.catalog.CatalogAddress;
import io.autoseed.activities.store.StoreAddress;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.it.TestStack;
import java.net.URI;

/** Servers as the store, the catalog and the relay want them. */
record Backends(
    StoreAddress store,
    CatalogAddress owner,
    CatalogAddress app,
    URI mlflow,
    StoreAddress mlflowBucket) {

  /** The shared stack's. */
  static Backends running() {
    return withStore(TestStack.addresses());
  }

  /** The shared stack's, with another store in the place of its own. */
  static Backends withStore(StackAddresses store) {
    StackAddresses stack = TestStack.addresses();
    URI endpoint = URI.create(stack.s3Endpoint());
    return new Backends(
        new StoreAddress(
            URI.create(store.s3Endpoint()),
            store.s3Region(),
            store.s3AccessKey(),
            store.s3SecretKey(),
            store.s3Bucket()),
        new CatalogAddress(stack.jdbcUrl(), stack.ownerUser(), stack.ownerPassword()),
        new CatalogAddress(stack.jdbcUrl(), stack.applicationUser(), stack.applicationPassword()),
        URI.create(stack.mlflowUrl()),
        new StoreAddress(
            endpoint,
            stack.s3Region(),
            stack.mlflowS3AccessKey(),
            stack.mlflowS3SecretKey(),
            stack.mlflowBucket()));
  }
}
