package io.autoseed.infra.stack;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for several things at once, and no longer than until the first of them fails. */
final class FirstFailure {
  private FirstFailure() {}

  /**
   * Returns once all are done.
   *
   * @throws RuntimeException the first failure, as it was thrown; the others go on
   */
  static void join(List<CompletableFuture<?>> parts) {
    CompletableFuture<Object> failed = new CompletableFuture<>();
    for (CompletableFuture<?> part : parts) {
      part.whenComplete(
          (done, failure) -> {
            if (failure != null) {
              failed.completeExceptionally(failure);
            }
          });
    }
    CompletableFuture<Void> all = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(all, failed).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
