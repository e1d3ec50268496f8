package io.autoseed.activities.phase;

import java.util.List;

/**
 * Seeds of a run beside real examples, in the plane where the classes shown differ most; places are
 * pairs of its two coordinates.
 *
 * @param explained share of the variance between the shown classes' means that the plane holds, in
 *     percent
 * @param classes those that are shown
 */
public record SeedPicture(double explained, List<ShownClass> classes) {
  public SeedPicture {
    classes = List.copyOf(classes);
  }

  /**
   * @param seeds what the last learner state keeps of the class
   * @param examples some of its test images, which nothing was learned from
   */
  public record ShownClass(String name, List<List<Double>> seeds, List<List<Double>> examples) {
    public ShownClass {
      seeds = List.copyOf(seeds);
      examples = List.copyOf(examples);
    }
  }
}
