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
