package io.autoseed.activities.catalog;

import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.SeedRow;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.workflows.Phase;
import java.time.Instant;
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
  /** The last entry of a run's audit chain. */
  static final String RUN_FINISHED = "run-finished";

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
    PhaseDao.Taken taken =
        catalog.statement(
            "taking " + phase + " of task " + task + " of run " + run,
            handle ->
                handle.attach(PhaseDao.class).take(run, task, phase.name(), phaseKey, workplace));
    if (taken.phase() == null) {
      throw new StaleTokenException(run, task, phase, taken.token());
    }
    return taken.token();
  }

  /**
   * What the catalog alone knows of a phase about to be committed; its manifest takes it along.
   *
   * @param attempts at the phase, the first first
   * @param auditHead head of the run's audit chain: 64 zeros before its first entry
   * @param audit the chain's entries from the one asked for
   */
  public record Circumstances(
      List<Manifest.Attempt> attempts, String auditHead, List<AuditNote> audit) {}

  /**
   * @param from number of the first audit entry to return
   * @throws RunEndedException if the run has ended
   */
  public Circumstances circumstances(String run, int task, Phase phase, long from) {
    return catalog.session(
        "reading the audit log of " + run,
        handle -> {
          List<AuditEntry> entries = handle.attach(ChainDao.class).entries(run, from);
          if (entries.stream().anyMatch(entry -> entry.event().equals(RUN_FINISHED))) {
            throw new RunEndedException(run, task, phase);
          }
          List<PhaseDao.Begun> attempts =
              handle.attach(PhaseDao.class).attempts(run, task, phase.name());
          String head =
              entries.isEmpty()
                  ? handle.attach(RunDao.class).auditHead(run).orElseThrow(() -> Runs.unknown(run))
                  : entries.get(entries.size() - 1).hash();
          return new Circumstances(
              attempts.stream().map(PhaseDao.Begun::attempt).toList(),
              head,
              entries.stream().map(AuditEntry::note).toList());
        });
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
   * @throws RunEndedException if the run ended before; nothing was written
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
            if (chains.ended()) {
              throw new RunEndedException(run, task, phase);
            }
            artifacts(handle, held.id(), committed);
            measurements(handle, manifest);
            chains.append(
                "phase-committed", audited(committed, token), told(committed, held.taskName()));
          }
          attempts(handle, held.id(), manifest);
          phases.endAttempt(token, result.word(), manifest.outcomeDigest(), seconds);
          if (phases.commit(committed(held.id(), token, committed, chains.now())) == 0) {
            throw new StaleTokenException(run, task, phase, token);
          }
          return null;
        });
  }

  /** The row of a phase whose manifest was written down at that time. */
  static PhaseDao.Committed committed(long id, long token, StoredManifest committed, Instant at) {
    Manifest manifest = committed.manifest();
    return new PhaseDao.Committed(
        id,
        token,
        committed.stored().key(),
        committed.stored().versionId(),
        committed.stored().sha256(),
        manifest.outcomeDigest(),
        manifest.envelope().reusedFrom(),
        manifest.envelope().computeSeconds(),
        at);
  }

  static void artifacts(Handle handle, long phase, StoredManifest committed) {
    ArtifactDao artifacts = handle.attach(ArtifactDao.class);
    Manifest manifest = committed.manifest();
    List<ArtifactDao.Edge> edges = new ArrayList<>();
    for (ArtifactReference consumed : manifest.envelope().consumed()) {
      edges.add(new ArtifactDao.Edge("consumed", consumed.kind(), consumed));
    }
    produced(committed)
        .forEach((name, artifact) -> edges.add(new ArtifactDao.Edge("produced", name, artifact)));
    artifacts.connect(phase, edges);
    seeds(artifacts, manifest, manifest.objects());
  }

  /** What a phase wrote, by name, its manifest included. */
  static SortedMap<String, ArtifactReference> produced(StoredManifest committed) {
    SortedMap<String, StoredObject> objects = committed.manifest().objects();
    SortedMap<String, ArtifactReference> produced = new TreeMap<>();
    for (String name : committed.manifest().envelope().produced()) {
      produced.put(name, ArtifactReference.of(objects.get(name), kind(name)));
    }
    produced.put("manifest", ArtifactReference.of(committed.stored(), "manifest"));
    return produced;
  }

  /** An attempt from before a catalog was rebuilt has no row in it yet. */
  static void attempts(Handle handle, long phase, Manifest manifest) {
    RestoreDao rows = handle.attach(RestoreDao.class);
    attempts(manifest)
        .forEach(attempt -> rows.attempt(phase, attempt, Instant.parse(attempt.startedAt())));
  }

  /** The attempts that a manifest knows of: at least the one that wrote it. */
  static List<Manifest.Attempt> attempts(Manifest manifest) {
    Manifest.Envelope envelope = manifest.envelope();
    if (!envelope.attempts().isEmpty()) {
      return envelope.attempts();
    }
    return List.of(
        new Manifest.Attempt(
            envelope.token(),
            envelope.host(),
            envelope.build(),
            envelope.numericProfile(),
            envelope.startedAt()));
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

  /**
   * What an object is, from its name: {@code seeds} of {@code seeds.safetensors}, {@code features}
   * of {@code features/<digest>.safetensors}.
   */
  static String kind(String name) {
    String first = name.substring(0, name.indexOf('/') < 0 ? name.length() : name.indexOf('/'));
    int dot = first.indexOf('.');
    return dot > 0 ? first.substring(0, dot) : first;
  }

  static void measurements(Handle handle, Manifest manifest) {
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

  static Map<String, Object> audited(StoredManifest committed, long token) {
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

  static TrackingEvent told(StoredManifest committed, String taskName) {
    Manifest manifest = committed.manifest();
    String run = manifest.envelope().run();
    int task = manifest.envelope().task();
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
