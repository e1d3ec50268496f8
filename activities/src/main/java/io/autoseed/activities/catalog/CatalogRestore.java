package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes the rows of runs that the catalog has lost, from what the store says of them: the same
 * rows at the same times, the same audit chain, and everything that MLflow is to be told once more.
 * Needs a connection of the schema's owner, for the token epoch.
 */
public final class CatalogRestore {
  private final Catalog catalog;

  public CatalogRestore(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The newest token epoch; attempts of earlier ones are stale. */
  public int epoch() {
    return catalog.read(
        "reading the token epoch", handle -> handle.attach(RestoreDao.class).epoch());
  }

  /** Ids of all runs of the catalog. */
  public List<String> runs() {
    return catalog.read("listing runs", handle -> handle.attach(RestoreDao.class).runs());
  }

  /**
   * Begins a token epoch and writes the runs, all or nothing.
   *
   * @param epoch larger than any before
   * @param copies runs that the catalog does not have; what a run was forked from, or stands
   *     beside, comes before it
   */
  public void restore(int epoch, String reason, List<RunCopy> copies) {
    catalog.transaction(
        "rebuilding the catalog",
        handle -> {
          RestoreDao rows = handle.attach(RestoreDao.class);
          rows.mayFallSilent(); // while stories of long runs are read
          rows.begin(epoch, reason);
          copies.forEach(copy -> new Restored(handle, copy).write(epoch));
          models(handle, copies);
          return null;
        });
  }

  /** Model versions are numbered in the order in which their runs ended. */
  private static void models(Handle handle, List<RunCopy> copies) {
    record Model(RunCopy copy, Instant at, StoredManifest last) {}
    copies.stream()
        .flatMap(
            copy -> {
              RunStory story = RunStory.read(copy, copy.audit());
              return story.model().map(last -> new Model(copy, story.finishedAt(), last)).stream();
            })
        .sorted(Comparator.comparing(Model::at))
        .forEach(
            model ->
                Runs.register(
                    handle,
                    model.copy().submitted().sequence().name(),
                    model.copy().run(),
                    model.last()));
  }

  /** One run on its way into the catalog. */
  private static final class Restored {
    private final Handle handle;
    private final RunCopy copy;
    private final String sequence;
    private final RunStory story;
    private final Instant createdAt;
    private final PhaseDao phases;

    Restored(Handle handle, RunCopy copy) {
      this.handle = handle;
      this.copy = copy;
      this.sequence = CanonicalJson.digest(copy.submitted().sequence());
      this.story = RunStory.read(copy, copy.audit());
      this.createdAt =
          Optional.ofNullable(story.createdAt())
              .orElseGet(() -> handle.attach(RunDao.class).now().truncatedTo(ChronoUnit.MICROS));
      this.phases = handle.attach(PhaseDao.class);
    }

    void write(int epoch) {
      run();
      chains();
      boolean submissionLost = story.createdAt() == null;
      RunChains now = RunChains.lock(handle, copy.run(), submissionLost ? createdAt : null);
      if (submissionLost) {
        now.audit("run-submitted", Runs.submitted(copy.submitted(), sequence));
      }
      for (StoredManifest stored : copy.manifests()) {
        phase(stored, now);
      }
      if (story.finishedAt() == null) {
        now.audit("catalog-rebuilt", Map.of("epoch", epoch));
      }
    }

    private void run() {
      RunDao runs = handle.attach(RunDao.class);
      runs.insert(Runs.inserted(copy.submitted(), copy.sequenceDigest(), createdAt));
      copy.submitted().dataSets().forEach(runs::insertDataSet);
      runs.insertTasks(Runs.rows(copy.run(), 0, copy.tasks()));
      if (story.finishedAt() == null) {
        runs.changeState(copy.run(), story.state());
      } else {
        runs.finish(copy.run(), story.state(), story.failure(), story.finishedAt());
      }
    }

    private void chains() {
      ChainDao chains = handle.attach(ChainDao.class);
      String head = AuditEntry.START;
      for (AuditNote note : copy.audit()) {
        AuditEntry entry = AuditEntry.of(copy.run(), note, head);
        chains.insert(entry);
        head = entry.hash();
      }
      long number = 0;
      for (RunStory.Told told : told()) {
        chains.insert(copy.run(), number++, told.event().kind(), told.event().json(), told.at());
      }
      copy.anchors().forEach(chains::insertAnchor);
      handle.attach(RunDao.class).advance(copy.run(), number, copy.audit().size(), head);
    }

    /** A run whose submission was lost with the catalog is told of now, before its phases. */
    private List<RunStory.Told> told() {
      List<RunStory.Told> told = new ArrayList<>(story.told());
      if (story.createdAt() == null) {
        told.add(0, new RunStory.Told(createdAt, Runs.started(copy.submitted(), sequence)));
      }
      return told;
    }

    private void phase(StoredManifest stored, RunChains now) {
      Manifest manifest = stored.manifest();
      Manifest.Envelope envelope = manifest.envelope();
      Phase phase = manifest.outcome().phase();
      List<Manifest.Attempt> attempts = PhaseLedger.attempts(manifest);
      long token = attempts.stream().mapToLong(Manifest.Attempt::token).max().orElseThrow();
      Instant at =
          Optional.ofNullable(story.committed().get(RunStory.name(envelope.task(), phase.name())))
              .orElseGet(() -> tell(stored, now));
      RestoreDao restore = handle.attach(RestoreDao.class);
      long id =
          restore.phase(
              copy.run(),
              envelope.task(),
              phase.name(),
              token,
              envelope.phaseKey(),
              Instant.parse(attempts.get(0).startedAt()));
      PhaseLedger.attempts(handle, id, manifest);
      PhaseLedger.artifacts(handle, id, stored);
      PhaseLedger.measurements(handle, manifest);
      AttemptResult result =
          envelope.reusedFrom() == null ? AttemptResult.COMMITTED : AttemptResult.REUSED;
      phases.endAttempt(
          envelope.token(), result.word(), manifest.outcomeDigest(), envelope.computeSeconds());
      phases.commit(PhaseLedger.committed(id, token, stored, at));
    }

    /** A manifest whose entry was lost with the catalog is written down now. */
    private Instant tell(StoredManifest stored, RunChains now) {
      Manifest.Envelope envelope = stored.manifest().envelope();
      now.append(
          "phase-committed",
          PhaseLedger.audited(stored, envelope.token()),
          PhaseLedger.told(stored, copy.tasks().get(envelope.task()).name()));
      return now.now();
    }
  }
}
