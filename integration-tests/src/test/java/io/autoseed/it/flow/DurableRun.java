package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.phase.RunSteering;
import io.autoseed.activities.phase.RunSubmission;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.worker.process.Beat;
import io.autoseed.worker.process.RunTrouble;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.Standstill;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.RunStatus;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Submits runs to a stack and looks at what they leave. */
final class DurableRun implements AutoCloseable {
  /** Heartbeat timeout of runs that are to be interrupted. */
  static final int HEARTBEAT_SECONDS = 5;

  private static final double CHECKPOINT_SECONDS = 0.2;

  /** Both longer than any test lasts. */
  private static final RunPolicy DEAF = new RunPolicy(600, 1);

  private static final double NO_CHECKPOINTS_SECONDS = 3600;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ArtifactStore store;
  private final Catalog catalog;
  private final TemporalConnection temporal;
  private final Manifests manifests;
  private final RunSubmission submission;
  private final RunSteering steering;

  DurableRun(StackAddresses stack, Path cache) {
    store = StackConnections.store(stack);
    catalog = StackConnections.catalog(stack);
    temporal = StackConnections.temporal(stack, "test");
    ObjectCache objects = new ObjectCache(cache, 1L << 30);
    manifests = new Manifests(store, objects);
    submission = new RunSubmission(store, objects, catalog, temporal.client());
    steering = new RunSteering(store, objects, catalog, temporal.client());
  }

  /** A run id that no other test has, nor an earlier execution of this one on the same stack. */
  static String unique(String name) {
    return name + "-" + Long.toString(System.nanoTime(), 36);
  }

  void submit(Submission wanted) {
    submission.submit(wanted);
  }

  /**
   * Submits a run that saves checkpoints often and misses a dead worker soon.
   *
   * @return its id
   */
  String submitToInterrupt(String name, ResolvedSequence sequence, int tasksPerHistory) {
    String run = unique(name);
    submit(
        Submission.of(run, sequence, "avx2", "test")
            .withPatience(new RunPolicy(HEARTBEAT_SECONDS, tasksPerHistory), CHECKPOINT_SECONDS));
    return run;
  }

  /**
   * Submits a run that saves a checkpoint only when it gives way, and whose activities go to
   * another worker only if theirs hands them over.
   *
   * @return its id
   */
  String submitToHandOver(String name, ResolvedSequence sequence) {
    return submitToHandOver(name, sequence, Reuse.ENCODE);
  }

  /**
   * The same.
   *
   * @param reuse what it takes over from other runs
   */
  String submitToHandOver(String name, ResolvedSequence sequence, Reuse reuse) {
    String run = unique(name);
    submit(
        Submission.of(run, sequence, "avx2", "test")
            .withReuse(reuse)
            .withPatience(DEAF, NO_CHECKPOINTS_SECONDS));
    return run;
  }

  /**
   * Submits a run that saves checkpoints often, and whose activities go to another worker only if
   * somebody says that theirs is dead.
   *
   * @return its id
   */
  String submitToTakeOver(String name, ResolvedSequence sequence) {
    String run = unique(name);
    submit(Submission.of(run, sequence, "avx2", "test").withPatience(DEAF, CHECKPOINT_SECONDS));
    return run;
  }

  /** Waits for the end of a run, which must leave the learner state of the same run in memory. */
  void requireSameBits(String run, LocalRun expected) throws TimeoutException {
    assertThat(await(run).state()).isEqualTo(RunState.DONE);
    assertThat(digests(run, expected.states().size() - 1))
        .isEqualTo(digests(expected.finalState()));
  }

  RunSubmission submission() {
    return submission;
  }

  RunSteering steering() {
    return steering;
  }

  Runs runs() {
    return new Runs(catalog);
  }

  Catalog catalog() {
    return catalog;
  }

  ArtifactStore store() {
    return store;
  }

  WorkflowClient client() {
    return temporal.client();
  }

  WorkflowStub workflow(String run) {
    return client().newUntypedWorkflowStub(run);
  }

  RunStatus await(String run) throws TimeoutException {
    return await(run, PATIENCE);
  }

  RunStatus await(String run, Duration patience) throws TimeoutException {
    return workflow(run).getResult(patience.toSeconds(), TimeUnit.SECONDS, RunStatus.class);
  }

  StoredManifest manifest(String run, int task, Phase phase) {
    return manifests.committed(run, task, phase).orElseThrow();
  }

  /** Those of every phase of the first tasks. */
  List<Manifest> manifests(String run, int tasks) {
    return IntStream.range(0, tasks)
        .boxed()
        .flatMap(
            task ->
                Arrays.stream(Phase.values()).map(phase -> manifest(run, task, phase).manifest()))
        .toList();
  }

  /** SHA-256 of each object of the learner state that a task left. */
  SortedMap<String, String> digests(String run, int task) {
    SortedMap<String, String> digests = new TreeMap<>();
    manifest(run, task, Phase.PUBLISH)
        .manifest()
        .outcome()
        .objects()
        .forEach((name, content) -> digests.put(name, content.sha256()));
    digests.remove("centre.safetensors");
    return digests;
  }

  /** The same of a state in memory. */
  static SortedMap<String, String> digests(LearnerState state) {
    SortedMap<String, String> digests = new TreeMap<>();
    state
        .objects()
        .forEach(
            (name, bundle) ->
                digests.put(
                    name + ".safetensors", CanonicalJson.sha256(SafeTensors.encode(bundle))));
    return digests;
  }

  /** The activity that a task's workflow waits for alone, if a worker has started it. */
  Optional<PendingActivityInfo> running(String run, int task, String activity) {
    try {
      List<PendingActivityInfo> pending = pending(run, task);
      return pending.stream()
          .filter(info -> pending.size() == 1)
          .filter(info -> info.getActivityType().getName().equals(activity))
          .filter(info -> !info.getLastWorkerIdentity().isEmpty())
          .findFirst();
    } catch (io.grpc.StatusRuntimeException e) {
      return Optional.empty(); // not started yet
    }
  }

  private List<PendingActivityInfo> pending(String run, int task) {
    return client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(client().getOptions().getNamespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(run + "/" + task))
                .build())
        .getPendingActivitiesList();
  }

  /** Steps done in the newest checkpoint of a phase; 0 if there is none. */
  int checkpointed(String run, int task, Phase phase) {
    return store.list("runs/" + run + "/checkpoints/" + task + "/" + phase + "/").stream()
        .mapToInt(
            object -> Integer.parseInt(object.key().substring(object.key().lastIndexOf('/') + 1)))
        .max()
        .orElse(0);
  }

  /** Waits for a checkpoint in ADAPT; returns its step. */
  int checkpointInAdapt(String run, int task) throws InterruptedException {
    return eventually(
        "a checkpoint in ADAPT",
        () -> Optional.of(checkpointed(run, task, Phase.ADAPT)).filter(step -> step > 0));
  }

  /** Waits until ADAPT is under way; returns the steps done at its last heartbeat. */
  int stepInAdapt(String run, int task) throws InterruptedException {
    return eventually(
        "a step of ADAPT",
        () ->
            running(run, task, "Adapt")
                .map(info -> Beat.last(info).progress().step())
                .filter(step -> step > 0));
  }

  /** Why a run does not get on. */
  Standstill standstill(String run) {
    return new RunTrouble(client(), new RunHistory(catalog)::atWork).of(run);
  }

  /** The line that says of a run how its last attempt ended, once there is one. */
  String trouble(String run) throws InterruptedException {
    return eventually(
        "the trouble of " + run, () -> Optional.ofNullable(standstill(run).trouble()));
  }

  /** Process id of the worker that is at ADAPT of a task. */
  long adaptingPid(String run, int task) throws InterruptedException {
    return workerPid(eventually("ADAPT", () -> running(run, task, "Adapt")));
  }

  /** Process id of the worker that is at an activity, or was last. */
  static long workerPid(PendingActivityInfo activity) {
    return pid(activity.getLastWorkerIdentity());
  }

  /** Process id in a worker's identity. */
  static long pid(String identity) {
    return Long.parseLong(identity.substring(0, identity.indexOf('@')));
  }

  /**
   * The start of the last attempt at an activity that is done.
   *
   * @param activity its id in the task's workflow
   */
  HistoryEvent lastStart(String run, int task, String activity) {
    List<HistoryEvent> events = client().fetchHistory(run + "/" + task).getEvents();
    long scheduled =
        events.stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .filter(
                event ->
                    event
                        .getActivityTaskScheduledEventAttributes()
                        .getActivityId()
                        .equals(activity))
            .mapToLong(HistoryEvent::getEventId)
            .findFirst()
            .orElseThrow();
    return events.stream()
        .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
        .filter(
            event ->
                event.getActivityTaskStartedEventAttributes().getScheduledEventId() == scheduled)
        .findFirst()
        .orElseThrow();
  }

  /** How long the server waits for a worker that has taken a task of a workflow. */
  long workflowTaskSeconds(String workflow) {
    return client()
        .fetchHistory(workflow)
        .getEvents()
        .get(0)
        .getWorkflowExecutionStartedEventAttributes()
        .getWorkflowTaskTimeout()
        .getSeconds();
  }

  /** Waits until the catalog has the run in a state. */
  void awaitState(String run, String state) throws InterruptedException {
    eventually(
        run + " " + state, () -> runs().find(run).map(row -> row.state()).filter(state::equals));
  }

  /** The committed manifest of a phase, once there is one. */
  Optional<StoredManifest> committed(String run, int task, Phase phase) {
    return manifests.committed(run, task, phase);
  }

  /** Whether every phase of a run has one audit entry, one row for MLflow and one manifest. */
  boolean commitsOnceEach(String run) {
    return new RunHistory(catalog)
            .commitCounts(run).stream().allMatch(count -> count.audited() == 1 && count.told() == 1)
        && store.listVersions("runs/" + run + "/manifests/").stream()
            .map(ListedObject::key)
            .allMatch(new HashSet<>()::add);
  }

  /** Waits until {@code condition} has a value. */
  static <T> T eventually(String what, Supplier<Optional<T>> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> found = condition.get();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException(what + " did not happen within " + PATIENCE);
  }

  @Override
  public void close() {
    temporal.close();
    catalog.close();
    store.close();
  }
}
