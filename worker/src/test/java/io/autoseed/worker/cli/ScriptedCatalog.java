package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.catalog.RunHistory.Companions;
import io.autoseed.activities.study.StudyOverview;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunSummary;
import io.autoseed.worker.report.RunView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers each question about a run with the next of its lines, then with the last. */
final class ScriptedCatalog implements RunCatalog {
  /** Questions to come that are not answered. */
  int failures;

  private final Map<String, List<Progress>> lines = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();

  void put(String run, Progress... progress) {
    lines.put(run, List.of(progress));
  }

  @Override
  public Optional<Progress> progress(String run) {
    if (failures-- > 0) {
      throw new CatalogException("no connection");
    }
    List<Progress> answers = lines.getOrDefault(run, List.of());
    int number = asked.merge(run, 1, Integer::sum) - 1;
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(answers.get(Math.min(number, answers.size() - 1)));
  }

  @Override
  public Optional<String> id(String reference) {
    return Optional.of(reference).filter(lines::containsKey);
  }

  @Override
  public List<String> named(String name) {
    return List.of();
  }

  @Override
  public int storedRuns() {
    return 0;
  }

  @Override
  public List<RunSummary> newest(RunFilter filter, int limit) {
    return List.of();
  }

  @Override
  public Companions companions(RunFilter filter) {
    return Companions.NONE;
  }

  @Override
  public List<RunSummary> members(String study) {
    return List.of();
  }

  @Override
  public List<String> atWork(String run) {
    return List.of();
  }

  @Override
  public StudyOverview studies() {
    throw new UnsupportedOperationException("no studies here");
  }

  @Override
  public Optional<RunView> view(String run) {
    return Optional.empty();
  }

  @Override
  public List<Double> forwardTransfers(String run) {
    return List.of();
  }

  @Override
  public void close() {}
}
