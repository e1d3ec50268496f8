package io.autoseed.activities.study;

import java.util.Arrays;
import java.util.List;

/** What a study measures of each strategy, in the order of its tables. */
public enum StudyMetric {
  LAST("last", "Last", Unit.PERCENT),
  LAST_TASK_GIVEN("lastTaskGiven", "Last, task given", Unit.PERCENT),
  AVG("avg", "Avg", Unit.PERCENT),
  BWT("bwt", "BWT", Unit.POINTS),
  FORGETTING("forgetting", "Forgetting", Unit.PERCENT),
  FWT("fwt", "FWT", Unit.POINTS),
  SEEN_LOSS("seenLoss", "Seen loss", Unit.POINTS),
  FWT_PLUS_SEEN_LOSS("fwtPlusSeenLoss", "FWT + seen loss", Unit.POINTS),
  TRANSFER("transfer", "Transfer", Unit.PERCENT),
  CI_TRANSFER("ciTransfer", "CI-Transfer", Unit.PERCENT),
  MEMORY("memoryBytesPerClass", "Memory/class", Unit.BYTES),
  SECONDS("secondsPerTask", "Seconds/task", Unit.SECONDS),
  SEED_FIDELITY("seedFidelity", "Seed fidelity", Unit.RATIO),
  SEED_FIDELITY_CONTROL("seedFidelityControl", "Real example's", Unit.RATIO),
  SEED_SPREAD_PARALLEL("seedSpreadParallel", "rho_par", Unit.RATIO),
  SEED_SPREAD_PERPENDICULAR("seedSpreadPerpendicular", "rho_perp", Unit.RATIO),
  SEED_SPREAD_DIFFERENCE("seedSpreadDifference", "rho_par - rho_perp", Unit.RATIO);

  /** In what it is given. */
  public enum Unit {
    PERCENT,
    POINTS,
    BYTES,
    SECONDS,
    /** Of seeds: a cosine, or a part of what real examples have. */
    RATIO
  }

  private final String key;
  private final String title;
  private final Unit unit;

  StudyMetric(String key, String title, Unit unit) {
    this.key = key;
    this.title = title;
    this.unit = unit;
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

  static List<String> keys() {
    return Arrays.stream(values()).map(StudyMetric::key).toList();
  }
}
