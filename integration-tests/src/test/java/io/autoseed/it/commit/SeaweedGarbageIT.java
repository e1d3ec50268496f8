package io.autoseed.it.commit;

import io.autoseed.infra.stack.ObjectStoreKind;

class SeaweedGarbageIT extends GarbageCollection {
  @Override
  ObjectStoreKind kind() {
    return ObjectStoreKind.SEAWEEDFS;
  }
}
