package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyEstimate;
import io.autoseed.worker.report.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A study that would fill the disk of the stack's own store is not started. */
final class DiskLimit {
  private DiskLimit() {}

  /**
   * Why a study is not started, if it is not.
   *
   * @param folder that the store lies in; empty if it runs elsewhere, where nobody here sees what
   *     is free
   */
  static Optional<String> refusal(StudyEstimate estimate, Optional<Path> folder) {
    return folder.flatMap(own -> refusal(estimate, own, free(own)));
  }

  private static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new CommandFailure("how much is free at " + folder + " cannot be told: " + e, e);
    }
  }

  static Optional<String> refusal(StudyEstimate estimate, Path folder, long free) {
    return estimate.bytes() <= free
        ? Optional.empty()
        : Optional.of(
            ("the study would keep %s, and %s are free at %s: free some (autoseed gc says what"
                    + " nothing needs), or name fewer orders, seeds or strategies")
                .formatted(
                    Numbers.bytes((double) estimate.bytes()),
                    Numbers.bytes((double) free),
                    folder));
  }
}
