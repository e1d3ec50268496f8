package io.autoseed.activities.phase;

import java.util.function.Supplier;

/**
 * What an activity computes from its inputs alone, and the calls of services in its midst: each
 * with the heartbeats ({@link Pulse}) and the {@link Verdict} that are its own.
 */
record Computation(Pulse pulse) {
  /** Computes: a step under way is finished, and what breaks would break again. */
  <T> T of(Supplier<T> work) {
    return Verdict.onComputation(() -> pulse.computing(work));
  }

  /** Calls a service: nobody waits for it who wants the activity to stop, and it may recover. */
  <T> T asking(Supplier<T> call) {
    return pulse.waiting(() -> Verdict.onService(call));
  }
}
