package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceException;
import io.autoseed.learning.sequence.SequencePast;
import io.autoseed.workflows.AppendRequest;
import io.autoseed.workflows.RunClosing;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.RunStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Pauses, resumes, cancels and extends runs that have not ended. Every answer is the workflow's
 * own: what it refuses has changed nothing.
 */
public final class RunSteering {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** From a run's row in the catalog to the start of its workflow. */
  private static final Duration LONGEST_SUBMISSION = Duration.ofMinutes(1);

  private final Documents documents;
  private final RunDocuments runDocuments;
  private final Runs runs;
  private final RunRecords records;
  private final WorkflowClient client;

  public RunSteering(
      ArtifactStore store, ObjectCache cache, Catalog catalog, WorkflowClient client) {
    this.documents = new Documents(store, cache);
    this.runDocuments = new RunDocuments(store, documents);
    this.runs = new Runs(catalog);
    this.records =
        new RunRecords(
            runs,
            new AuditAnchors(store, catalog, Retention.configured(System.getenv())),
            new Manifests(store, cache),
            runDocuments,
            new TrainingFeatures(store));
    this.client = client;
  }

  /**
   * Lets the run stop at its next step, after a checkpoint.
   *
   * @throws SteeringException if it is unknown, has ended, is paused already or does not answer
   */
  public RunStatus pause(String run) {
    requireOpen(run, "pause");
    return update(run, "pause", UUID.randomUUID().toString());
  }

  /**
   * Lets the run go on from its checkpoint.
   *
   * @throws SteeringException if it is unknown, has ended, is not paused or does not answer
   */
  public RunStatus resume(String run) {
    requireOpen(run, "resume");
    return update(run, "resume", UUID.randomUUID().toString());
  }

  /**
   * Asks the run to end at its next step. Its last checkpoint stays. A run whose workflow was cut
   * short or never began ends here and now.
   *
   * @throws SteeringException if it is unknown or has ended, or if it may still be being submitted
   */
  public void cancel(String run) {
    requireOpen(run, "cancel");
    Optional<WorkflowExecutionStatus> workflow = workflow(run);
    if (workflow.isPresent() && !EndedWorkflow.has(workflow.get())) {
      client.newUntypedWorkflowStub(run).cancel();
    } else {
      close(requireOpen(run, "cancel"), workflow.isPresent());
    }
  }

  /** How the newest execution of the run's workflow stands; empty if Temporal knows none. */
  private Optional<WorkflowExecutionStatus> workflow(String run) {
    try {
      return Optional.of(client.newUntypedWorkflowStub(run).describe().getStatus());
    } catch (WorkflowNotFoundException unknown) {
      return Optional.empty();
    }
  }

  /**
   * Ends a run without an open workflow.
   *
   * @param begun whether it had one
   */
  private void close(RunRow run, boolean begun) {
    Duration age = Duration.between(run.createdAt(), Instant.now());
    if (!begun && age.compareTo(LONGEST_SUBMISSION) < 0) {
      throw new SteeringException(
          "Temporal has no workflow of run %s, which was submitted %d s ago and may not have begun yet: cancel it again in a minute"
              .formatted(run.id(), age.toSeconds()));
    }
    records.close(
        new RunClosing(
            run.id(),
            run.sequenceDigest(),
            RunState.CANCELLED,
            null,
            "cancelled on request; Temporal had no open workflow of it"));
  }

  /** What a file appended to the run goes on from: all its tasks. */
  public SequencePast past(String run) {
    requireOpen(run, "append to");
    return runDocuments.past(run, Integer.MAX_VALUE);
  }

  /**
   * Adds tasks to a run, as a new revision of its sequence.
   *
   * @param past of the run, when {@code longer} was read
   * @param longer begins with all of the past's tasks
   * @throws SequenceException if it adds no task, or changes more than the tasks
   * @throws io.autoseed.learning.dataset.DataSetException if a data set that it adds cannot be
   *     opened
   * @throws SteeringException if the run has ended, was appended to meanwhile or does not answer
   */
  public RunStatus append(SequencePast past, ResolvedSequence longer) {
    String run = past.run();
    SequenceDocument before = past.document();
    SequenceExtension.require(past, longer);
    String parent = CanonicalJson.digest(before);
    ResolvedSequence revision = longer.named(before.name()).withParent(parent);
    revision.tasks().subList(past.tasks().size(), revision.tasks().size()).forEach(documents::put);
    String digest = documents.put(revision.document());
    String document = documents.put(revised(runDocuments.newest(run), revision, digest));
    return update(
        run,
        "append",
        digest,
        new AppendRequest(parent, digest, revision.tasks().size(), document));
  }

  private static RunDocument revised(RunDocument before, ResolvedSequence revision, String digest) {
    SortedMap<String, String> roots = new TreeMap<>(before.datasetRoots());
    roots.putAll(RunDocument.roots(revision));
    return new RunDocument(
        before.run(),
        digest,
        roots,
        before.profile(),
        before.codeVersion(),
        before.reuse(),
        before.checkpointSeconds(),
        before.forkedFrom(),
        before.forkedAfterTask(),
        before.beside(),
        before.study(),
        before.dropsFeatures(),
        DataSetsRead.of(revision.tasks(), before.dataSets(), revision.datasetRoots()));
  }

  private RunRow requireOpen(String run, String verb) {
    RunRow row =
        runs.find(run)
            .orElseThrow(
                () ->
                    new SteeringException("there is no run " + run + ": autoseed runs lists them"));
    if (row.finishedAt() != null) {
      throw new SteeringException(
          "run "
              + run
              + " is "
              + row.state().toLowerCase(Locale.ROOT)
              + ", there is nothing to "
              + verb
              + ": autoseed run FILE --from "
              + run
              + " goes on from where it ended");
    }
    return row;
  }

  private RunStatus update(String run, String name, String id, Object... arguments) {
    CompletableFuture<RunStatus> answer =
        CompletableFuture.supplyAsync(
                () ->
                    client
                        .newUntypedWorkflowStub(run)
                        .startUpdate(
                            UpdateOptions.newBuilder(RunStatus.class)
                                .setUpdateName(name)
                                .setUpdateId(id)
                                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                .build(),
                            arguments))
            .thenCompose(WorkflowUpdateHandle::getResultAsync);
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new SteeringException(
          "run "
              + run
              + " did not answer within "
              + PATIENCE.toSeconds()
              + " s and may do so later: see in autoseed status whether a worker runs",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SteeringException("interrupted before run " + run + " answered", e);
    } catch (ExecutionException e) {
      throw refusal(run, e.getCause());
    }
  }

  private static RuntimeException refusal(String run, Throwable trouble) {
    if (trouble instanceof WorkflowNotFoundException) {
      return unknownToTemporal(run, trouble);
    }
    if (trouble instanceof WorkflowUpdateException
        && trouble.getCause() instanceof ApplicationFailure refused) {
      return new SteeringException(refused.getOriginalMessage(), refused);
    }
    return new SteeringException(
        "run " + run + " did not answer: " + trouble.getMessage(), trouble);
  }

  private static SteeringException unknownToTemporal(String run, Throwable trouble) {
    return new SteeringException(
        "Temporal has no open workflow of run "
            + run
            + ": it has just ended or was cut short; see autoseed show "
            + run,
        trouble);
  }
}
