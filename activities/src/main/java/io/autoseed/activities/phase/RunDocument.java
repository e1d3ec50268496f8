package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.TaskDocument;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a run was asked to do, at {@code runs/<run>/run.json}. A run that is appended to gets a new
 * version of it.
 *
 * @param sequence digest of the sequence revision
 * @param datasetRoots folder of each data set that the sequence names, absolute
 * @param profile numeric profile by name
 * @param codeVersion of the program that submitted it
 * @param reuse {@code encode} or {@code none}: what may be taken over from other runs
 * @param checkpointSeconds between two checkpoints of a phase
 * @param forkedFrom run whose past this one shares, or null
 * @param forkedAfterTask last task of that past; -1 if it shares none
 * @param beside main run that this baseline accompanies, or null
 * @param study that it is a member of, or null
 * @param dropsFeatures whether training features go once their task is published
 * @param dataSets every data set that the sequence reads
 */
public record RunDocument(
    String run,
    String sequence,
    SortedMap<String, String> datasetRoots,
    String profile,
    String codeVersion,
    String reuse,
    double checkpointSeconds,
    String forkedFrom,
    int forkedAfterTask,
    String beside,
    String study,
    Boolean dropsFeatures,
    List<DataSetRow> dataSets) {
  public RunDocument {
    dropsFeatures = dropsFeatures != null && dropsFeatures;
    dataSets = dataSets == null ? List.of() : List.copyOf(dataSets);
  }

  /**
   * Start of the keys of the run's features: shared by all runs, or the run's own if it takes over
   * nothing from others. Of training images see {@link #trainingPrefix}.
   */
  String featurePrefix() {
    return Reuse.of(reuse) == Reuse.NONE ? "runs/" + run + "/features/" : "features/";
  }

  /**
   * Start of the keys of the features of a task's training images, see {@link TrainingFeatures}.
   */
  String trainingPrefix(TaskDocument task) {
    return dropsFeatures
        ? TrainingFeatures.prefix(run, CanonicalJson.digest(task))
        : featurePrefix();
  }

  /** Folder of each data set of a sequence, absolute. */
  static SortedMap<String, String> roots(ResolvedSequence sequence) {
    SortedMap<String, String> roots = new TreeMap<>();
    sequence
        .datasetRoots()
        .forEach((name, root) -> roots.put(name, root.toAbsolutePath().normalize().toString()));
    return roots;
  }

  /**
   * The run that learned a task of this one's: a fork shares the past of another, and so on.
   *
   * @param runs the document of a run
   */
  public RunDocument learnerOf(int task, Function<String, RunDocument> runs) {
    RunDocument learner = this;
    while (task < learner.firstTask()) {
      learner = runs.apply(learner.forkedFrom());
    }
    return learner;
  }

  /** Index of the first task that this run learns itself. */
  public int firstTask() {
    return forkedAfterTask + 1;
  }
}
