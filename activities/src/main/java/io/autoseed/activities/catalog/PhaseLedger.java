package io.autoseed.activities.catalog;

import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.SeedRow;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.workflows.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * What the catalog does for the commit of a phase: tokens, and the rows of a committed manifest.
 *
 * <p>The manifest decides which outcome counts; the token only who writes it down. All rows are
 * made from the manifest alone, so a later attempt can write them for one that died.
 */
public final class PhaseLedger {
  private final Catalog catalog;

  public PhaseLedger(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Takes the phase over from every earlier attempt.
   *
   * @return this attempt's token, larger than any before
   */
  public long take(String run, int task, Phase phase, String phaseKey, Workplace workplace) {
    return catalog.transaction(
        "taking " + phase + " of task " + task + " of run " + run,
        handle -> {
          PhaseDao phases = handle.attach(PhaseDao.class);
          phases.ensure(run, task, phase.name());
          long token = phases.nextToken();
          PhaseDao.Held held =
              phases
                  .take(run, task, phase.name(), token, phaseKey)
                  .orElseThrow(() -> new StaleTokenException(run, task, phase, token));
          phases.insertAttempt(
              token, held.id(), workplace.host(), workplace.build(), workplace.numericProfile());
          return token;
        });
  }

  /** The head of the run's audit chain: 64 zeros before its first entry. */
  public String auditHead(String run) {
    return catalog.read(
        "reading the audit head of " + run,
        handle -> handle.attach(RunDao.class).auditHead(run).orElseThrow(() -> Runs.unknown(run)));
  }

  /** Whether the rows of the phase's manifest are written. */
  public boolean written(String run, int task, Phase phase) {
    return catalog.read(
        "reading " + phase + " of task " + task + " of run " + run,
        handle ->
            handle
                .attach(PhaseDao.class)
                .find(run, task, phase.name())
                .map(held -> held.outcomeDigest() != null)
                .orElse(false));
  }

  /**
   * Writes a committed manifest down: artifacts, lineage, seeds, measurements, an audit entry and
   * what MLflow is to be told, all or nothing. Written before, it only notes how the attempt ended.
   *
   * @throws StaleTokenException if a newer attempt has taken the phase; nothing was written
   */
  public void write(StoredManifest committed, long token, AttemptResult result, double seconds) {
    Manifest manifest = committed.manifest();
    String run = manifest.envelope().run();
    int task = manifest.envelope().task();
    Phase phase = manifest.outcome().phase();
    catalog.transaction(
        "writing down " + phase + " of task " + task + " of run " + run,
        handle -> {
          RunChains chains = RunChains.lock(handle, run);
          PhaseDao phases = handle.attach(PhaseDao.class);
          PhaseDao.Held held =
              phases
                  .find(run, task, phase.name())
                  .orElseThrow(() -> new StaleTokenException(run, task, phase, token));
          if (held.outcomeDigest() == null) {
            artifacts(handle, held.id(), committed);
            measurements(handle, manifest);
            chains.audit("phase-committed", audited(committed, token));
            chains.tell(told(handle, committed));
          }
          phases.endAttempt(token, result.word(), manifest.outcomeDigest(), seconds);
          if (phases.commit(row(held, token, committed)) == 0) {
            throw new StaleTokenException(run, task, phase, token);
          }
          return null;
        });
  }

  private static PhaseDao.Committed row(PhaseDao.Held held, long token, StoredManifest committed) {
    Manifest manifest = committed.manifest();
    return new PhaseDao.Committed(
        held.id(),
        token,
        committed.stored().key(),
        committed.stored().versionId(),
        committed.stored().sha256(),
        manifest.outcomeDigest(),
        manifest.envelope().reusedFrom(),
        manifest.envelope().computeSeconds());
  }

  private static void artifacts(Handle handle, long phase, StoredManifest committed) {
    ArtifactDao artifacts = handle.attach(ArtifactDao.class);
    Manifest manifest = committed.manifest();
    for (ArtifactReference consumed : manifest.envelope().consumed()) {
      artifacts.connect(phase, "consumed", artifacts.ensure(consumed), consumed.kind());
    }
    SortedMap<String, StoredObject> objects = manifest.objects();
    for (String name : manifest.envelope().produced()) {
      long produced = artifacts.ensure(ArtifactReference.of(objects.get(name), kind(name)));
      artifacts.connect(phase, "produced", produced, name);
    }
    long self = artifacts.ensure(ArtifactReference.of(committed.stored(), "manifest"));
    artifacts.connect(phase, "produced", self, "manifest");
    seeds(artifacts, manifest, objects);
  }

  private static void seeds(
      ArtifactDao artifacts, Manifest manifest, SortedMap<String, StoredObject> objects) {
    String run = manifest.envelope().run();
    int task = manifest.envelope().task();
    List<SeedRow> born = manifest.outcome().seeds().born();
    if (!born.isEmpty()) {
      Map<String, Long> holders = new TreeMap<>();
      List<Long> holder = new ArrayList<>();
      for (SeedRow seed : born) {
        holder.add(
            holders.computeIfAbsent(
                seed.object(),
                name -> artifacts.ensure(ArtifactReference.of(objects.get(name), kind(name)))));
      }
      artifacts.insertSeeds(run, task, holder, born);
    }
    if (!manifest.outcome().seeds().pruned().isEmpty()) {
      artifacts.pruneSeeds(run, task, manifest.outcome().seeds().pruned());
    }
  }

  /** What an object is, from its name: {@code seeds} of {@code seeds.safetensors}. */
  static String kind(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int dot = last.indexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }

  private static void measurements(Handle handle, Manifest manifest) {
    MeasurementDao measurements = handle.attach(MeasurementDao.class);
    String run = manifest.envelope().run();
    int task = manifest.envelope().task();
    String phase = manifest.outcome().phase().name();
    if (!manifest.outcome().accuracy().isEmpty()) {
      measurements.insertAccuracy(run, manifest.outcome().accuracy());
    }
    List<MeasurementDao.Metric> metrics =
        manifest.outcome().metrics().entrySet().stream()
            .map(entry -> new MeasurementDao.Metric(task, phase, entry.getKey(), entry.getValue()))
            .toList();
    if (!metrics.isEmpty()) {
      measurements.insertMetrics(run, metrics);
    }
  }

  private static Map<String, Object> audited(StoredManifest committed, long token) {
    Manifest manifest = committed.manifest();
    Map<String, Object> details = new TreeMap<>();
    details.put("task", manifest.envelope().task());
    details.put("phase", manifest.outcome().phase().name());
    details.put("manifest", committed.stored().key());
    details.put("version", committed.stored().versionId());
    details.put("sha256", committed.stored().sha256());
    details.put("outcome", manifest.outcomeDigest());
    details.put("writtenBy", manifest.envelope().token());
    details.put("recordedBy", token);
    return details;
  }

  private static TrackingEvent told(Handle handle, StoredManifest committed) {
    Manifest manifest = committed.manifest();
    String run = manifest.envelope().run();
    int task = manifest.envelope().task();
    String taskName =
        handle.attach(RunDao.class).taskName(run, task).orElse(Integer.toString(task));
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put("temporal.workflow", run + "/" + task);
    return new TrackingEvent.PhaseCommitted(
        task,
        taskName,
        manifest.outcome().phase().name(),
        manifest.outcome().metrics(),
        manifest.outcome().accuracy(),
        tags,
        committed.reference());
  }

  /**
   * Notes that an attempt computed another outcome than the committed one. Needs no token: it is
   * evidence, and changes no phase.
   */
  public void differed(StoredManifest committed, Manifest lost, long token, double seconds) {
    Manifest stands = committed.manifest();
    Map<String, Object> details = new TreeMap<>();
    details.put("task", stands.envelope().task());
    details.put("phase", stands.outcome().phase().name());
    details.put("committed", stands.outcomeDigest());
    details.put("committedProfile", stands.envelope().numericProfile());
    details.put("committedBy", stands.envelope().token());
    details.put("lost", lost.outcomeDigest());
    details.put("lostProfile", lost.envelope().numericProfile());
    details.put("lostBy", token);
    String run = stands.envelope().run();
    catalog.transaction(
        "recording a nondeterminism in run " + run,
        handle -> {
          RunChains.lock(handle, run).audit("nondeterminism", details);
          handle
              .attach(PhaseDao.class)
              .endAttempt(token, AttemptResult.DIFFERED.word(), lost.outcomeDigest(), seconds);
          return null;
        });
  }
}
