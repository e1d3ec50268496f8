package io.autoseed.worker.cli;

/** What can be done with a run that waits, or ended before it was done. */
final class NextStep {
  private NextStep() {}

  /** One line; empty for a run that is under way or done. */
  static String of(String run, String state) {
    return switch (state) {
      case "PAUSED" ->
          "autoseed resume %s goes on from its checkpoint, autoseed cancel %s ends it"
              .formatted(run, run);
      case "CANCELLED", "FAILED" ->
          "autoseed run FILE --from %s goes on from where it ended".formatted(run);
      default -> "";
    };
  }

  /**
   * One line about a run whose workflow was cut short.
   *
   * @param how it ended in Temporal, such as {@code terminated}
   */
  static String afterCut(String run, String how) {
    return "the workflow of %s ended in Temporal (%s): autoseed cancel %s ends the run"
        .formatted(run, how, run);
  }
}
