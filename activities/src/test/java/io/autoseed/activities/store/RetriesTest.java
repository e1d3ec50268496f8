package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Retries QUICK = new Retries(3, Duration.ofMillis(1), Duration.ofMinutes(1));

  @Test
  void aFailureThatPassesIsTriedAgain() {
    AtomicInteger calls = new AtomicInteger();

    String result =
        QUICK.run(
            "reading",
            "store",
            () -> {
              if (calls.incrementAndGet() < 3) {
                throw new ServerException("busy", 503, "");
              }
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(calls).hasValue(3);
  }

  @Test
  void aFailureThatStaysIsOneError() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                QUICK.run(
                    "reading x",
                    "store",
                    () -> {
                      calls.incrementAndGet();
                      throw new IOException(new ConnectException("refused"));
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("reading x at store failed 3 times")
        .hasMessageContaining("refused");
    assertThat(calls).hasValue(3);
  }

  @Test
  void noTryBeginsWhenTheTimeOfAllIsOver() {
    AtomicInteger calls = new AtomicInteger();
    Retries hurried = new Retries(9, Duration.ofMillis(1), Duration.ofMillis(1500));

    assertThatThrownBy(
            () ->
                hurried.run(
                    "reading x",
                    "store",
                    () -> {
                      calls.incrementAndGet();
                      sleep(1000);
                      throw new SocketTimeoutException("timeout");
                    }))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageContaining("reading x at store failed 2 times in ")
        .hasMessageContaining(" s: SocketTimeoutException: timeout; is the store up");
    assertThat(calls).hasValue(2);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLostConnectionThatTheClientWrapsIsOneThatPasses() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                QUICK.run(
                    "writing x",
                    "store",
                    () -> {
                      calls.incrementAndGet();
                      throw new IllegalStateException(new ConnectException("refused"));
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("writing x at store failed 3 times: ConnectException: refused");
    assertThat(calls).hasValue(3);
  }

  @Test
  void aMistakeOfTheProgramIsNotTriedAgain() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                QUICK.run(
                    "writing x",
                    "store",
                    () -> {
                      calls.incrementAndGet();
                      throw new IllegalStateException("closed");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed");
    assertThat(calls).hasValue(1);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                QUICK.run(
                    "reading x",
                    "store",
                    () -> {
                      calls.incrementAndGet();
                      throw new MinioException("no such bucket");
                    }))
        .hasMessageContaining("was refused");
    assertThat(calls).hasValue(1);
  }
}
