package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.learning.sequence.SequencePast;
import io.autoseed.workflows.RunRequest;
import io.autoseed.workflows.SearchAttributes;
import io.autoseed.workflows.TaskQueues;
import io.autoseed.workflows.TaskSequenceWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.util.Optional;

/**
 * Submits runs: documents to the store, rows to the catalog, then the workflow. Submitting the same
 * again changes nothing, wherever the first time was cut short.
 */
public final class RunSubmission {
  private final ArtifactStore store;
  private final RunRegistration registration;
  private final RunDocuments runDocuments;
  private final WorkflowClient client;

  public RunSubmission(
      ArtifactStore store, ObjectCache cache, Catalog catalog, WorkflowClient client) {
    this.store = store;
    this.registration = new RunRegistration(store, cache, catalog);
    this.runDocuments = new RunDocuments(store, new Documents(store, cache));
    this.client = client;
  }

  /**
   * Starts the run.
   *
   * @throws io.autoseed.learning.sequence.SequenceException if the sequence does not begin as the
   *     run that it forks
   * @throws io.autoseed.activities.catalog.CatalogException if a run of that id has another
   *     sequence
   */
  public void submit(Submission submission) {
    registration.write(submission.sequence());
    start(registration.register(submission), submission.sequence().document().name());
  }

  /** The first tasks of a run, shared by a fork after {@code afterTask}; -1 shares none. */
  public SequencePast past(String run, int afterTask) {
    return runDocuments.past(run, afterTask + 1);
  }

  /** What the run that a fork goes on from left of the first task that they do not share. */
  public Optional<ForkedCheckpoint> checkpoint(Submission fork) {
    return ForkedCheckpoint.of(store, runDocuments, fork);
  }

  private void start(RunRequest request, String name) {
    TaskSequenceWorkflow workflow =
        client.newWorkflowStub(
            TaskSequenceWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(request.run())
                .setTaskQueue(TaskQueues.control(request.profile()))
                .setWorkflowTaskTimeout(TaskQueues.WORKFLOW_TASK_TIMEOUT)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setTypedSearchAttributes(SearchAttributes.of(request))
                .setStaticSummary(
                    name + " with " + request.strategy() + ", " + request.tasks() + " tasks")
                .build());
    try {
      WorkflowClient.start(workflow::run, request);
    } catch (WorkflowExecutionAlreadyStarted e) {
      // It has ended already: nothing is left to start.
      return;
    }
  }
}
