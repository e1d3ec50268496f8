package io.autoseed.it;

import io.autoseed.infra.stack.ObjectStoreKind;
import io.autoseed.infra.stack.StackAddresses;
import org.junit.jupiter.api.AfterAll;

class MinioConformanceIT extends ObjectStoreConformance {
  private OwnObjectStore minio;

  @Override
  void start() {
    minio = OwnObjectStore.start(ObjectStoreKind.MINIO);
  }

  @AfterAll
  void stop() {
    if (minio != null) {
      minio.close();
    }
  }

  @Override
  StackAddresses addresses() {
    return minio.addresses();
  }
}
