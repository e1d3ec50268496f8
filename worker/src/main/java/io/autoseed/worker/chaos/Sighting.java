package io.autoseed.worker.chaos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a run at one moment. While a service is away, what it said last stands.
 *
 * @param state as the catalog has it
 * @param failure why it ended without being done, or null
 * @param commits {@code task/PHASE} of every committed phase
 * @param durable keys of checkpoints and encoded shards
 * @param work activities that are being performed
 * @param undelivered rows that MLflow has not been told yet
 */
record Sighting(
    String state,
    String failure,
    Set<String> commits,
    Set<String> durable,
    List<Work> work,
    long undelivered) {
  static final Sighting NONE = new Sighting("SUBMITTED", null, Set.of(), Set.of(), List.of(), 0);

  Sighting {
    commits = Set.copyOf(commits);
    durable = Set.copyOf(durable);
    work = List.copyOf(work);
  }

  boolean ended() {
    return state.equals("DONE") || state.equals("FAILED") || state.equals("CANCELLED");
  }

  /**
   * How the run has gone on since {@code before}, when {@code victims} were hit; empty if it has
   * not. The last heartbeats of an attempt that was cut short do not count.
   */
  Optional<String> progressSince(Sighting before, Set<Long> victims) {
    if (!before.commits.containsAll(commits)) {
      return Optional.of("a commit");
    }
    if (!before.durable.containsAll(durable)) {
      return Optional.of("a checkpoint");
    }
    if (ended()) {
      return Optional.of("its end");
    }
    return work.stream().anyMatch(now -> stepped(now, before, victims))
        ? Optional.of("a step")
        : Optional.empty();
  }

  private static boolean stepped(Work now, Sighting before, Set<Long> victims) {
    Optional<Work> then = before.work.stream().filter(w -> w.id().equals(now.id())).findFirst();
    if (then.isEmpty() || now.attempt() > then.get().attempt()) {
      return now.step() > now.firstStep();
    }
    return now.step() > then.get().step() && !victims.contains(then.get().workerPid());
  }

  /** Steps in the newest checkpoint of a phase; 0 if there is none. */
  int checkpointed(Work work) {
    String prefix =
        "checkpoints/" + work.task() + "/" + work.phase().map(Enum::name).orElse("") + "/";
    return durable.stream()
        .filter(key -> key.startsWith(prefix))
        .mapToInt(key -> Integer.parseInt(key.substring(prefix.length())))
        .max()
        .orElse(0);
  }

  /** What is being done, for people. */
  String describe() {
    return work.isEmpty()
        ? "between activities"
        : String.join("; ", work.stream().map(Work::describe).toList());
  }

  /** The activities by id. */
  Map<String, Work> byId() {
    return work.stream().collect(Collectors.toMap(Work::id, w -> w, (one, other) -> other));
  }
}
