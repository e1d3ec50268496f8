package io.autoseed.activities.study;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.phase.RunDocuments;
import io.autoseed.activities.phase.RunRegistration;
import io.autoseed.activities.phase.Submission;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.workflows.Failures;
import io.autoseed.workflows.MemberOpening;
import io.autoseed.workflows.RunState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of studies: records them, and finds those that are there. */
final class StudyMembers {
  private static final String SUBMITTED = "SUBMITTED";

  private final StudyObjects objects;
  private final RunDocuments documents;
  private final RunRegistration registration;
  private final Catalog catalog;
  private final Runs runs;

  StudyMembers(
      StudyObjects objects, RunDocuments documents, RunRegistration registration, Catalog catalog) {
    this.objects = objects;
    this.documents = documents;
    this.registration = registration;
    this.catalog = catalog;
    this.runs = new Runs(catalog);
  }

  /** Records a member's run, see {@link MemberRuns}, unless it is done. */
  MemberOpening open(String study, int member) {
    StudyRecord record = objects.record(study);
    StudyDocument.Member cell = objects.document(record).members().get(member);
    MemberRuns.MemberRun run =
        MemberRuns.in(catalog, study, record.profile(), List.of(cell)).of(cell);
    if (run.done()) {
      return new MemberOpening(run.id(), null);
    }
    ResolvedSequence sequence = sequence(record, cell.sequence());
    Submission submission =
        Submission.of(run.id(), sequence, record.profile(), record.codeVersion())
            .withPatience(record.policy(), Submission.CHECKPOINT_SECONDS)
            .withFork(past(run, sequence.tasks().size()))
            .withStudy(study);
    return new MemberOpening(run.id(), registration.register(submission, record.dataSets()));
  }

  /**
   * What a run goes on from: as it was recorded, or else the tasks that the run before it finished
   * before it was cancelled; null if there are none. A fork learns one task at least.
   */
  private Submission.Fork past(MemberRuns.MemberRun run, int tasks) {
    Optional<RunRow> recorded = runs.find(run.id());
    Optional<Submission.Fork> fork =
        recorded.isPresent()
            ? recorded
                .filter(row -> row.forkedFrom() != null)
                .map(row -> new Submission.Fork(row.forkedFrom(), row.forkedAfterTask()))
            : finished(run.cancelled(), tasks);
    return fork.orElse(null);
  }

  private Optional<Submission.Fork> finished(Optional<String> cancelled, int tasks) {
    return cancelled
        .flatMap(runs::find)
        .map(row -> new Submission.Fork(row.id(), Math.min(row.tasksDone(), tasks - 1) - 1))
        .filter(fork -> fork.afterTask() >= 0);
  }

  private ResolvedSequence sequence(StudyRecord record, String digest) {
    SequenceDocument document = documents.sequence(digest);
    Map<String, Path> roots = new LinkedHashMap<>();
    record.datasetRoots().forEach((name, root) -> roots.put(name, Path.of(root)));
    return new ResolvedSequence(document, documents.tasks(document), roots, List.of());
  }

  /** How a run stands; one that was submitted and not begun counts as running. */
  RunState state(String run) {
    return runs.find(run)
        .map(RunRow::state)
        .map(state -> state.equals(SUBMITTED) ? RunState.RUNNING : RunState.valueOf(state))
        .orElseThrow(
            () ->
                Failures.unavailable(
                    "run "
                        + run
                        + " is not in the catalog any more: autoseed catalog rebuild brings it back",
                    null));
  }
}
