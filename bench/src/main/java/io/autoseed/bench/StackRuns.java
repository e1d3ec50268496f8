package io.autoseed.bench;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.phase.RunSubmission;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.RunStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.util.List;

/** Runs of a stack that is up, submitted as the command line does. */
public final class StackRuns implements AutoCloseable {
  private static final long CACHE_BYTES = 1L << 30;

  private final ArtifactStore store;
  private final Catalog catalog;
  private final TemporalConnection temporal;
  private final RunSubmission submission;

  /**
   * @param folder where objects are cached
   */
  public StackRuns(StackAddresses stack, Path folder) {
    store = StackConnections.store(stack);
    catalog = StackConnections.catalog(stack);
    temporal = StackConnections.temporal(stack, "bench");
    submission =
        new RunSubmission(store, new ObjectCache(folder, CACHE_BYTES), catalog, temporal.client());
  }

  /**
   * The stack of {@code AUTOSEED_HOME}.
   *
   * @throws IllegalStateException if it is not up
   */
  static StackAddresses stack() {
    LocalStack stack = LocalStack.open(StackOptions.defaultHome().toAbsolutePath());
    if (!stack.status().healthy()) {
      throw new IllegalStateException("the stack is not healthy: run autoseed up first");
    }
    return stack.addresses();
  }

  public WorkflowClient client() {
    return temporal.client();
  }

  RunHistory history() {
    return new RunHistory(catalog);
  }

  /** A run id that nobody has used. */
  public static String unique(String name) {
    return name + "-" + Long.toString(System.currentTimeMillis(), 36);
  }

  public void submit(String run, ResolvedSequence sequence) {
    submission.submit(Submission.of(run, sequence, "avx2", "bench"));
  }

  /**
   * Waits for the end of a run, however long.
   *
   * @throws IllegalStateException if it did not end well
   */
  public RunStatus await(String run) {
    RunStatus status = client().newUntypedWorkflowStub(run).getResult(RunStatus.class);
    if (status.state() != RunState.DONE) {
      throw new IllegalStateException("run " + run + " ended " + status.state());
    }
    return status;
  }

  /** Whether nothing will happen to the run any more. */
  boolean ended(String run) {
    return history().phases(run).orElseThrow().run().finishedAt() != null;
  }

  /** Events of a workflow's newest history. */
  public List<HistoryEvent> events(String workflow) {
    return client().fetchHistory(workflow).getEvents();
  }

  @Override
  public void close() {
    temporal.close();
    catalog.close();
    store.close();
  }
}
