package io.autoseed.activities.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Makes calls that wait for the store or the catalog and do not need each other. Thread-safe. */
final class SideBySide {
  private final Executor threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "commit");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Makes all calls and returns once the last has ended, the last one on the caller's thread.
   *
   * @return the results, in the order of the calls
   * @throws RuntimeException what the first call in the list that failed threw; what others threw
   *     is suppressed in it
   */
  <T> List<T> all(List<Supplier<T>> calls) {
    List<CompletableFuture<T>> results = new ArrayList<>();
    for (int i = 0; i < calls.size() - 1; i++) {
      results.add(CompletableFuture.supplyAsync(calls.get(i), threads));
    }
    if (!calls.isEmpty()) {
      results.add(onThisThread(calls.get(calls.size() - 1)));
    }
    List<T> values = new ArrayList<>();
    Throwable failure = null;
    for (CompletableFuture<T> result : results) {
      try {
        values.add(result.join());
      } catch (CompletionException e) {
        if (failure == null) {
          failure = e.getCause();
        } else {
          failure.addSuppressed(e.getCause());
        }
      }
    }
    if (failure != null) {
      throw unchecked(failure);
    }
    return values;
  }

  /**
   * Starts a call.
   *
   * @return waits for its end, and returns or throws what the call did
   */
  <T> Supplier<T> start(Supplier<T> call) {
    CompletableFuture<T> result = CompletableFuture.supplyAsync(call, threads);
    return () -> {
      try {
        return result.join();
      } catch (CompletionException e) {
        throw unchecked(e.getCause());
      }
    };
  }

  /** A call throws nothing that is checked. */
  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  private static <T> CompletableFuture<T> onThisThread(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, Runnable::run);
  }
}
