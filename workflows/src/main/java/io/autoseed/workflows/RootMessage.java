package io.autoseed.workflows;

import io.temporal.failure.ApplicationFailure;

/** What to tell people of a failure that came up through several layers. */
final class RootMessage {
  private RootMessage() {}

  /** The message of the first cause, without Temporal's additions. */
  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof ApplicationFailure application
        ? application.getOriginalMessage()
        : String.valueOf(root.getMessage());
  }
}
