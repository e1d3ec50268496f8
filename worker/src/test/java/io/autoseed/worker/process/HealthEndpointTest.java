package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.worker.report.OtherDigits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
  @Test
  void answersReadyOnlyWhileTheWorkerPolls() throws Exception {
    AtomicReference<Health.State> state = new AtomicReference<>(Health.State.STARTING);
    try (HealthEndpoint endpoint =
        new HealthEndpoint(0, () -> new Health(state.get(), "avx2", "cpu", 1200))) {
      assertThat(ask(endpoint).statusCode()).isEqualTo(503);

      state.set(Health.State.READY);
      assertThat(ask(endpoint).statusCode()).isEqualTo(200);
      assertThat(ask(endpoint).body())
          .isEqualToIgnoringNewLines(
              "{\"state\":\"READY\",\"profile\":\"avx2\",\"device\":\"cpu\",\"startMillis\":1200}");

      state.set(Health.State.STOPPING);
      assertThat(ask(endpoint).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (HealthEndpoint first = new HealthEndpoint(0, () -> null)) {
      assertThatThrownBy(() -> new HealthEndpoint(first.port(), () -> null))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("port " + first.port() + " for GET /health cannot be had")
          .hasMessageEndingWith("give another --health-port");
    }
  }

  @Test
  void whatAWorkerSaysIsJsonInEveryLanguage() {
    Health health = new Health(Health.State.READY, "avx2", "cpu", 1200);
    assertThat(OtherDigits.during(health::toJson)).isEqualTo(health.toJson());
  }

  private static HttpResponse<String> ask(HealthEndpoint endpoint) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + endpoint.port() + "/health");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
