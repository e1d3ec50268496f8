package io.autoseed.activities.study;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.catalog.RefusedDelivery;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.phase.Beating;
import io.autoseed.activities.phase.RunDocuments;
import io.autoseed.activities.phase.RunRegistration;
import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.workflows.Failures;
import io.autoseed.workflows.MemberOpening;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyActivities;
import io.autoseed.workflows.StudyClosing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The activities of studies. */
public final class StudyPhases implements StudyActivities {
  /** Half of what an activity may take. */
  private static final Duration LONGEST_DRAWING = Duration.ofMinutes(5);

  private final StudyObjects objects;
  private final RunDocuments documents;
  private final Catalog catalog;
  private final StudyMembers members;
  private final RunHistory history;
  private final StudySeeds seeds;
  private final StudyRenderer renderer;
  private final StudyTracker tracker;
  private final String codeVersion;

  /**
   * @param pictures the picture of a run's seeds, see {@link
   *     io.autoseed.activities.phase.SeedPictures}
   * @param codeVersion of this program, for reports
   */
  public StudyPhases(
      ArtifactStore store,
      ObjectCache cache,
      Catalog catalog,
      Function<String, SeedPicture> pictures,
      StudyRenderer renderer,
      StudyTracker tracker,
      String codeVersion) {
    Documents stored = new Documents(store, cache);
    this.objects = new StudyObjects(store, stored);
    this.documents = new RunDocuments(store, stored);
    this.members =
        new StudyMembers(objects, documents, new RunRegistration(store, cache, catalog), catalog);
    this.catalog = catalog;
    this.history = new RunHistory(catalog);
    this.seeds = new StudySeeds(pictures, LONGEST_DRAWING);
    this.renderer = renderer;
    this.tracker = tracker;
    this.codeVersion = codeVersion;
  }

  @Override
  public MemberOpening openMember(String study, int member) {
    return Beating.during(() -> members.open(study, member));
  }

  @Override
  public RunState memberState(String run) {
    return Beating.during(() -> members.state(run));
  }

  @Override
  public double estimateStudy(String study, int next, int until, int parallel, int workers) {
    return Beating.duringComputation(
        () -> {
          StudyRecord record = objects.record(study);
          StudyDocument document = objects.document(record);
          SequenceDocument any = documents.sequence(document.members().get(0).sequence());
          List<StudyDocument.Member> members = document.members().subList(next, until);
          return StudyEstimate.of(
                  document,
                  MemberRuns.in(catalog, study, record.profile(), members).left(members),
                  any.tasks().size(),
                  record.profile(),
                  record.dataSets().stream().map(DataSetRow::digest).toList(),
                  new StudyEstimate.Pace(parallel, workers),
                  history)
              .hours();
        });
  }

  @Override
  public void reportStudy(StudyClosing closing) {
    Beating.duringComputation(
        () -> {
          seeds.illustrate(
              measured(closing), report -> objects.write(report, renderer.render(report)));
          return null;
        });
  }

  private StudyReport measured(StudyClosing closing) {
    StudyRecord record = objects.record(closing.study());
    StudyDocument study = objects.document(record);
    return new StudyMeasurements(history::whole)
        .report(
            study,
            scope(study, record),
            closing,
            MemberRuns.in(catalog, closing.study(), record.profile(), study.members())
                .outcomes(study, closing));
  }

  @Override
  public void failStudy(String study, String reason) {
    Beating.during(() -> objects.fail(study, reason));
  }

  /** The members' sequences have as many tasks and classes, in other orders. */
  private StudyMeasurements.Scope scope(StudyDocument study, StudyRecord record) {
    SequenceDocument any = documents.sequence(study.members().get(0).sequence());
    List<TaskDocument> tasks = documents.tasks(any);
    return new StudyMeasurements.Scope(
        record,
        new StudyReport.Material(
            any.model(),
            record.dataSets(),
            images(tasks, ClassDocument::train),
            images(tasks, ClassDocument::test)),
        tasks.size(),
        tasks.stream().mapToInt(task -> task.classes().size()).sum(),
        any.labelNoise(),
        codeVersion);
  }

  private static int images(List<TaskDocument> tasks, Function<ClassDocument, List<?>> ofClass) {
    return tasks.stream()
        .flatMap(task -> task.classes().stream())
        .mapToInt(one -> ofClass.apply(one).size())
        .sum();
  }

  @Override
  public void trackStudy(String study) {
    Beating.during(
        () -> {
          StudyReport report =
              objects.report(study).orElseThrow(() -> new IllegalStateException("no report yet"));
          Map<String, byte[]> files = objects.files(study);
          try {
            tracker.track(report, files);
          } catch (RefusedDelivery e) {
            throw Failures.badInput(e.getMessage(), e);
          }
        });
  }
}
