package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AccuracyCell;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Accuracy cells and other metrics. */
interface MeasurementDao {
  /** A named value of a phase. */
  record Metric(int task, String phase, String name, double value) {}

  @SqlBatch(
      """
      INSERT INTO accuracy (run, setting, after_task, on_task, value)
      VALUES (:run, :setting, :afterTask, :onTask, :value) ON CONFLICT DO NOTHING
      """)
  int[] insertAccuracy(String run, @BindMethods List<AccuracyCell> cells);

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
