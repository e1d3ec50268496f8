package io.autoseed.worker.process;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a run, or what a study does beside its runs, does not get on, or how far the phase is that it
 * is at.
 *
 * @param trouble how the last attempt at what it waits for ended, if it failed and is tried again,
 *     or that its workflow was cut short or never began; else null
 * @param queuedSeconds for how long a worker could have taken what it waits for, and none was free;
 *     null if one has taken it
 * @param behind runs that workers are at meanwhile, the longest first; empty unless it is queued
 * @param step steps done of the phase that a worker is at, as its last heartbeat told; null if it
 *     has none, or has not told yet
 * @param steps of that phase, or null
 * @param worker process and machine that compute it, such as {@code 4421@host}; null if none does
 */
public record Standstill(
    String trouble,
    Double queuedSeconds,
    List<String> behind,
    Integer step,
    Integer steps,
    String worker) {
  /** Of a run of which nothing is to be said, or nothing known. */
  public static final Standstill NONE = new Standstill(null, null, List.of());

  /** Without a worker that computes. */
  public Standstill(String trouble, Double queuedSeconds, List<String> behind) {
    this(trouble, queuedSeconds, behind, null, null, null);
  }

  public Standstill {
    behind = List.copyOf(behind);
  }

  static Standstill of(String trouble) {
    return new Standstill(trouble, null, List.of());
  }

  /** Why, in one line that stays the same for a minute; empty if nothing is known. */
  public Optional<String> line() {
    String queued = queuedSeconds == null ? null : "waits for a free worker, " + soFar();
    return Stream.of(trouble, queued)
        .filter(Objects::nonNull)
        .reduce((first, second) -> first + "; " + second);
  }

  /** Such as {@code step 1,200 of 60,000}; empty without steps. */
  public Optional<String> progress() {
    return step == null
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "step %,d of %,d", step, steps));
  }

  /** What to do, in one line; empty unless it is queued. */
  public Optional<String> wayOut() {
    if (queuedSeconds == null) {
      return Optional.empty();
    }
    String workers = "a worker computes one phase at a time: autoseed up --workers N starts more";
    return Optional.of(
        behind.isEmpty()
            ? workers + ", autoseed status shows those there are"
            : workers
                + ", or wait for "
                + (behind.size() == 1 ? "run " : "runs ")
                + String.join(", ", behind));
  }

  private String soFar() {
    Duration queued = Duration.ofSeconds(queuedSeconds.longValue());
    if (queued.toMinutes() == 0) {
      return "under a minute so far";
    }
    return queued.toHours() == 0
        ? "%d min so far".formatted(queued.toMinutes())
        : "%d h %d min so far".formatted(queued.toHours(), queued.toMinutesPart());
  }
}
