package io.autoseed.worker.report;

import io.autoseed.activities.audit.CatalogRebuild;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.RunHistory.Companions;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.catalog.RunHistory.Phases;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.phase.Measured;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.study.StudyOverview;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.learning.evaluation.ForwardTransfer;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.workflows.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The runs of a stack, from its catalog; the digests of a learner state from its manifest in the
 * store. Never asks Temporal, whose histories expire.
 */
public final class StackCatalog implements RunCatalog {
  private final StackAddresses addresses;
  private final Catalog catalog;
  private final RunHistory history;
  private ArtifactStore store;
  private StudyOverview studies;

  public StackCatalog(StackAddresses addresses) {
    this.addresses = addresses;
    this.catalog = StackConnections.catalog(addresses);
    this.history = new RunHistory(catalog);
  }

  @Override
  public Optional<String> id(String reference) {
    return history.id(reference);
  }

  @Override
  public List<String> named(String name) {
    return history.named(name);
  }

  @Override
  public int storedRuns() {
    return CatalogRebuild.storedRuns(store());
  }

  @Override
  public List<RunSummary> newest(RunFilter filter, int limit) {
    return history.listed(filter, limit).stream().map(StackCatalog::summary).toList();
  }

  @Override
  public Companions companions(RunFilter filter) {
    return history.companions(filter);
  }

  private static RunSummary summary(RunRow run) {
    return new RunSummary(
        run.id(),
        run.state(),
        run.sequenceName(),
        run.strategy(),
        run.tasks(),
        run.tasksDone(),
        run.createdAt().toString(),
        run.beside(),
        run.study(),
        null);
  }

  @Override
  public List<RunSummary> members(String study) {
    return history.members(study).stream().map(StackCatalog::summary).toList();
  }

  @Override
  public List<String> atWork(String run) {
    return history.atWork(run);
  }

  @Override
  public synchronized StudyOverview studies() {
    if (studies == null) {
      studies = new StudyOverview(store(), catalog);
    }
    return studies;
  }

  @Override
  public Optional<Progress> progress(String run) {
    return history
        .phases(run)
        .map(
            found -> {
              RunRow row = found.run();
              int shared = row.forkedAfterTask() == null ? 0 : row.forkedAfterTask() + 1;
              List<PhaseRow> own =
                  found.phases().stream().filter(phase -> phase.run().equals(run)).toList();
              int done = (int) own.stream().filter(PhaseRow::committed).count();
              return new Progress(
                  row.id(),
                  row.strategy(),
                  row.state(),
                  done,
                  (row.tasks() - shared) * Phase.values().length,
                  now(row, own),
                  row.failure());
            });
  }

  /**
   * The first phase that is begun and not done; between two phases the one that comes next. ENCODE
   * is begun in the catalog when its shards are there, so a run without any phase is encoding.
   */
  private static String now(RunRow run, List<PhaseRow> phases) {
    Optional<PhaseRow> open =
        phases.stream()
            .filter(phase -> !phase.committed())
            .min(Comparator.comparingInt(PhaseRow::task));
    if (open.isPresent()) {
      return now(open.get().task(), Phase.valueOf(open.get().phase()));
    }
    if (!run.state().equals("RUNNING") || run.tasksDone() >= run.tasks()) {
      return "";
    }
    int shared = run.forkedAfterTask() == null ? 0 : run.forkedAfterTask() + 1;
    Phase[] order = Phase.values();
    return now(shared + phases.size() / order.length, order[phases.size() % order.length]);
  }

  private static String now(int task, Phase phase) {
    return "task " + task + " " + RunList.word(phase.name());
  }

  @Override
  public Optional<RunView> view(String run) {
    return history.whole(run).map(whole -> new ViewOfRun(whole, this::manifest).view());
  }

  @Override
  public List<Double> forwardTransfers(String run) {
    Phases found =
        history.phases(run).orElseThrow(() -> new IllegalArgumentException("no run " + run));
    RunRow row = found.run();
    List<Double> transfers = new ArrayList<>(Collections.nCopies(row.tasks(), null));
    for (PhaseRow phase : found.phases()) {
      if (phase.phase().equals(Phase.EVALUATE.name()) && phase.committed()) {
        Manifest evaluate = CanonicalJson.read(manifest(phase), Manifest.class);
        transfers.set(phase.task(), forwardTransfer(Measured.of(evaluate, store()::get)));
      }
    }
    return Collections.unmodifiableList(transfers);
  }

  private static Double forwardTransfer(Measured measured) {
    ForwardTransfer before = measured.beforeTask();
    return before == null || before.classIncremental() == null
        ? null
        : (Double) (before.classIncremental() - before.zeroShotClassIncremental());
  }

  private byte[] manifest(PhaseRow phase) {
    return store().get(phase.manifestKey(), phase.manifestVersion(), phase.manifestSha256());
  }

  private synchronized ArtifactStore store() {
    if (store == null) {
      store = StackConnections.store(addresses);
    }
    return store;
  }

  @Override
  public synchronized void close() {
    catalog.close();
    if (store != null) {
      store.close();
    }
  }
}
