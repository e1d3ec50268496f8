package io.autoseed.activities.study;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.phase.RunRegistration;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.ResolvedStudy;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.StudyProgress;
import io.autoseed.workflows.StudyRequest;
import io.autoseed.workflows.StudyWorkflow;
import io.autoseed.workflows.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Submits studies: documents to the store, then the workflow. A study is named by its content, so
 * submitting the same again joins the one under way, or goes on with what it has left.
 */
public final class StudySubmission {
  private static final int DIGITS = 8;

  private final StudyObjects objects;
  private final Documents documents;
  private final RunRegistration registration;
  private final RunHistory history;
  private final Catalog catalog;
  private final WorkflowClient client;

  public StudySubmission(
      ArtifactStore store, ObjectCache cache, Catalog catalog, WorkflowClient client) {
    this.documents = new Documents(store, cache);
    this.objects = new StudyObjects(store, documents);
    this.registration = new RunRegistration(store, cache, catalog);
    this.history = new RunHistory(catalog);
    this.catalog = catalog;
    this.client = client;
  }

  /**
   * How a study is to be performed; none of it changes a result.
   *
   * @param until members from this place on are not asked for now
   * @param pace how much goes on at a time
   * @param maxHours the limit, see {@link StudyRequest}; null for none
   * @param policy how patient to be with the workers
   * @param command as it was typed, for the report
   */
  public record Effort(
      int until, StudyEstimate.Pace pace, Double maxHours, RunPolicy policy, String command) {}

  /**
   * The id of a study, from what it is.
   *
   * @param name start of it
   */
  public static String id(ResolvedStudy study, String name, String profile) {
    Map<String, String> content = new TreeMap<>();
    content.put("study", study.digest());
    content.put("profile", profile);
    return name + "-" + CanonicalJson.digest(content).substring(0, DIGITS);
  }

  /** Whether a study has that name: the rest of its id says what it consists of. */
  public static boolean isNamed(String study, String name) {
    return study.length() > DIGITS && family(study).equals(name + "-");
  }

  /** What the ids of all studies of one name begin with; the rest says what they consist of. */
  static String family(String study) {
    return study.substring(0, study.length() - DIGITS);
  }

  /** The longest id that a run of the study can have if it is tried again some hundred times. */
  public static String longestRun(String id, ResolvedStudy study) {
    return study.document().members().stream()
            .map(member -> MemberRuns.first(id, member))
            .max(Comparator.comparing(String::length))
            .orElseThrow()
        + "-999";
  }

  /** Those of the first {@code until} members that are not done. */
  public List<StudyDocument.Member> left(
      String id, ResolvedStudy study, String profile, int until) {
    List<StudyDocument.Member> members = study.document().members().subList(0, until);
    return MemberRuns.in(catalog, id, profile, members).left(members);
  }

  /** What those of the first {@code effort.until()} members will take that are not done. */
  public StudyEstimate estimate(String id, ResolvedStudy study, String profile, Effort effort) {
    ResolvedSequence any = study.anySequence();
    return StudyEstimate.of(
        study.document(),
        left(id, study, profile, effort.until()),
        any.tasks().size(),
        profile,
        any.tasks().stream().map(TaskDocument::datasetDigest).distinct().toList(),
        effort.pace(),
        history);
  }

  /** Starts the study; not to be called while it is under way. */
  public void submit(
      String id, ResolvedStudy study, String profile, String codeVersion, Effort effort) {
    write(study);
    ResolvedSequence any = study.anySequence();
    List<DataSetRow> dataSets = RunRegistration.dataSets(any);
    TreeMap<String, String> roots = new TreeMap<>();
    any.datasetRoots()
        .forEach((name, root) -> roots.put(name, root.toAbsolutePath().normalize().toString()));
    objects.write(
        new StudyRecord(
            id,
            CanonicalJson.digest(study.document()),
            roots,
            profile,
            codeVersion,
            effort.policy(),
            StudyCircumstances.of(effort.command(), effort.pace()),
            dataSets),
        study.document());
    start(id, study, profile, effort, null);
  }

  /**
   * Reports again on a study whose members are all done, from what the catalog has of them;
   * performs none: the workflow begins behind the last. Not to be called while it is under way.
   */
  public void reportAgain(String id, ResolvedStudy study, String profile, Effort effort) {
    start(id, study, profile, effort, new StudyProgress(effort.until(), List.of(), null));
  }

  /** Sequences of one class order have the same tasks. */
  private void write(ResolvedStudy study) {
    Set<List<String>> written = new HashSet<>();
    for (ResolvedSequence sequence : study.sequences().values()) {
      if (written.add(sequence.document().tasks())) {
        registration.write(sequence);
      } else {
        documents.put(sequence.document());
      }
    }
  }

  private void start(
      String id, ResolvedStudy study, String profile, Effort effort, StudyProgress progress) {
    StudyWorkflow workflow =
        client.newWorkflowStub(
            StudyWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.control(profile))
                .setWorkflowTaskTimeout(TaskQueues.WORKFLOW_TASK_TIMEOUT)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary(
                    study.document().name() + ", " + study.document().members().size() + " runs")
                .build());
    WorkflowClient.start(
        workflow::run,
        new StudyRequest(
            id,
            profile,
            study.document().members().size(),
            effort.until(),
            study.document().strategies().size(),
            effort.pace().parallel(),
            effort.pace().workers(),
            effort.maxHours(),
            StudyRequest.MEMBERS_PER_HISTORY,
            effort.policy(),
            progress));
  }
}
