package io.autoseed.worker.chaos;

import io.autoseed.workflows.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is looked at before anything is killed.
 *
 * @param supervised components that the stack itself runs
 * @param polled whether a worker computes in the profile of the runs to come
 * @param open runs that have not ended
 */
record Precautions(Set<String> supervised, boolean polled, List<String> open) {
  private static final int RUNS_NAMED = 3;

  Precautions {
    supervised = Set.copyOf(supervised);
    open = List.copyOf(open);
  }

  /**
   * Refuses a stack on which chaos would harm others or prove nothing.
   *
   * @param force whether other open runs may be disturbed, too
   * @throws ChaosException with what is in the way
   */
  void require(ChaosPlan plan, boolean force) {
    for (Target target : plan.targets()) {
      if (target.among(supervised).isEmpty()) {
        throw new ChaosException(
            "the "
                + target.word()
                + " of this stack is external or absent, and chaos kills only what the stack itself"
                + " runs: leave it out of --targets");
      }
    }
    if (Target.WORKER.among(supervised).isEmpty()) {
      throw new ChaosException("the stack has no worker: autoseed up --workers 1");
    }
    if (!polled) {
      throw new ChaosException(
          "no worker of this stack computes in the profile %s: autoseed status shows those there are"
              .formatted(plan.profile()));
    }
    if (!open.isEmpty() && !force) {
      throw new ChaosException(
          "other runs are open, %d in all (%s): wait for them, cancel them, or disturb them too with --force"
              .formatted(
                  open.size(),
                  String.join(", ", open.subList(0, Math.min(RUNS_NAMED, open.size())))));
    }
  }

  /**
   * Refuses to kill anything for a sequence that is not learned even undisturbed.
   *
   * @param state in which the undisturbed run ended
   * @param failure why, or null
   * @throws ChaosException unless it is done
   */
  static void requireDone(String run, String state, String failure) {
    if (!state.equals(RunState.DONE.name())) {
      throw new ChaosException(
          "the undisturbed run %s is %s%s; nothing was killed"
              .formatted(
                  run, state.toLowerCase(Locale.ROOT), failure == null ? "" : ": " + failure));
    }
  }
}
