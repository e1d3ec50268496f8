package io.autoseed.it.commit;

import io.autoseed.infra.stack.ObjectStoreKind;

class MinioGarbageIT extends GarbageCollection {
  @Override
  ObjectStoreKind kind() {
    return ObjectStoreKind.MINIO;
  }
}
