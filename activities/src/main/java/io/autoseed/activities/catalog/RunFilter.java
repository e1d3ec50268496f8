package io.autoseed.activities.catalog;

/**
 * Which runs outside of studies are listed.
 *
 * @param state that they are in, as {@link RunRow} has it; empty for any
 * @param text that their ids hold; may be empty
 * @param companions whether baselines and runs of chaos are listed, too
 */
public record RunFilter(String state, String text, boolean companions) {
  public static final RunFilter ALL = new RunFilter("", "", true);
}
