package io.autoseed.worker.process;

import java.util.Locale;

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
    return String.format(
        Locale.ROOT,
        "{\"state\":\"%s\",\"profile\":\"%s\",\"device\":\"%s\",\"startMillis\":%d}",
        state,
        profile,
        device,
        startMillis);
  }
}
