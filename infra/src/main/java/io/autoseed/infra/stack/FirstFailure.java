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
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            parts.stream()
                .map(part -> part.whenComplete((done, failure) -> pass(failure, failed)))
                .toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(all, failed).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void pass(Throwable failure, CompletableFuture<Object> to) {
    if (failure != null) {
      to.completeExceptionally(failure);
    }
  }
}
