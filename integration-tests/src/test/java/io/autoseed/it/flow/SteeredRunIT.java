package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.phase.ForkedCheckpoint;
import io.autoseed.activities.phase.RunRegistration;
import io.autoseed.activities.phase.SteeringException;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.Checkpoints;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.infra.stack.ComponentStatus;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceException;
import io.autoseed.learning.sequence.SequencePast;
import io.autoseed.worker.process.WorkflowEnds;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import io.temporal.client.WorkflowFailedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are paused, cancelled, forked and appended to in the midst of ADAPT. */
class SteeredRunIT {
  @TempDir private static Path folder;
  private static DurableRun durable;
  private static ResolvedSequence sequence;
  private static LocalRun local;

  @BeforeAll
  static void connect() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    sequence =
        SmallSequence.beginning(
            SmallSequence.write(folder.resolve("er"), 6, "{name: er, steps: 40000}"), 2);
    local = SmallSequence.local(sequence);
  }

  @AfterAll
  static void disconnect() {
    durable.close();
  }

  @Test
  void aPausedRunLeavesTheSlotToOthersAndSurvivesItsWorkerAndTheServer() throws Exception {
    try (WorkerFleet workers = workers()) {
      WorkerHandle first = workers.startReady();
      String run = submit("paused-long", 1);
      durable.checkpointInAdapt(run, 1);
      durable.steering().pause(run);
      durable.awaitState(run, "PAUSED");
      int saved = durable.checkpointed(run, 1, Phase.ADAPT);

      String other = DurableRun.unique("in-the-meantime");
      ResolvedSequence quick = SmallSequence.write(folder.resolve("quick"), 8, "{name: slda}");
      durable.submit(Submission.of(other, quick, "avx2", "test"));
      assertThat(durable.await(other).state()).isEqualTo(RunState.DONE);

      first.kill();
      killTemporal();
      assertThatThrownBy(() -> durable.steering().pause(run)).isInstanceOf(SteeringException.class);
      WorkerHandle second = workers.startReady();
      assertThat(state(run)).isEqualTo("PAUSED");
      assertThat(durable.checkpointed(run, 1, Phase.ADAPT)).isEqualTo(saved);
      durable.steering().resume(run);

      requireSameBits(run);
      assertThat(workers.resumedAfter(second, run)).isGreaterThanOrEqualTo(saved).isPositive();
    }
  }

  @Test
  void aWorkerThatDiesOnTheWayToAPauseDoesNotEndTheRun() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady(2);
      String run = submit("dies-pausing", 8);
      durable.checkpointInAdapt(run, 1);
      WorkerHandle adapting = workers.withPid(durable.adaptingPid(run, 1));
      adapting.freeze();

      durable.steering().pause(run);
      adapting.kill();
      durable.awaitState(run, "PAUSED");
      durable.steering().resume(run);

      requireSameBits(run);
      assertThat(workers.resumedAfter(workers.otherThan(adapting), run)).isPositive();
    }
  }

  @Test
  void aCancelledRunKeepsItsCheckpointAndAForkGoesOnFromItToTheSameBits() throws Exception {
    try (WorkerFleet workers = workers()) {
      WorkerHandle worker = workers.startReady();
      String run = durable.submitToHandOver("cancelled", sequence);
      int step = durable.stepInAdapt(run, 1);

      durable.steering().cancel(run);
      assertThatThrownBy(() -> durable.await(run)).isInstanceOf(WorkflowFailedException.class);

      assertThat(state(run)).isEqualTo("CANCELLED");
      int saved = durable.checkpointed(run, 1, Phase.ADAPT);
      assertThat(saved).as("saved on the way").isGreaterThanOrEqualTo(step);
      assertThat(durable.store().list("runs/" + run + "/manifests/1/ADAPT")).isEmpty();
      assertThatThrownBy(() -> durable.steering().resume(run))
          .isInstanceOf(SteeringException.class)
          .hasMessageContaining("run " + run + " is cancelled")
          .hasMessageContaining("--from " + run + " goes on from where it ended");

      Checkpoints.Place place = new Checkpoints.Place(Phase.ADAPT, saved);
      assertThat(durable.submission().checkpoint(forked(run, 0, sequence)))
          .contains(new ForkedCheckpoint(place, List.of()));
      SortedMap<String, Object> more = new TreeMap<>(sequence.document().settings());
      more.put("features-per-class", 9);
      assertThat(durable.submission().checkpoint(forked(run, 0, sequence.withStrategy("er", more))))
          .contains(new ForkedCheckpoint(place, List.of("settings")));

      String fork = fork(run, 0, sequence);
      requireSameBits(fork);
      assertThat(workers.resumedAfter(worker, fork)).isEqualTo(saved);
      assertThat(durable.checkpointed(run, 1, Phase.ADAPT))
          .as("the cancelled run's")
          .isEqualTo(saved);
      assertThat(durable.store().list("runs/" + fork + "/manifests/0/")).isEmpty();
    }
  }

  @Test
  void aForkWithOtherSettingsGoesOnFromTheSharedTasksInItsOwnWay() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady();
      ResolvedSequence parent = SmallSequence.write(folder.resolve("parent"), 9, "{name: er}");
      String run = DurableRun.unique("settings-parent");
      durable.submit(Submission.of(run, parent, "avx2", "test"));
      durable.await(run);

      SortedMap<String, Object> more = new TreeMap<>(parent.document().settings());
      more.put("features-per-class", 9);
      String fork = fork(run, 1, parent.withStrategy("er", more));

      assertThat(durable.await(fork).state()).isEqualTo(RunState.DONE);
      assertThat(durable.digests(fork, 2)).isNotEqualTo(durable.digests(run, 2));
      assertThat(durable.runs().find(fork).orElseThrow().tasksDone()).isEqualTo(3);
      assertThatThrownBy(() -> fork(run, 1, parent.withStrategy("slda")))
          .isInstanceOf(SequenceException.class)
          .hasMessageContaining("strategy.name: the file has slda, run " + run + " er");
    }
  }

  @Test
  void anAppendThatChangesMoreThanTheTasksIsRefusedWithTheField() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady();
      ResolvedSequence longer =
          SmallSequence.write(folder.resolve("longer"), 10, "{name: er, steps: 1000000}");
      ResolvedSequence shorter = SmallSequence.beginning(longer, 1);
      String run = durable.submitToInterrupt("appended", shorter, 8);
      durable.checkpointInAdapt(run, 0);
      SequencePast past = durable.steering().past(run);
      SortedMap<String, Object> fewer = new TreeMap<>(longer.document().settings());
      fewer.put("steps", 10);

      assertThatThrownBy(() -> durable.steering().append(past, longer.withStrategy("er", fewer)))
          .isInstanceOf(SequenceException.class)
          .hasMessageContaining("strategy.steps: the file has 10, run " + run + " 1000000");
      assertThatThrownBy(() -> durable.steering().append(past, longer.withStrategy("slda")))
          .isInstanceOf(SequenceException.class)
          .hasMessageContaining("strategy.name: the file has slda, run " + run + " er");
      assertThatThrownBy(() -> durable.steering().append(past, shorter))
          .isInstanceOf(SequenceException.class)
          .hasMessageContaining("adds no task");

      assertThat(durable.steering().append(past, longer).tasks()).isEqualTo(3);
      DurableRun.eventually(
          "the revision in the catalog, before the task is done",
          () -> Optional.of(durable.runs().tasks(run)).filter(tasks -> tasks.size() == 3));
      assertThat(durable.runs().find(run).orElseThrow().tasksDone()).isZero();
      durable.steering().cancel(run);
      durable.awaitState(run, "CANCELLED");
    }
  }

  @Test
  void aRunWithoutAnOpenWorkflowSaysSoAndEndsWhenItIsCancelled() throws Exception {
    String cutShort = submit("cut-short", 8);
    durable.workflow(cutShort).terminate("as anybody may in Temporal");
    String neverBegun = DurableRun.unique("never-begun");
    RunRegistration registration =
        new RunRegistration(durable.store(), ObjectCache.none(), durable.catalog());
    registration.write(sequence);
    registration.register(Submission.of(neverBegun, sequence, "avx2", "test"));

    for (String run : List.of(cutShort, neverBegun)) {
      assertThat(durable.standstill(run).trouble())
          .isEqualTo("Temporal has no open workflow of it: autoseed cancel " + run + " ends it");
    }

    WorkflowEnds ends = new WorkflowEnds(TestStack.addresses());
    assertThat(
            DurableRun.eventually(
                "its end in Temporal's list",
                () ->
                    Optional.of(ends.cutShort(List.of(neverBegun, cutShort)))
                        .filter(known -> !known.isEmpty())))
        .isEqualTo(Map.of(cutShort, "terminated"));

    assertThatThrownBy(() -> durable.steering().cancel(neverBegun))
        .as("for its submission may be under way")
        .isInstanceOf(SteeringException.class)
        .hasMessageContaining("cancel it again in a minute");
    submittedTwoMinutesAgo(neverBegun);

    for (String run : List.of(cutShort, neverBegun)) {
      durable.steering().cancel(run);
      RunRow row = durable.runs().find(run).orElseThrow();
      assertThat(row.state()).isEqualTo(RunState.CANCELLED.name());
      assertThat(row.failure())
          .isEqualTo("cancelled on request; Temporal had no open workflow of it");
      assertThatThrownBy(() -> durable.steering().cancel(run))
          .hasMessageContaining("is cancelled, there is nothing to cancel");
    }
  }

  private static void submittedTwoMinutesAgo(String run) throws SQLException {
    StackAddresses stack = TestStack.addresses();
    try (Connection connection =
            DriverManager.getConnection(stack.jdbcUrl(), stack.ownerUser(), stack.ownerPassword());
        PreparedStatement statement =
            connection.prepareStatement(
                "UPDATE run SET created_at = created_at - interval '2 minutes' WHERE id = ?")) {
      statement.setString(1, run);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownRunIsNotSteered() {
    assertThatThrownBy(() -> durable.steering().pause("nobody"))
        .isInstanceOf(SteeringException.class)
        .hasMessage("there is no run nobody: autoseed runs lists them");
  }

  private static WorkerFleet workers() {
    return new WorkerFleet(TestStack.addresses().home(), folder);
  }

  private static String submit(String name, int tasksPerHistory) {
    return durable.submitToInterrupt(name, sequence, tasksPerHistory);
  }

  private static String fork(String parent, int afterTask, ResolvedSequence wanted) {
    Submission fork = forked(parent, afterTask, wanted);
    durable.submit(fork);
    return fork.run();
  }

  private static Submission forked(String parent, int afterTask, ResolvedSequence wanted) {
    return Submission.of(DurableRun.unique("fork"), wanted, "avx2", "test")
        .withFork(new Submission.Fork(parent, afterTask));
  }

  private static String state(String run) {
    return durable.runs().find(run).orElseThrow().state();
  }

  private static void killTemporal() {
    ComponentStatus temporal =
        TestStack.stack().status().components().stream()
            .filter(component -> component.name().equals("temporal"))
            .findFirst()
            .orElseThrow();
    ProcessHandle.of(temporal.pid()).orElseThrow().destroyForcibly();
  }

  private static void requireSameBits(String run) throws Exception {
    durable.requireSameBits(run, local);
  }
}
