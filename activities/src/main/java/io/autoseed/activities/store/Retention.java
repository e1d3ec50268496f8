package io.autoseed.activities.store;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long, and how strictly, an object is locked.
 *
 * @param mode {@code GOVERNANCE} (an administrator may lift it) or {@code COMPLIANCE} (nobody may)
 */
public record Retention(Mode mode, Duration duration) {
  /** The environment variable that sets the retention of audit anchors. */
  public static final String VARIABLE = "AUTOSEED_AUDIT_RETENTION";

  private static final Pattern WORDS = Pattern.compile("(governance|compliance):([0-9]{1,5})");
  private static final Retention DEFAULT = new Retention(Mode.GOVERNANCE, Duration.ofDays(30));

  /** As S3 knows them. */
  public enum Mode {
    GOVERNANCE,
    COMPLIANCE
  }

  public Retention {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("retention: expected more than zero, found " + duration);
    }
  }

  /**
   * The retention that an environment asks for: {@code governance:DAYS} or {@code compliance:DAYS};
   * a month of governance if it says nothing.
   *
   * @throws IllegalArgumentException if it says something else
   */
  public static Retention configured(Map<String, String> environment) {
    String words = environment.getOrDefault(VARIABLE, "").strip().toLowerCase(Locale.ROOT);
    if (words.isEmpty()) {
      return DEFAULT;
    }
    Matcher matcher = WORDS.matcher(words);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          VARIABLE + ": expected governance:DAYS or compliance:DAYS, found " + words);
    }
    return new Retention(
        Mode.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
        Duration.ofDays(Long.parseLong(matcher.group(2))));
  }
}
