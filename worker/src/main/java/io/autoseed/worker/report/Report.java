package io.autoseed.worker.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A run and the baselines that ran beside it on the same tasks.
 *
 * @param main the run
 * @param baselines in the order of the sequence file
 * @param links where to look further
 */
public record Report(RunResult main, List<RunResult> baselines, List<Link> links) {
  public Report {
    baselines = List.copyOf(baselines);
    links = List.copyOf(links);
  }

  /**
   * @param name for example {@code MLflow}
   * @param address of a page, loopback
   */
  public record Link(String name, String address) {}

  /** The run, then its baselines. */
  List<RunResult> all() {
    List<RunResult> all = new ArrayList<>();
    all.add(main);
    all.addAll(baselines);
    return all;
  }
}
