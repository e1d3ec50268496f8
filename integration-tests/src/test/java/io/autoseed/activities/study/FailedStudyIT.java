package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.it.TestStack;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.process.WorkflowEnds;
import io.autoseed.workflows.RunPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A study that ended without a report, in the real store. */
class FailedStudyIT {
  private static final StudyDocument DOCUMENT =
      new StudyDocument(
          "grid",
          List.of(),
          "slda",
          List.of(0L),
          List.of(),
          List.of(new StudyDocument.Member("slda", 0, 7, "d")));

  private final String study = "grid-" + UUID.randomUUID();
  private final ArtifactStore store = StackConnections.store(TestStack.addresses());
  private final Catalog catalog = StackConnections.catalog(TestStack.addresses());
  private final StudyObjects objects =
      new StudyObjects(store, new Documents(store, ObjectCache.none()));
  private final StudyOverview overview = new StudyOverview(store, catalog);

  @BeforeEach
  void submit() {
    submit(study);
  }

  private void submit(String id) {
    objects.write(
        new StudyRecord(
            id,
            CanonicalJson.digest(DOCUMENT),
            new TreeMap<>(),
            "avx2",
            "test",
            RunPolicy.DEFAULT,
            null,
            List.of()),
        DOCUMENT);
  }

  @AfterEach
  void close() {
    catalog.close();
    store.close();
  }

  @Test
  void isListedAsFailedWithTheReasonUntilItIsSubmittedAgain() {
    assertThat(standing().state()).isEqualTo(StudyStanding.SUBMITTED);

    objects.fail(study, "the report cannot be written");

    assertThat(standing().state()).isEqualTo("FAILED");
    assertThat(standing().failure()).isEqualTo("the report cannot be written");
    assertThat(objects.files(study)).isEqualTo(Map.of());

    submit();

    assertThat(standing().state()).isEqualTo(StudyStanding.SUBMITTED);
    assertThat(standing().failure()).isNull();
  }

  @Test
  void isFoundBehindNewerStudiesByItsNameAndState() {
    objects.fail(study, "the report cannot be written");
    submit(study + "-newer");

    assertThat(newest("FAILED", study)).containsExactly(study);
    assertThat(newest(StudyStanding.SUBMITTED, study)).containsExactly(study + "-newer");
    assertThat(newest("", study + "-newer")).containsExactly(study + "-newer");
    assertThat(newest("DONE", study)).isEmpty();
  }

  /** One of that state and name. */
  private List<String> newest(String state, String name) {
    return overview.newest(new RunFilter(state, name, false), UnaryOperator.identity(), 1).stream()
        .map(StudyStanding::study)
        .toList();
  }

  @Test
  void isSeenToHaveFailedIfItsWorkflowWasTerminated() {
    WorkflowEnds ends = new WorkflowEnds(TestStack.addresses());
    try (TemporalConnection temporal = StackConnections.temporal(TestStack.addresses(), "test")) {
      WorkflowStub workflow =
          temporal
              .client()
              .newUntypedWorkflowStub(
                  "Study",
                  WorkflowOptions.newBuilder().setWorkflowId(study).setTaskQueue("nobody").build());
      workflow.start();
      assertThat(ends.seen(standing()).state()).isEqualTo(StudyStanding.SUBMITTED);

      workflow.terminate("as anybody may in Temporal");
    }

    assertThat(ends.seen(standing()).state()).isEqualTo("FAILED");
    assertThat(ends.seen(standing()).failure())
        .isEqualTo("its workflow ended in Temporal: terminated");
  }

  private StudyStanding standing() {
    return overview.of(study).orElseThrow();
  }
}
