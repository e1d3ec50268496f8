package io.autoseed.infra.doctor;

/**
 * One thing that was looked at.
 *
 * @param check what was looked at, such as {@code python}
 * @param level how bad it is
 * @param found what is the case, in one line
 * @param remedy the command or step that mends it; empty if nothing need be done
 */
public record Finding(String check, Level level, String found, String remedy) {
  /** How bad a finding is. */
  public enum Level {
    /** As it should be. */
    FINE,
    /** Works, but should be known. */
    NOTE,
    /** Something will not work until it is mended. */
    PROBLEM
  }

  public static Finding fine(String check, String found) {
    return new Finding(check, Level.FINE, found, "");
  }

  public static Finding note(String check, String found, String remedy) {
    return new Finding(check, Level.NOTE, found, remedy);
  }

  public static Finding problem(String check, String found, String remedy) {
    return new Finding(check, Level.PROBLEM, found, remedy);
  }
}
