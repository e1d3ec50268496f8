package io.autoseed.worker.cli;

/** Which numeric profile a command means. */
final class ProfileOption {
  private static final String VARIABLE = "AUTOSEED_NUMERIC_PROFILE";

  private ProfileOption() {}

  /** What the option says, else {@code AUTOSEED_NUMERIC_PROFILE}, else {@code unlessChosen}. */
  static String chosen(String option, String unlessChosen) {
    return option != null ? option : System.getenv().getOrDefault(VARIABLE, unlessChosen);
  }
}
