package io.autoseed.worker.report;

import java.util.List;

/** Colours of the strategies: Okabe and Ito's, told apart by every kind of sight. */
final class Palette {
  private static final List<String> COLOURS =
      List.of(
          "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#6B6B6B", "#B8A900");

  private Palette() {}

  static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }
}
