package io.autoseed.activities.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run's audit chain tells, together with its manifests: its states, when each phase was
 * written down, and everything that MLflow is to be told, at the same times as before.
 *
 * @param state {@code SUBMITTED} or a {@link RunState}
 * @param failure why it ended without being done, or null
 * @param createdAt null if the chain does not tell of its submission
 * @param finishedAt null while it goes on
 * @param told what MLflow is to be told, in order, the submission first
 * @param committed when each phase was written down, by {@link #name}
 * @param model the manifest that became a model version, if one did
 */
record RunStory(
    String state,
    String failure,
    Instant createdAt,
    Instant finishedAt,
    List<Told> told,
    SortedMap<String, Instant> committed,
    Optional<StoredManifest> model) {

  /** A row of the outbox. */
  record Told(Instant at, TrackingEvent event) {}

  /** A phase of a task, as {@code 3 ADAPT}. */
  static String name(int task, String phase) {
    return task + " " + phase;
  }

  /** Whether the phase of that manifest was written down. */
  boolean tellsOf(StoredManifest stored) {
    Manifest manifest = stored.manifest();
    return committed.containsKey(
        name(manifest.envelope().task(), manifest.outcome().phase().name()));
  }

  /** Reads the chain, in order; events without a manifest in {@code copy} are passed over. */
  static RunStory read(RunCopy copy, List<AuditNote> chain) {
    Reader reader = new Reader(copy);
    chain.forEach(reader::read);
    return reader.story();
  }

  private static final class Reader {
    private final RunCopy copy;
    private final Map<String, StoredManifest> manifests;
    private final List<Told> told = new ArrayList<>();
    private final SortedMap<String, Instant> committed = new TreeMap<>();
    private String state = "SUBMITTED";
    private String failure;
    private Instant createdAt;
    private Instant finishedAt;
    private Optional<StoredManifest> model = Optional.empty();

    Reader(RunCopy copy) {
      this.copy = copy;
      this.manifests = copy.byKey();
    }

    private Optional<StoredManifest> manifest(JsonNode details) {
      return Optional.ofNullable(manifests.get(details.path("manifest").asText()));
    }

    void read(AuditNote note) {
      JsonNode details =
          CanonicalJson.read(note.details().getBytes(StandardCharsets.UTF_8), JsonNode.class);
      Instant at = Instant.parse(note.at());
      switch (note.event()) {
        case "run-submitted" -> submitted(at);
        case "phase-committed" -> committed(at, details);
        case PhaseLedger.RUN_FINISHED -> finished(at, details);
        default -> changed(note.event());
      }
    }

    private void submitted(Instant at) {
      createdAt = at;
      NewRun run = copy.submitted();
      told.add(0, new Told(at, Runs.started(run, CanonicalJson.digest(run.sequence()))));
    }

    private void committed(Instant at, JsonNode details) {
      manifest(details)
          .filter(manifest -> manifest.manifest().envelope().run().equals(copy.run()))
          .ifPresent(
              manifest -> {
                int task = manifest.manifest().envelope().task();
                Phase phase = manifest.manifest().outcome().phase();
                if (committed.putIfAbsent(name(task, phase.name()), at) == null) {
                  String taskName =
                      task < copy.tasks().size()
                          ? copy.tasks().get(task).name()
                          : Integer.toString(task);
                  told.add(new Told(at, PhaseLedger.told(manifest, taskName)));
                }
              });
    }

    private void finished(Instant at, JsonNode details) {
      state = details.path("state").asText();
      failure = details.path("reason").textValue();
      finishedAt = at;
      Optional<StoredManifest> last = manifest(details);
      if (state.equals(RunState.DONE.name()) && details.path(Runs.REGISTERED).asBoolean(true)) {
        model = last;
      }
      told.add(
          new Told(
              at,
              new TrackingEvent.RunFinished(
                  state,
                  failure,
                  last.map(found -> found.manifest().outcome().metrics())
                      .orElse(Collections.emptySortedMap()),
                  model.map(found -> copy.submitted().sequence().name()).orElse(null),
                  last.map(StoredManifest::reference).orElse(null))));
    }

    private void changed(String event) {
      for (RunState known : RunState.values()) {
        if (finishedAt == null && event.equals("run-" + known.name().toLowerCase(Locale.ROOT))) {
          state = known.name();
        }
      }
    }

    RunStory story() {
      return new RunStory(state, failure, createdAt, finishedAt, told, committed, model);
    }
  }
}
