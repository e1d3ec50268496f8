package io.autoseed.worker.report;

import java.util.List;
import java.util.stream.IntStream;

/** How the lines of strategies are told apart, at most 32 of them. */
final class Palette {
  /** Okabe and Ito's, told apart by every kind of sight. */
  static final List<String> COLOURS =
      List.of(
          "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#6B6B6B", "#B8A900");

  /** Lengths in pixels: dash, gap, dash, gap; a gap of none is a whole line. */
  private static final List<List<Integer>> DASHES =
      List.of(List.of(1, 0), List.of(7, 4), List.of(2, 3), List.of(10, 3, 2, 3));

  private Palette() {}

  /**
   * A line.
   *
   * @param colour such as {@code #0072B2}
   * @param dash lengths in pixels of its dashes and gaps in turn
   */
  record Stroke(String colour, List<Integer> dash) {}

  static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  /** The lines of so many strategies: every colour whole, then every colour dashed. */
  static List<Stroke> strokes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Stroke(colour(i), DASHES.get(i / COLOURS.size() % DASHES.size())))
        .toList();
  }
}
