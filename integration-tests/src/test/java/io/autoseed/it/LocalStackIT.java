package io.autoseed.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalStackIT {
  @Test
  void everyComponentIsHealthyOnceUpHasReturned() {
    TestStack.addresses();

    StackStatus status = TestStack.stack().status();

    assertThat(status.healthy()).as("%s", status).isTrue();
    assertThat(status.components())
        .extracting("name")
        .containsExactly("postgres", "object-store", "temporal", "mlflow");
    assertThat(status.components()).allSatisfy(c -> assertThat(c.pid()).isPositive());
  }

  @Test
  void statusIsQuick() {
    TestStack.stack().status();

    long started = System.nanoTime();
    TestStack.stack().status();

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void aSecondUpOfAHealthyStackReturnsTheSameAddressesAtOnce() {
    StackAddresses first = TestStack.addresses();

    long started = System.nanoTime();
    StackAddresses second = TestStack.stack().up(line -> {});

    assertThat(second).isEqualTo(first);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
  }
}
