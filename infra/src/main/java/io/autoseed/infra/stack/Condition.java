package io.autoseed.infra.stack;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a component, or a stack as a whole, is. In JSON in lower case. */
public enum Condition {
  /** A real operation has just succeeded. */
  HEALTHY,
  /** Its process is young and does not answer yet. */
  STARTING,
  /** It is asked for and does not do. */
  UNHEALTHY,
  /** It still runs, and is not asked for any more. */
  STOPPING,
  /** It does not run, and is not asked for. */
  DOWN;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
