package io.autoseed.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.doctor.Finding;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
        .containsExactly("postgres", "object-store", "temporal", "mlflow", "supervisor");
    assertThat(status.components()).allSatisfy(c -> assertThat(c.pid()).isPositive());
  }

  @Test
  void statusIsQuick() {
    assertThat(quickest(() -> TestStack.stack().status())).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void aSecondUpOfAHealthyStackReturnsTheSameAddressesAtOnce() {
    StackAddresses first = TestStack.addresses();

    Duration taken = quickest(() -> assertThat(TestStack.stack().up(line -> {})).isEqualTo(first));

    assertThat(taken).isLessThan(Duration.ofSeconds(2));
  }

  /** Of a few goes: the first loads classes, and others may be held up by what runs beside them. */
  private static Duration quickest(Runnable work) {
    Duration quickest = Duration.ofDays(1);
    for (int go = 0; go < 5; go++) {
      long started = System.nanoTime();
      work.run();
      Duration taken = Duration.ofNanos(System.nanoTime() - started);
      quickest = taken.compareTo(quickest) < 0 ? taken : quickest;
    }
    return quickest;
  }

  @Test
  void mlflowKeepsArtifactsInTheStoreWithItsOwnKey() throws Exception {
    URI artifact =
        URI.create(
            TestStack.addresses().mlflowUrl()
                + "/api/2.0/mlflow-artifacts/artifacts/local-stack-it/hello.txt");
    HttpClient http = HttpClient.newHttpClient();

    HttpResponse<String> put =
        http.send(
            HttpRequest.newBuilder(artifact)
                .PUT(HttpRequest.BodyPublishers.ofString("hello"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> got =
        http.send(HttpRequest.newBuilder(artifact).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(got.body()).isEqualTo("hello");
  }

  @Test
  void doctorFindsARunningStackFine() {
    TestStack.addresses();

    assertThat(TestStack.stack().doctor())
        .filteredOn(finding -> finding.level() == Finding.Level.PROBLEM)
        .filteredOn(finding -> !finding.check().equals("memory")) // of this machine, now
        .isEmpty();
  }
}
