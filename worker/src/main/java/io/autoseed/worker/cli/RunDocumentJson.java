package io.autoseed.worker.cli;

import io.autoseed.worker.report.Headline;
import io.autoseed.worker.report.RunResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The document that {@code run --json} and {@code demo --json} print.
 *
 * @param baselines what each baseline measured, by its strategy's name
 * @param seconds from submission to the end of the last run
 */
record RunDocumentJson(
    String run,
    String state,
    Headline metrics,
    Map<String, Headline> baselines,
    Double memoryBytesPerClass,
    double seconds,
    String reportFile) {
  static RunDocumentJson of(
      RunResult main, List<RunResult> baselines, double seconds, Path reportFile) {
    Map<String, Headline> byName = new LinkedHashMap<>();
    baselines.forEach(baseline -> byName.put(baseline.strategy(), baseline.metrics()));
    return new RunDocumentJson(
        main.run(),
        main.state(),
        main.metrics(),
        byName,
        main.memoryBytesPerClass(),
        seconds,
        reportFile == null ? null : reportFile.toString());
  }
}
