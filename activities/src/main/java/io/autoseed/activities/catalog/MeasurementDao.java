package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AccuracyCell;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Accuracy cells and other metrics. */
interface MeasurementDao {
  /** A named value of a phase. */
  record Metric(int task, String phase, String name, double value) {}

  @SqlUpdate(
      """
      INSERT INTO accuracy (run, setting, after_task, on_task, value)
      SELECT :run, c.* FROM unnest(:settings, :afterTasks, :onTasks, :values) AS c
      ON CONFLICT DO NOTHING
      """)
  void insertAccuracy(
      String run,
      List<String> settings,
      List<Integer> afterTasks,
      List<Integer> onTasks,
      List<Double> values);

  /** One statement, for a row of the matrix may have a thousand cells. */
  default void insertAccuracy(String run, List<AccuracyCell> cells) {
    insertAccuracy(
        run,
        cells.stream().map(AccuracyCell::setting).toList(),
        cells.stream().map(AccuracyCell::afterTask).toList(),
        cells.stream().map(AccuracyCell::onTask).toList(),
        cells.stream().map(AccuracyCell::value).toList());
  }

  @SqlBatch(
      """
      INSERT INTO metric (run, task, phase, name, value)
      VALUES (:run, :task, :phase, :name, :value) ON CONFLICT DO NOTHING
      """)
  int[] insertMetrics(String run, @BindMethods List<Metric> metrics);

  @SqlQuery(
      """
      SELECT setting, after_task, on_task, value FROM accuracy WHERE run = :run
      ORDER BY setting, after_task, on_task
      """)
  @RegisterConstructorMapper(AccuracyCell.class)
  List<AccuracyCell> ownAccuracy(String run);

  /** A run's cells; those of the runs it was forked from included, up to the fork. */
  @SqlQuery(
      RunDao.PAST
          + """
      SELECT setting, after_task, on_task, value
      FROM past JOIN accuracy a ON a.run = past.run AND a.after_task <= past.until
      ORDER BY setting, after_task, on_task
      """)
  @RegisterConstructorMapper(AccuracyCell.class)
  List<AccuracyCell> accuracy(String run);

  @SqlQuery("SELECT task, phase, name, value FROM metric WHERE run = :run")
  @RegisterConstructorMapper(Metric.class)
  List<Metric> ownMetrics(String run);

  /** A run's metrics; those of the runs it was forked from included, up to the fork. */
  @SqlQuery(
      RunDao.PAST
          + """
      SELECT m.task, m.phase, m.name, m.value
      FROM past JOIN metric m ON m.run = past.run AND m.task <= past.until
      ORDER BY m.task, m.phase, m.name
      """)
  @RegisterConstructorMapper(Metric.class)
  List<Metric> metrics(String run);
}
