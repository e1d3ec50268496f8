package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.LoopProgress;
import io.autoseed.infra.supervisor.ProcessIdentity;
import io.autoseed.workflows.Failures;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import org.junit.jupiter.api.Test;

/** What an attempt counts before it begins. */
class DeathsTest {
  private static final DataConverter CONVERTER = DefaultDataConverter.STANDARD_INSTANCE;
  private static final WorkerIdentity DEAD = worker(2647);
  private static final WorkerIdentity STOPPED = worker(2648);

  private static final Failure REPORTED =
      CONVERTER.exceptionToFailure(Failures.workerDied(DEAD.name()));
  private static final Failure TIMED_OUT =
      Failure.newBuilder()
          .setTimeoutFailureInfo(
              TimeoutFailureInfo.newBuilder().setTimeoutType(TimeoutType.TIMEOUT_TYPE_HEARTBEAT))
          .build();

  @Test
  void aReportedDeathCountsAlsoBeforeTheFirstHeartbeat() {
    assertThat(before(PendingActivityInfo.newBuilder().setLastFailure(REPORTED).build()))
        .isEqualTo(new Deaths(1));
  }

  @Test
  void aDeathAtTheSamePlaceIsOneMore() {
    assertThat(before(REPORTED, beat(DEAD, new Deaths(3), 2.5))).isEqualTo(new Deaths(4));
  }

  @Test
  void soIsOneBeforeTheAttemptHasSaidHowFarItIs() {
    assertThat(before(REPORTED, new Beat(DEAD.toString(), new Deaths(3), LoopProgress.NONE)))
        .isEqualTo(new Deaths(4));
  }

  @Test
  void aDeathAfterAnotherCheckpointIsTheFirstAgain() {
    assertThat(before(REPORTED, beat(DEAD, new Deaths(3), 4))).isEqualTo(new Deaths(1));
  }

  @Test
  void aDeathThatOnlyTheHeartbeatTimeoutEndedCountsLikeOneThatWasReported() {
    assertThat(before(TIMED_OUT, beat(DEAD, new Deaths(3), 2.5))).isEqualTo(new Deaths(4));
  }

  @Test
  void aWorkerThatIsOnlyStoppedOrOutOfSightHasNotDied() {
    assertThat(before(TIMED_OUT, beat(STOPPED, new Deaths(3), 2.5))).isEqualTo(Deaths.NONE);
    assertThat(before(TIMED_OUT, new Beat("", new Deaths(3), LoopProgress.NONE)))
        .isEqualTo(Deaths.NONE);
  }

  @Test
  void otherTroubleBeginsTheCountAfresh() {
    Failure trouble =
        CONVERTER.exceptionToFailure(Failures.unavailable("data is out of reach", null));

    assertThat(before(trouble, beat(DEAD, new Deaths(3), 2.5))).isEqualTo(Deaths.NONE);
  }

  @Test
  void aDeathAfterShardsThatAreInTheStoreIsTheFirstAgainToo() {
    LoopProgress seven = new LoopProgress(0, 7, 0, 0, 3.5, 3.5, null, null, null);

    assertThat(before(REPORTED, new Beat(DEAD.toString(), new Deaths(3), seven)))
        .isEqualTo(new Deaths(1));
  }

  /** Another build's. */
  @Test
  void aHeartbeatThatSaysSomethingElseIsTakenForNone() {
    assertThat(before(REPORTED, 7)).isEqualTo(new Deaths(1));
    assertThat(before(REPORTED, null)).isEqualTo(new Deaths(1));
    assertThat(before(TIMED_OUT, beat(DEAD, new Deaths(3), 1).progress())).isEqualTo(Deaths.NONE);
  }

  private static Deaths before(Failure failure, Object heartbeat) {
    return before(
        PendingActivityInfo.newBuilder()
            .setLastFailure(failure)
            .setHeartbeatDetails(CONVERTER.toPayloads(heartbeat).orElseThrow())
            .build());
  }

  private static Deaths before(PendingActivityInfo activity) {
    return Deaths.before(activity, DEAD::equals);
  }

  /** Of an attempt that went on from a checkpoint with 2.5 s of computing in it. */
  private static Beat beat(WorkerIdentity worker, Deaths deaths, double savedSeconds) {
    return new Beat(
        worker.toString(),
        deaths,
        new LoopProgress(5, 9, 100, 2.5, savedSeconds + 1, savedSeconds, null, null, null));
  }

  private static WorkerIdentity worker(long pid) {
    return new WorkerIdentity(
        new ProcessIdentity(pid, 4182137), "host", "cpu", "b9c19107/4026531836");
  }
}
