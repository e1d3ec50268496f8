package io.autoseed.worker.process;

/**
 * What a worker says about itself.
 *
 * @param profile numeric profile by name
 * @param device such as {@code cpu}
 * @param startMillis from the start of the JVM to the first poll; -1 before
 */
record Health(State state, String profile, String device, long startMillis) {
  enum State {
    STARTING,
    READY,
    STOPPING
  }

  String toJson() {
    return "{\"state\":\"%s\",\"profile\":\"%s\",\"device\":\"%s\",\"startMillis\":%d}"
        .formatted(state, profile, device, startMillis);
  }
}
