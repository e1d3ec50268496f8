package io.autoseed.activities.catalog;

import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.RunState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The runs: submitted, changed, ended. Everything here may be called again and changes nothing. */
public final class Runs {
  /** Characters that the id of a run may have, as the schema checks. */
  public static final int LONGEST_ID = 128;

  /**
   * What follows the name in an id that the command line makes, as a regular expression: when it
   * was submitted, and something random.
   */
  public static final String AFTER_NAME = "-[0-9]{8}-[0-9]{6}-[0-9a-f]{4}";

  /** Detail of {@code run-finished}: false where the run became no model version although done. */
  static final String REGISTERED = "registered";

  private final Catalog catalog;

  public Runs(Catalog catalog) {
    this.catalog = catalog;
  }

  static CatalogException unknown(String run) {
    return new CatalogException("there is no run " + run + ": autoseed runs lists them");
  }

  /**
   * Records a run before its workflow starts.
   *
   * @throws CatalogException if a run of that id has another sequence
   */
  public void submit(NewRun run) {
    String digest = CanonicalJson.digest(run.sequence());
    catalog.transaction(
        "submitting run " + run.id(),
        handle -> {
          RunDao runs = handle.attach(RunDao.class);
          Instant now = runs.now().truncatedTo(ChronoUnit.MICROS);
          if (runs.insert(inserted(run, digest, now)) == 0) {
            requireSame(runs, run.id(), digest);
            return null;
          }
          run.dataSets().forEach(runs::insertDataSet);
          runs.insertTasks(rows(run.id(), 0, run.tasks()));
          RunChains chains = RunChains.lock(handle, run.id(), now);
          chains.append("run-submitted", submitted(run, digest), started(run, digest));
          return null;
        });
  }

  static RunDao.Inserted inserted(NewRun run, String digest, Instant at) {
    SequenceDocument sequence = run.sequence();
    return new RunDao.Inserted(
        run.id(),
        run.id(),
        sequence.name(),
        digest,
        sequence.strategy(),
        json(sequence.settings()),
        sequence.randomSeed(),
        run.codeVersion(),
        run.numericProfile(),
        run.reuse().word(),
        run.forkedFrom(),
        run.forkedAfterTask(),
        run.beside(),
        run.study(),
        run.dropsFeatures(),
        at);
  }

  private static void requireSame(RunDao runs, String run, String digest) {
    String known = runs.find(run).orElseThrow(() -> unknown(run)).sequenceDigest();
    if (!known.equals(digest)) {
      throw new CatalogException(
          "run "
              + run
              + " exists with the sequence "
              + known
              + ", not "
              + digest
              + ": choose another name");
    }
  }

  static List<TaskRow> rows(String run, int first, List<TaskDocument> tasks) {
    List<TaskRow> rows = new ArrayList<>();
    for (int task = first; task < tasks.size(); task++) {
      TaskDocument document = tasks.get(task);
      rows.add(
          new TaskRow(
              run,
              task,
              document.name(),
              CanonicalJson.digest(document),
              document.dataset(),
              document.datasetDigest(),
              document.classes().stream().map(TaskDocument.ClassDocument::name).toList()));
    }
    return rows;
  }

  static Map<String, Object> submitted(NewRun run, String digest) {
    Map<String, Object> details = new TreeMap<>();
    details.put("sequence", digest);
    details.put("code", run.codeVersion());
    details.put("numericProfile", run.numericProfile());
    details.put("reuse", run.reuse().word());
    if (run.forkedFrom() != null) {
      details.put("forkedFrom", run.forkedFrom());
      details.put("forkedAfterTask", run.forkedAfterTask());
    }
    if (run.dropsFeatures()) {
      details.put("dropsFeatures", true);
    }
    return details;
  }

  static TrackingEvent started(NewRun run, String digest) {
    SequenceDocument sequence = run.sequence();
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("strategy", sequence.strategy());
    parameters.put("model", sequence.model());
    parameters.put("random-seed", Long.toString(sequence.randomSeed()));
    if (sequence.labelNoise() != null) {
      parameters.put("label-noise", sequence.labelNoise().toString());
    }
    parameters.put("sequence", digest);
    parameters.put("tasks", Integer.toString(sequence.tasks().size()));
    sequence.settings().forEach((name, value) -> parameters.put("setting." + name, text(value)));
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put("temporal.workflow", run.id());
    tags.put("autoseed.code", run.codeVersion());
    tags.put("autoseed.numeric-profile", run.numericProfile());
    if (run.forkedFrom() != null) {
      tags.put("autoseed.forked-from", run.forkedFrom() + "@" + run.forkedAfterTask());
    }
    if (run.beside() != null) {
      tags.put("autoseed.beside", run.beside());
    }
    if (run.study() != null) {
      tags.put("autoseed.study", run.study());
    }
    if (run.dropsFeatures()) {
      tags.put("autoseed.drops-features", "true");
    }
    return new TrackingEvent.RunStarted(
        sequence.name(), sequence.strategy() + " " + run.id(), parameters, tags, run.dataSets());
  }

  private static String json(Object value) {
    return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }

  private static String text(Object value) {
    return value instanceof String word ? word : json(value);
  }

  /**
   * Records a longer revision of a run's sequence, unless it does not revise the newest.
   *
   * @param tasks all tasks of the revision, in order; those known are not looked at again
   * @param dataSets every data set that a task reads
   */
  public void append(
      String run, SequenceDocument revision, List<TaskDocument> tasks, List<DataSetRow> dataSets) {
    String digest = CanonicalJson.digest(revision);
    catalog.transaction(
        "appending to run " + run,
        handle -> {
          RunDao runs = handle.attach(RunDao.class);
          RunChains chains = RunChains.lock(handle, run);
          int known = runs.tasks(run).size();
          if (runs.revise(run, revision.parent(), digest) == 1) {
            dataSets.forEach(runs::insertDataSet);
            runs.insertTasks(rows(run, known, tasks));
            chains.audit("sequence-appended", Map.of("sequence", digest, "tasks", tasks.size()));
          }
          return null;
        });
  }

  /** Records an encoder that phases read. */
  public void encoder(EncoderRow encoder) {
    catalog.transaction(
        "recording encoder " + encoder.name(),
        handle -> {
          handle.attach(RunDao.class).insertEncoder(encoder);
          return null;
        });
  }

  /** Records a state of a run that goes on. */
  public void changed(String run, RunState state) {
    catalog.transaction(
        "changing the state of run " + run,
        handle -> {
          RunChains chains = RunChains.lock(handle, run);
          if (handle.attach(RunDao.class).changeState(run, state.name()) == 1) {
            chains.audit("run-" + state.name().toLowerCase(Locale.ROOT), Map.of());
          }
          return null;
        });
  }

  /**
   * Records how a run ended. A run that is done becomes a model version, unless it is a member of a
   * study, which is there to be compared.
   *
   * @param reason one line, null for a run that is done
   * @param metrics of the whole run
   * @param last the last manifest between tasks, empty if no task was finished
   */
  public void finish(
      String run,
      RunState state,
      String reason,
      SortedMap<String, Double> metrics,
      Optional<StoredManifest> last) {
    catalog.transaction(
        "ending run " + run,
        handle -> {
          RunChains chains = RunChains.lock(handle, run);
          RunDao runs = handle.attach(RunDao.class);
          if (runs.finish(run, state.name(), reason, chains.now()) == 1) {
            RunRow row = runs.find(run).orElseThrow(() -> unknown(run));
            boolean model = state == RunState.DONE && last.isPresent() && row.study() == null;
            if (model) {
              register(handle, row.sequenceName(), run, last.get());
            }
            ManifestReference reference = last.map(StoredManifest::reference).orElse(null);
            chains.append(
                PhaseLedger.RUN_FINISHED,
                finished(state, reason, reference, row.study()),
                new TrackingEvent.RunFinished(
                    state.name(), reason, metrics, model ? row.sequenceName() : null, reference));
          }
          return null;
        });
  }

  private static Map<String, Object> finished(
      RunState state, String reason, ManifestReference last, String study) {
    Map<String, Object> details = new TreeMap<>();
    details.put("state", state.name());
    if (reason != null) {
      details.put("reason", reason);
    }
    if (last != null) {
      details.put("manifest", last.key());
      details.put("outcome", last.outcomeDigest());
    }
    if (state == RunState.DONE && study != null) {
      details.put(REGISTERED, false);
    }
    return details;
  }

  /** Makes a finished run the model's next version. */
  static void register(Handle handle, String model, String run, StoredManifest last) {
    long artifact =
        handle.attach(ArtifactDao.class).ensure(ArtifactReference.of(last.stored(), "manifest"));
    handle
        .attach(ModelDao.class)
        .insert(
            model,
            run,
            last.manifest().envelope().task(),
            artifact,
            last.manifest().outcomeDigest());
  }

  public Optional<RunRow> find(String run) {
    return catalog.read("reading run " + run, handle -> handle.attach(RunDao.class).find(run));
  }

  /** Ids of the runs that have ended: done, failed or cancelled. */
  public Set<String> ended() {
    return catalog.read("listing ended runs", handle -> handle.attach(RunDao.class).ended());
  }

  /** Ids of the runs that have learned all their tasks. */
  public Set<String> done() {
    return catalog.read("listing runs that are done", handle -> handle.attach(RunDao.class).done());
  }

  public List<TaskRow> tasks(String run) {
    return catalog.read(
        "reading the tasks of " + run, handle -> handle.attach(RunDao.class).tasks(run));
  }

  /** Registered model versions, newest first. */
  public List<ModelVersion> models() {
    return catalog.read("listing models", handle -> handle.attach(ModelDao.class).all());
  }

  /** Every seed of a run, those pruned included. */
  public List<SeedRecord> seeds(String run) {
    return catalog.read(
        "reading the seeds of " + run, handle -> handle.attach(ArtifactDao.class).seeds(run));
  }
}
