package io.autoseed.activities.catalog;

/**
 * Which runs, and which studies, are listed.
 *
 * @param state that they are in, in capitals; empty for any
 * @param text that their ids hold; may be empty
 * @param companions whether baselines and runs of chaos are listed, too
 */
public record RunFilter(String state, String text, boolean companions) {
  public static final RunFilter ALL = new RunFilter("", "", true);

  /** Whether an id may be listed, whatever its state. */
  public boolean names(String id) {
    return id.contains(text);
  }

  /** Whether what is in that state may be listed, whatever its id. */
  public boolean admits(String inState) {
    return state.isEmpty() || state.equals(inState);
  }
}
