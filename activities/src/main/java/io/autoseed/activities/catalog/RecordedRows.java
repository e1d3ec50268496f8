package io.autoseed.activities.catalog;

import io.autoseed.activities.store.ArtifactReference;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** A run's rows as the catalog holds them; phases that are not committed have none. */
final class RecordedRows {
  private RecordedRows() {}

  static SortedMap<String, String> of(Handle handle, RunRow run) {
    RowTexts texts = new RowTexts();
    RunDao runs = handle.attach(RunDao.class);
    texts.run(inserted(run), run.sequenceDigest(), run.state(), run.failure(), run.finishedAt());
    runs.tasks(run.id()).forEach(texts::task);
    phases(handle, run.id(), texts);
    MeasurementDao measured = handle.attach(MeasurementDao.class);
    measured
        .ownMetrics(run.id())
        .forEach(m -> texts.metric(m.task(), m.phase(), m.name(), m.value()));
    measured.ownAccuracy(run.id()).forEach(texts::accuracy);
    handle.attach(ArtifactDao.class).seeds(run.id()).forEach(texts::seed);
    handle.attach(ChainDao.class).outbox(run.id()).forEach(texts::outbox);
    handle
        .attach(ModelDao.class)
        .of(run.id())
        .ifPresent(
            m ->
                texts.model(
                    m.name(), m.task(), m.manifestKey(), m.manifestVersion(), m.outcomeDigest()));
    return texts.rows();
  }

  private static RunDao.Inserted inserted(RunRow run) {
    return new RunDao.Inserted(
        run.id(),
        run.workflowId(),
        run.sequenceName(),
        run.sequenceDigest(),
        run.strategy(),
        run.settings(),
        run.randomSeed(),
        run.codeVersion(),
        run.numericProfile(),
        run.reuse(),
        run.forkedFrom(),
        run.forkedAfterTask(),
        run.beside(),
        run.study(),
        run.dropsFeatures(),
        run.createdAt());
  }

  private static void phases(Handle handle, String run, RowTexts texts) {
    PhaseDao phases = handle.attach(PhaseDao.class);
    var committed =
        phases.written(run).stream()
            .collect(Collectors.toMap(row -> RunStory.name(row.task(), row.phase()), row -> row));
    for (PhaseDao.Written row : committed.values()) {
      texts.phase(
          row.task(),
          row.phase(),
          row.phaseKey(),
          new PhaseDao.Committed(
              0,
              0,
              row.manifestKey(),
              row.manifestVersion(),
              row.manifestSha256(),
              row.outcomeDigest(),
              row.reusedFrom(),
              row.computeSeconds(),
              row.committedAt()));
    }
    for (PhaseDao.Begun attempt : phases.attempts(run)) {
      if (committed.containsKey(RunStory.name(attempt.task(), attempt.phase()))) {
        texts.attempt(
            attempt.task(),
            attempt.phase(),
            attempt.token(),
            attempt.host(),
            attempt.build(),
            attempt.numericProfile());
      }
    }
    for (LineageDao.Edge edge : handle.attach(LineageDao.class).edges(run)) {
      texts.edge(
          edge.task(),
          edge.phase(),
          edge.direction(),
          edge.name(),
          new ArtifactReference(
              edge.uri(), edge.version(), edge.sha256(), edge.bytes(), edge.kind()));
    }
  }
}
