package io.autoseed.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.SeedChanges;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.workflows.Phase;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunStoryTest {
  private static final AuditNote FINISHED =
      new AuditNote(0, "2026-01-01T00:00:00Z", "run-finished", "{\"state\":\"FAILED\"}");
  private static final AuditNote SUBMITTED =
      new AuditNote(1, "2026-01-02T00:00:00Z", "run-submitted", "{}");

  private static RunStory story(AuditNote... chain) {
    return RunStory.read(copy(List.of(), List.of()), List.of(chain));
  }

  private static RunCopy copy(List<StoredManifest> manifests, List<AuditNote> chain) {
    NewRun run =
        new NewRun(
            "run",
            new SequenceDocument(
                "name",
                "builtin",
                "none",
                1,
                new TreeMap<>(),
                7,
                new EvaluationRows(EvaluationRows.Kind.ALL, 0),
                null,
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
            null,
            false);
    return new RunCopy(run, "s", List.of(), null, manifests, chain, List.of());
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

  @ParameterizedTest
  @CsvSource({"CANCELLED, 1", "FAILED, 1", "DONE, 2"})
  void aManifestThatWasNotWrittenDownBeforeTheRunBrokeOffCountsForNothing(
      String state, int counted) {
    StoredManifest told = manifest(Phase.ENCODE);
    List<StoredManifest> manifests = List.of(told, manifest(Phase.REPLAY));
    AuditNote submitted = new AuditNote(0, "2026-01-01T00:00:00Z", "run-submitted", "{}");
    AuditNote committed =
        new AuditNote(
            1,
            "2026-01-02T00:00:00Z",
            "phase-committed",
            "{\"manifest\":\"" + told.stored().key() + "\"}");
    AuditNote ended =
        new AuditNote(2, "2026-01-03T00:00:00Z", "run-finished", "{\"state\":\"" + state + "\"}");

    assertThat(copy(manifests, List.of(submitted, committed, ended)).withoutLateManifests())
        .extracting(RunCopy::manifests)
        .isEqualTo(manifests.subList(0, counted));
    assertThat(copy(manifests, List.of(submitted, committed)).withoutLateManifests().manifests())
        .as("while the run goes on")
        .isEqualTo(manifests);
  }

  private static StoredManifest manifest(Phase phase) {
    String digest = "a".repeat(64);
    Manifest manifest =
        new Manifest(
            new Manifest.Outcome(
                phase,
                digest,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                new SeedChanges(List.of(), List.of()),
                null),
            new Manifest.Envelope(
                "run",
                0,
                null,
                digest,
                new TreeMap<>(),
                List.of(),
                List.of(),
                null,
                "build",
                "host",
                "avx2",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:01Z",
                1.5,
                7,
                List.of(),
                digest,
                List.of()));
    return new StoredManifest(
        manifest, new StoredObject(Manifest.key("run", 0, phase), "v1", digest, 1));
  }
}
