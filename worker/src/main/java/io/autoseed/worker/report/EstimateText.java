package io.autoseed.worker.report;

import io.autoseed.activities.study.StudyEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a study will take, told before it starts. */
public final class EstimateText {
  private EstimateText() {}

  /**
   * One to three lines.
   *
   * @param members of the class orders asked for, done or not
   */
  public static List<String> lines(StudyEstimate estimate, int members) {
    List<String> lines = new ArrayList<>();
    if (estimate.members() < members) {
      lines.add(
          "%d of these runs are done already, in this study or in an earlier one of its name; "
                  .formatted(members - estimate.members())
              + "each counts once its turn has come");
    }
    if (estimate.members() == 0) {
      return lines;
    }
    if (estimate.unknown().isEmpty() || estimate.hours() > 0) {
      lines.add(
          "estimate: %s for %s, and %s in the store, "
                  .formatted(
                      StudyText.hours(estimate.hours()),
                      Numbers.counted(estimate.members(), "run", "runs"),
                      Numbers.bytes((double) estimate.bytes()))
              + "from what earlier runs of the same strategies took");
    }
    if (!estimate.unknown().isEmpty()) {
      lines.add(
          "no earlier run says how long these take; known after the first of each: "
              + String.join(", ", new TreeSet<>(estimate.unknown())));
    }
    return lines;
  }
}
