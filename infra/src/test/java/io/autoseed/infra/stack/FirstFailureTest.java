package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FirstFailureTest {
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatFailsIsNotHeldBackByWhatStillWorks() {
    CompletableFuture<Void> works = new CompletableFuture<>();
    CompletableFuture<Void> fails =
        CompletableFuture.runAsync(
            () -> {
              throw new StackException("the port is taken");
            });
    CompletableFuture<Void> follows = fails.thenRun(() -> {});

    assertThatThrownBy(() -> FirstFailure.join(List.of(works, follows, fails)))
        .isInstanceOf(StackException.class)
        .hasMessage("the port is taken");
  }

  @Test
  void itReturnsOnceAllAreDone() {
    CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> "done");
    CompletableFuture<Void> second = first.thenAccept(done -> {});

    FirstFailure.join(List.of(first, second));

    assertThat(second).isCompleted();
  }
}
