package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SubmissionProgressTest {
  private final SubmissionProgress progress =
      new SubmissionProgress("r-1", List.of("auto-seed", "er", "slda"));

  @Test
  void anInterruptionSaysWhatGoesOnWhatWasLeftOutAndHowToFollow() {
    progress.next(() -> {});

    assertThat(progress.interrupt())
        .isEqualTo(
            "interrupted; submitted and going on: auto-seed, not submitted: er, slda;"
                + " to follow: autoseed watch r-1");
  }

  @Test
  void anInterruptionBeforeTheFirstSaysThatNothingWasSubmitted() {
    assertThatThrownBy(
            () ->
                progress.next(
                    () -> {
                      throw new CommandFailure("no");
                    }))
        .hasMessage("no");

    assertThat(progress.interrupt()).isEqualTo("interrupted before anything was submitted");
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void theOneAtWorkIsWaitedForAndNoneFollowsIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Thread submitter =
        new Thread(
            () -> {
              progress.next(
                  () -> {
                    begun.countDown();
                    await(end);
                  });
              progress.next(second::countDown);
            });
    submitter.setDaemon(true);
    submitter.start();
    await(begun);
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread interrupter = new Thread(() -> said.complete(progress.interrupt()));
    interrupter.setDaemon(true);
    interrupter.start();
    while (interrupter.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    assertThat(said).isNotDone();

    end.countDown();

    assertThat(said.get(10, TimeUnit.SECONDS)).contains("going on: auto-seed, not submitted: er");
    assertThat(second.await(200, TimeUnit.MILLISECONDS)).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
