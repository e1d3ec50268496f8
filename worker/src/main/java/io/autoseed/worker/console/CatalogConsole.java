package io.autoseed.worker.console;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.process.WorkflowEnds;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunResult;
import io.autoseed.worker.report.RunSummary;
import io.autoseed.worker.report.RunView;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The console's view of a stack. */
public final class CatalogConsole implements ConsoleSource {
  private static final int NEWEST = 200;
  private static final int NEWEST_STUDIES = 50;

  private final RunCatalog catalog;
  private final WorkflowEnds ends;
  private final RunNotices notices;
  private final Links links;

  public CatalogConsole(RunCatalog catalog, StackAddresses addresses, RunNotices notices) {
    this.catalog = catalog;
    this.ends = new WorkflowEnds(addresses);
    this.notices = notices;
    this.links =
        new Links(
            addresses.mlflowUrl(),
            addresses.temporalUi(),
            addresses.temporalNamespace(),
            addresses.s3Bucket());
  }

  @Override
  public Links links() {
    return links;
  }

  @Override
  public List<RunSummary> runs() {
    return asked(() -> RunSummary.seen(catalog.newest(RunFilter.ALL, NEWEST), ends));
  }

  @Override
  public List<StudyStanding> studies() {
    return asked(() -> catalog.studies().newest(RunFilter.ALL, ends::seen, NEWEST_STUDIES));
  }

  @Override
  public Optional<StudyDetail> study(String study) {
    return asked(
        () ->
            catalog
                .studies()
                .of(study)
                .map(ends::seen)
                .map(standing -> new StudyDetail(standing, catalog.members(study))));
  }

  @Override
  public Optional<Detail> run(String run) {
    return asked(
        () -> catalog.view(run).map(view -> new Detail(view, baselines(view), notices.of(view))));
  }

  private List<RunResult> baselines(RunView view) {
    return view.baselines().stream()
        .flatMap(id -> catalog.view(id).stream())
        .map(RunView::result)
        .toList();
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (CatalogException | StoreException e) {
      throw new Unavailable(e.getMessage(), e);
    } catch (ApplicationFailure e) {
      throw new Unavailable(e.getOriginalMessage(), e);
    }
  }
}
