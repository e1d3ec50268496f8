package io.autoseed.activities.study;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a study measures of each strategy, in the order of its tables. */
public enum StudyMetric {
  LAST(
      "last",
      "Last",
      Unit.PERCENT,
      Better.HIGHER,
      "mean accuracy over all tasks after the last one, in percent, among all classes seen"),
  LAST_TASK_GIVEN(
      "lastTaskGiven",
      "Last, task given",
      Unit.PERCENT,
      Better.HIGHER,
      "Last where each image's task is known: the prediction is among its classes alone"),
  AVG(
      "avg",
      "Avg",
      Unit.PERCENT,
      Better.HIGHER,
      "average incremental accuracy: mean over the tasks seen so far, then over the way there, in"
          + " percent"),
  BWT(
      "bwt",
      "BWT",
      Unit.POINTS,
      Better.HIGHER,
      "backward transfer: what a task has gained or lost since it was learned, in points"),
  FORGETTING(
      "forgetting",
      "Forgetting",
      Unit.PERCENT,
      Better.LOWER,
      "a task's best accuracy after any task, also before it was learned, minus the one it ends"
          + " with, in points"),
  FWT(
      "fwt",
      "FWT",
      Unit.POINTS,
      Better.HIGHER,
      "forward transfer: accuracy on a task before its data came, minus zero-shot, in points"),
  SEEN_LOSS(
      "seenLoss",
      "Seen loss",
      Unit.POINTS,
      Better.HIGHER,
      "what the classes seen gain (+) or lose (-) when a task's classes join the candidates, before"
          + " its data came, in points"),
  FWT_PLUS_SEEN_LOSS(
      "fwtPlusSeenLoss",
      "FWT + seen loss",
      Unit.POINTS,
      Better.HIGHER,
      "what is left of forward transfer when the classes seen have paid for it, in points"),
  TRANSFER(
      "transfer",
      "Transfer",
      Unit.PERCENT,
      Better.HIGHER,
      "mean accuracy on the tasks not yet learned, among the classes seen and the task's own, in"
          + " percent"),
  CI_TRANSFER(
      "ciTransfer",
      "CI-Transfer",
      Unit.PERCENT,
      Better.HIGHER,
      "mean accuracy on the tasks not yet learned, after each task and then over these, among all"
          + " classes of the sequence, in percent"),
  MEMORY(
      "memoryBytesPerClass",
      "Memory/class",
      Unit.BYTES,
      Better.LOWER,
      "everything kept between tasks, divided by the classes seen"),
  SECONDS(
      "secondsPerTask",
      "Seconds/task",
      Unit.SECONDS,
      Better.LOWER,
      "seconds by the clock for which a worker computed REPLAY, ADAPT and SEED_UPDATE of a task,"
          + " under whatever load there was; encoding and evaluation are left out"),
  SEED_FIDELITY(
      "seedFidelity",
      "Seed fidelity",
      Unit.RATIO,
      Better.HIGHER,
      "cosine between the means of a class's seeds and of its real examples, mean over classes"),
  SEED_FIDELITY_CONTROL(
      "seedFidelityControl",
      "Fidelity of one example",
      Unit.RATIO,
      Better.NEITHER,
      "the same of one real example in the place of the seeds"),
  SEED_SPREAD_PARALLEL(
      "seedSpreadParallel",
      "rho_par",
      Unit.RATIO,
      Better.NEITHER,
      "spread of seeds within their class in the subspace between classes, divided by that of real"
          + " examples"),
  SEED_SPREAD_PERPENDICULAR(
      "seedSpreadPerpendicular",
      "rho_perp",
      Unit.RATIO,
      Better.NEITHER,
      "the same on the complement of that subspace"),
  SEED_SPREAD_DIFFERENCE(
      "seedSpreadDifference",
      "rho_par - rho_perp",
      Unit.RATIO,
      Better.NEITHER,
      "above 0 seeds are regularised: they keep more of what tells classes apart than of the rest");

  /** In what it is given. */
  public enum Unit {
    PERCENT,
    POINTS,
    BYTES,
    SECONDS,
    /** Of seeds: a cosine, or a part of what real examples have. */
    RATIO;

    /**
     * Whether strategies are compared in it. A test of memory or time would say nothing: class
     * orders hardly change them. Seeds are measured beside their own control.
     */
    public boolean tested() {
      return this == PERCENT || this == POINTS;
    }

    /** Whether its 95 % intervals say something: those of time would be of the load. */
    public boolean estimated() {
      return this != SECONDS;
    }
  }

  /** Which of two values one would rather have. */
  public enum Better {
    HIGHER,
    LOWER,
    /** Says what something is like, not how good it is. */
    NEITHER
  }

  private final String key;
  private final String title;
  private final Unit unit;
  private final Better better;
  private final String meaning;

  StudyMetric(String key, String title, Unit unit, Better better, String meaning) {
    this.key = key;
    this.title = title;
    this.unit = unit;
    this.better = better;
    this.meaning = meaning;
  }

  /** Its name in reports and in MLflow. */
  public String key() {
    return key;
  }

  public String title() {
    return title;
  }

  public Unit unit() {
    return unit;
  }

  public Better better() {
    return better;
  }

  /** What it is, in less than a sentence. */
  public String meaning() {
    return meaning;
  }

  /** The metric of that key; empty for one that another build of the program knows. */
  public static Optional<StudyMetric> keyed(String key) {
    return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(StudyMetric::key).toList();
  }
}
