package io.autoseed.worker.chaos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a run at one moment. While a service is away, what it said last stands.
 *
 * @param rows what the catalog has
 * @param durable keys of checkpoints and encoded shards
 * @param work activities that are being performed
 */
record Sighting(Rows rows, Set<String> durable, List<Work> work) {
  static final Sighting NONE = new Sighting(Rows.NONE, Set.of(), List.of());

  Sighting {
    durable = Set.copyOf(durable);
    work = List.copyOf(work);
  }

  boolean ended() {
    return rows.ended();
  }

  /**
   * How the run has gone on since {@code before}, when {@code victims} were hit; empty if it has
   * not. The last heartbeats of an attempt that was cut short do not count.
   */
  Optional<String> progressSince(Sighting before, Set<Long> victims) {
    return savedSince(before).or(() -> stepSince(before, victims));
  }

  /** What was put down for good since then, or that the run has ended. */
  Optional<String> savedSince(Sighting before) {
    return committedSince(before, Set.of()).or(() -> checkpointedSince(before)).or(this::end);
  }

  /**
   * Whether a phase was committed since then.
   *
   * @param aside {@code task/PHASE} of those whose commits do not count
   */
  Optional<String> committedSince(Sighting before, Set<String> aside) {
    return rows.commits().stream()
            .anyMatch(phase -> !before.rows.commits().contains(phase) && !aside.contains(phase))
        ? Optional.of("a commit")
        : Optional.empty();
  }

  private Optional<String> checkpointedSince(Sighting before) {
    return before.durable.containsAll(durable) ? Optional.empty() : Optional.of("a checkpoint");
  }

  /** Whether the run has ended. */
  Optional<String> end() {
    return ended() ? Optional.of("its end") : Optional.empty();
  }

  /** Whether an attempt has told Temporal of a step since then; see {@link #progressSince}. */
  Optional<String> stepSince(Sighting before, Set<Long> victims) {
    return work.stream().anyMatch(now -> stepped(now, before, victims))
        ? Optional.of("a step")
        : Optional.empty();
  }

  /**
   * Whether everything that is being performed has told Temporal of a step since then.
   *
   * @param stopped processes that are stopped; what they hold can make no step
   */
  boolean computedSince(Sighting before, Set<Long> stopped) {
    List<Work> computed =
        work.stream().filter(held -> !stopped.contains(held.workerPid())).toList();
    return !computed.isEmpty() && computed.stream().allMatch(now -> stepped(now, before, Set.of()));
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
