package io.autoseed.activities.study;

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

/** The runs of studies: records them, and finds those that are there. */
final class StudyMembers {
  private static final String SUBMITTED = "SUBMITTED";

  private final StudyObjects objects;
  private final RunDocuments documents;
  private final RunRegistration registration;
  private final Runs runs;
  private final MemberRuns members;

  StudyMembers(
      StudyObjects objects,
      RunDocuments documents,
      RunRegistration registration,
      Runs runs,
      MemberRuns members) {
    this.objects = objects;
    this.documents = documents;
    this.registration = registration;
    this.runs = runs;
    this.members = members;
  }

  /** Records a member's run, see {@link MemberRuns}, unless it is done. */
  MemberOpening open(String study, int member) {
    StudyRecord record = objects.record(study);
    StudyDocument.Member cell = objects.document(record).members().get(member);
    MemberRuns.MemberRun run = members.of(study, cell);
    Submission submission =
        Submission.of(
                run.id(), sequence(record, cell.sequence()), record.profile(), record.codeVersion())
            .withPatience(record.policy(), Submission.CHECKPOINT_SECONDS)
            .withStudy(study);
    return new MemberOpening(
        run.id(), run.done() ? null : registration.register(submission, record.dataSets()));
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
