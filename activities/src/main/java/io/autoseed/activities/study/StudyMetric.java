package io.autoseed.activities.study;

import java.util.Arrays;
import java.util.List;

/** What a study's table shows of each strategy, in its order. */
public enum StudyMetric {
  LAST("last", "Last", Unit.PERCENT),
  AVG("avg", "Avg", Unit.PERCENT),
  BWT("bwt", "BWT", Unit.POINTS),
  FORGETTING("forgetting", "Forgetting", Unit.PERCENT),
  FWT("fwt", "FWT", Unit.POINTS),
  SEEN_LOSS("seenLoss", "Seen loss", Unit.POINTS),
  FWT_PLUS_SEEN_LOSS("fwtPlusSeenLoss", "FWT + seen loss", Unit.POINTS),
  TRANSFER("transfer", "Transfer", Unit.PERCENT),
  MEMORY("memoryBytesPerClass", "Memory/class", Unit.BYTES),
  SECONDS("secondsPerTask", "Seconds/task", Unit.SECONDS);

  /** In what it is given. */
  public enum Unit {
    PERCENT,
    POINTS,
    BYTES,
    SECONDS
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
