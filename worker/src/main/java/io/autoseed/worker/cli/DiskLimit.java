package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyEstimate;
import io.autoseed.infra.stack.DiskRoom;
import io.autoseed.worker.report.Numbers;
import java.util.Optional;

/** A study that would fill the disk of the stack's own store is not started. */
final class DiskLimit {
  private DiskLimit() {}

  /**
   * Why a study is not started, if it is not.
   *
   * @param room of the stack's own store; empty if it runs elsewhere
   */
  static Optional<String> refusal(StudyEstimate estimate, Optional<DiskRoom> room) {
    return room.flatMap(own -> refusal(estimate, own));
  }

  private static Optional<String> refusal(StudyEstimate estimate, DiskRoom room) {
    return estimate.bytes() <= room.freeBytes()
        ? Optional.empty()
        : Optional.of(
            ("the study would keep %s, and %s are free at %s: free some (autoseed gc says what"
                    + " nothing needs), or name fewer orders, seeds or strategies")
                .formatted(
                    Numbers.bytes((double) estimate.bytes()),
                    Numbers.bytes((double) room.freeBytes()),
                    room.folder()));
  }
}
