package io.autoseed.workflows;

import io.temporal.failure.ApplicationFailure;

/** What to tell people of a failure that came up through several layers. */
final class RootMessage {
  private RootMessage() {}

  /**
   * The line of a failure that is one of {@link Failures}, which says what to do; else the message
   * of the first cause, without Temporal's additions.
   */
  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !isOurs(root)) {
      root = root.getCause();
    }
    return root instanceof ApplicationFailure application
        ? application.getOriginalMessage()
        : String.valueOf(root.getMessage());
  }

  private static boolean isOurs(Throwable failure) {
    return failure instanceof ApplicationFailure application
        && application.getType().startsWith(Failures.PREFIX);
  }
}
