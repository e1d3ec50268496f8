package io.autoseed.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.store.AuditNote;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunStoryTest {
  private static final AuditNote FINISHED =
      new AuditNote(0, "2026-01-01T00:00:00Z", "run-finished", "{\"state\":\"FAILED\"}");
  private static final AuditNote SUBMITTED =
      new AuditNote(1, "2026-01-02T00:00:00Z", "run-submitted", "{}");

  private static RunStory story(AuditNote... chain) {
    NewRun run =
        new NewRun(
            "run",
            new SequenceDocument(
                "name",
                "builtin",
                "none",
                new TreeMap<>(),
                7,
                new EvaluationRows(EvaluationRows.Kind.ALL, 0),
                List.of(),
                null),
            List.of(),
            List.of(),
            "test",
            "avx2",
            Reuse.NONE,
            null,
            null,
            null,
            null);
    RunCopy copy = new RunCopy(run, "s", List.of(), null, List.of(), List.of(), List.of());
    return RunStory.read(copy, List.of(chain));
  }

  @Test
  void mlflowIsToldOfTheSubmissionFirstWhereverTheChainTellsOfIt() {
    assertThat(story(FINISHED, SUBMITTED).told())
        .extracting(RunStory.Told::event)
        .hasExactlyElementsOfTypes(TrackingEvent.RunStarted.class, TrackingEvent.RunFinished.class);
  }

  @Test
  void aChainThatLostTheSubmissionHasNoTimeOfIt() {
    assertThat(story(FINISHED).createdAt()).isNull();
    assertThat(story(SUBMITTED).createdAt()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
  }
}
