package io.autoseed.worker.chaos;

import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.RunHistory.CommitCount;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.worker.chaos.Member.PhaseName;
import io.autoseed.worker.chaos.Member.PhaseRecord;
import io.autoseed.worker.chaos.Member.Row;
import io.autoseed.workflows.Phase;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads what a run left behind, from the store and the catalog themselves, not from any cache. */
final class MemberReader {
  private final ArtifactStore store;
  private final RunHistory history;
  private final AuditLog audit;
  private final WorkflowClient client;

  MemberReader(ArtifactStore store, Catalog catalog, WorkflowClient client) {
    this.store = store;
    this.history = new RunHistory(catalog);
    this.audit = new AuditLog(catalog);
    this.client = client;
  }

  Member read(String run) {
    RunHistory.Phases known =
        history.phases(run).orElseThrow(() -> new ChaosException("there is no run " + run));
    int tasks = known.run().tasks();
    List<Manifest> manifests = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    SortedMap<PhaseName, PhaseRecord> phases =
        phases(run, tasks, known.phases(), manifests, damaged);
    long differed =
        audit.entries(run).stream().filter(entry -> entry.event().equals("nondeterminism")).count();
    return new Member(
        run,
        known.run().state(),
        known.run().failure(),
        phases,
        manifests,
        damaged,
        (int) differed,
        failedActivities(run, tasks));
  }

  private SortedMap<PhaseName, PhaseRecord> phases(
      String run, int tasks, List<PhaseRow> known, List<Manifest> manifests, List<String> damaged) {
    Map<PhaseName, Row> rows = rows(run, known);
    Map<String, Integer> versions = manifestVersions(run);
    SortedMap<PhaseName, PhaseRecord> phases = new TreeMap<>();
    for (int task = 0; task < tasks; task++) {
      for (Phase phase : Phase.values()) {
        String key = Manifest.key(run, task, phase);
        PhaseName name = new PhaseName(task, phase);
        Optional<FoundObject> found = reading(key, damaged, () -> store.find(key));
        Optional<Manifest> manifest = found.flatMap(object -> manifest(object, damaged));
        manifest.ifPresent(manifests::add);
        manifest.ifPresent(written -> readObjects(written, damaged));
        phases.put(
            name,
            new PhaseRecord(
                manifest.map(Manifest::outcomeDigest).orElse(null),
                found.map(object -> object.stored().versionId()).orElse(null),
                versions.getOrDefault(key, 0),
                manifest.filter(written -> written.envelope().reusedFrom() != null).isPresent(),
                rows.get(name)));
      }
    }
    return phases;
  }

  /**
   * What {@code read} finds. An object that cannot be read while the store answers is damaged.
   *
   * @throws StoreException if the store does not answer
   */
  private Optional<FoundObject> reading(
      String what, List<String> damaged, Supplier<Optional<FoundObject>> read) {
    try {
      return read.get();
    } catch (CorruptObjectException e) {
      damaged.add(what + " is damaged");
    } catch (StoreException e) {
      store.requireVersioning();
      damaged.add(what + " cannot be read though the store answers: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static Optional<Manifest> manifest(FoundObject object, List<String> damaged) {
    try {
      return Optional.of(CanonicalJson.read(object.bytes(), Manifest.class));
    } catch (IllegalArgumentException e) {
      damaged.add(object.stored().key() + " is no manifest: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads again what the phase itself wrote. */
  private void readObjects(Manifest manifest, List<String> damaged) {
    for (String name : manifest.envelope().produced()) {
      StoredObject object = manifest.object(name);
      String what = object.key() + " version " + object.versionId();
      int before = damaged.size();
      Optional<FoundObject> found =
          reading(what, damaged, () -> store.find(object.key(), object.versionId()));
      if (found.isEmpty() && damaged.size() == before) {
        damaged.add(what + " is gone");
      } else if (found
          .filter(there -> !there.stored().sha256().equals(object.sha256()))
          .isPresent()) {
        damaged.add(what + " is damaged");
      }
    }
  }

  private Map<PhaseName, Row> rows(String run, List<PhaseRow> phases) {
    Map<PhaseName, CommitCount> counts = new HashMap<>();
    history
        .commitCounts(run)
        .forEach(c -> counts.put(new PhaseName(c.task(), Phase.valueOf(c.phase())), c));
    Map<PhaseName, Row> rows = new HashMap<>();
    for (PhaseRow row : phases) {
      if (row.committed()) {
        PhaseName name = new PhaseName(row.task(), Phase.valueOf(row.phase()));
        CommitCount count = counts.get(name);
        rows.put(
            name,
            new Row(row.outcomeDigest(), row.manifestVersion(), count.audited(), count.told()));
      }
    }
    return rows;
  }

  private Map<String, Integer> manifestVersions(String run) {
    Map<String, Integer> versions = new HashMap<>();
    for (ListedObject object : store.listVersions("runs/" + run + "/manifests/")) {
      versions.merge(object.key(), 1, Integer::sum);
    }
    return versions;
  }

  private int failedActivities(String run, int tasks) {
    FailedActivities failed = new FailedActivities(client::streamHistory);
    int count = failed.count(run);
    for (int task = 0; task < tasks; task++) {
      count += failed.count(run + "/" + task);
    }
    return count;
  }
}
