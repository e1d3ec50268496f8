package io.autoseed.activities.phase;

import ai.djl.Device;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.catalog.NewRun;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceException;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunRequest;
import java.util.List;

/**
 * Records runs before their workflows start: documents in the store, rows in the catalog. Recording
 * the same again changes nothing, wherever the first time was cut short.
 */
public final class RunRegistration {
  private final Documents documents;
  private final RunDocuments runDocuments;
  private final Manifests manifests;
  private final Runs runs;

  public RunRegistration(ArtifactStore store, ObjectCache cache, Catalog catalog) {
    this.documents = new Documents(store, cache);
    this.runDocuments = new RunDocuments(store, documents);
    this.manifests = new Manifests(store, cache);
    this.runs = new Runs(catalog);
  }

  /** Stores a sequence and its tasks; returns the sequence's digest. */
  public String write(ResolvedSequence sequence) {
    sequence.tasks().forEach(documents::put);
    return documents.put(sequence.document());
  }

  /**
   * Records a run whose sequence is stored; looks at its data sets.
   *
   * @return what its workflow is to be started with
   * @throws SequenceException if the sequence does not begin as the run that it forks
   * @throws io.autoseed.activities.catalog.CatalogException if a run of that id has another
   *     sequence
   */
  public RunRequest register(Submission submission) {
    ResolvedSequence sequence = submission.sequence();
    return register(
        submission,
        DataSetsRead.of(sequence.tasks(), known(submission.fork()), sequence.datasetRoots()));
  }

  /** The data sets that a sequence reads, looked at. */
  public static List<DataSetRow> dataSets(ResolvedSequence sequence) {
    return DataSetsRead.of(sequence.tasks(), List.of(), sequence.datasetRoots());
  }

  /**
   * Like {@link #register(Submission)}, without a look at the data sets.
   *
   * @param dataSets every data set that the sequence reads
   */
  public RunRequest register(Submission submission, List<DataSetRow> dataSets) {
    SequenceDocument document = submission.sequence().document();
    String digest = CanonicalJson.digest(document);
    ManifestReference past = past(submission);
    runDocuments.write(runDocument(submission, digest, dataSets));
    runs.submit(newRun(submission, dataSets));
    return new RunRequest(
        submission.run(),
        digest,
        document.strategy(),
        submission.profile(),
        submission.fork() == null ? 0 : submission.fork().afterTask() + 1,
        document.tasks().size(),
        past,
        submission.policy(),
        null);
  }

  private static RunDocument runDocument(
      Submission submission, String sequence, List<DataSetRow> dataSets) {
    Submission.Fork fork = submission.fork();
    return new RunDocument(
        submission.run(),
        sequence,
        RunDocument.roots(submission.sequence()),
        submission.profile(),
        submission.codeVersion(),
        submission.reuse().word(),
        submission.checkpointSeconds(),
        fork == null ? null : fork.run(),
        fork == null ? -1 : fork.afterTask(),
        submission.beside(),
        submission.study(),
        submission.dropsFeatures(),
        dataSets);
  }

  private static NewRun newRun(Submission submission, List<DataSetRow> dataSets) {
    Submission.Fork fork = submission.fork();
    return new NewRun(
        submission.run(),
        submission.sequence().document(),
        submission.sequence().tasks(),
        dataSets,
        submission.codeVersion(),
        submission.profile(),
        submission.reuse(),
        fork == null ? null : fork.run(),
        fork == null ? null : fork.afterTask(),
        submission.beside(),
        submission.study(),
        submission.dropsFeatures());
  }

  /** What the shared tasks of a fork read. */
  private List<DataSetRow> known(Submission.Fork fork) {
    return fork == null ? List.of() : runDocuments.newest(fork.run()).dataSets();
  }

  /** The manifest that a fork starts from; null for a run of its own. */
  private ManifestReference past(Submission submission) {
    Submission.Fork fork = submission.fork();
    if (fork == null) {
      return null;
    }
    RunDocument parent = runDocuments.newest(fork.run());
    SequenceDocument learned = runDocuments.sequence(parent.sequence());
    SequenceDocument wanted = submission.sequence().document();
    requireSameLearner(fork, learned, wanted);
    int shared = fork.afterTask() + 1;
    if (shared > 0) {
      requireReadable(fork, learned, wanted);
    }
    if (shared >= wanted.tasks().size()
        || shared > learned.tasks().size()
        || !wanted.tasks().subList(0, shared).equals(learned.tasks().subList(0, shared))) {
      throw new SequenceException(
          "the sequence must begin with tasks 0 to "
              + fork.afterTask()
              + " of run "
              + fork.run()
              + " and go on after them: correct tasks:, or fork after another task");
    }
    if (shared == 0) {
      return null;
    }
    String owner = parent.learnerOf(fork.afterTask(), runDocuments::newest).run();
    return manifests
        .committed(owner, fork.afterTask(), Phase.PUBLISH)
        .map(StoredManifest::reference)
        .orElseThrow(
            () ->
                new SequenceException(
                    "run "
                        + owner
                        + " has not finished task "
                        + fork.afterTask()
                        + ": wait for it, or fork after an earlier task"));
  }

  /** A learner state can be read by the strategy and in the joint space that it was made in. */
  private static void requireSameLearner(
      Submission.Fork fork, SequenceDocument learned, SequenceDocument wanted) {
    requireSame(fork, "model", learned.model(), wanted.model());
    requireSame(fork, "strategy.name", learned.strategy(), wanted.strategy());
  }

  /** Another version of the strategy may keep other figures under the same names. */
  static void requireReadable(
      Submission.Fork fork, SequenceDocument learned, SequenceDocument wanted) {
    Integer left = learned.strategyVersion();
    Strategy reader = Workbench.strategy(wanted, Device.cpu());
    if (left != null && !reader.readsStatesOf(left)) {
      throw new SequenceException(
          "strategy.name: run %s learned with version %d of %s, whose states version %d of this program cannot go on from: run the whole sequence, or fork with a build that has version %d"
              .formatted(fork.run(), left, wanted.strategy(), reader.version(), left));
    }
  }

  private static void requireSame(
      Submission.Fork fork, String field, String learned, String wanted) {
    if (!learned.equals(wanted)) {
      throw new SequenceException(
          field
              + ": the file has "
              + wanted
              + ", run "
              + fork.run()
              + " "
              + learned
              + ": a fork keeps the model, the strategy (its learner state is read on) and the"
              + " shared tasks; settings, the random seed and later tasks may change");
    }
  }
}
