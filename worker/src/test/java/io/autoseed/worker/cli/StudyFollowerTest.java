package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.study.StudyWatch;
import io.autoseed.worker.process.Standstill;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Follows a study whose Temporal server does not answer. */
class StudyFollowerTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private WorkflowServiceStubs nobody;

  @BeforeEach
  void connect() {
    nobody =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:1")
                .setRpcRetryOptions(RpcRetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setSystemInfoTimeout(Duration.ofMillis(100))
                .build());
  }

  @AfterEach
  void disconnect() {
    nobody.shutdownNow();
  }

  @Test
  void aStackThatWasTakenDownEndsItWithALineThatSaysHowToGoOn() {
    assertThatThrownBy(() -> follower(() -> false).untilReported("grid-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "the stack went down; the study goes on after autoseed up, then autoseed watch grid-1");
  }

  @Test
  void aServerThatIsAwayIsWaitedForWhileTheStackIsUp() {
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(() -> follower(() -> looks.incrementAndGet() < 3).untilReported("grid-1"))
        .isInstanceOf(CommandFailure.class);

    assertThat(looks).hasValue(3);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("waiting for Temporal\n");
  }

  @Test
  void aStudyWaitsForAWorkerIfEachOfItsRunsDoes() {
    Standstill queued = new Standstill(null, 7.0, List.of("long-1"));
    Map<String, Standstill> standstills = Map.of("a", queued, "b", queued, "c", Standstill.NONE);

    assertThat(StudyFollower.queued(List.of("a", "b"), standstills::get)).isEqualTo(queued);
    assertThat(StudyFollower.queued(List.of("a", "c"), standstills::get))
        .isEqualTo(Standstill.NONE);
    assertThat(StudyFollower.queued(List.of(), standstills::get)).isEqualTo(Standstill.NONE);
  }

  private StudyFollower follower(BooleanSupplier stackIsUp) {
    Terminal terminal =
        new Terminal(
            CommandRun.stream(new ByteArrayOutputStream()),
            CommandRun.stream(err),
            false,
            false,
            80);
    ProgressDisplay display = new ProgressDisplay(terminal, () -> Instant.EPOCH);
    return new StudyFollower(
        new StudyWatch(WorkflowClient.newInstance(nobody)),
        new ScriptedCatalog(),
        id -> Standstill.NONE,
        display,
        new Lookout(display, () -> Instant.EPOCH, Duration.ofSeconds(1), time -> {}, stackIsUp));
  }
}
