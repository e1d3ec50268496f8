package io.autoseed.it;

import io.autoseed.infra.stack.StackAddresses;

class SeaweedConformanceIT extends ObjectStoreConformance {
  @Override
  StackAddresses addresses() {
    return TestStack.addresses();
  }
}
