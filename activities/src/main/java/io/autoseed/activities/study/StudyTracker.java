package io.autoseed.activities.study;

import java.util.Map;

/** Tells a tracking server of studies. */
@FunctionalInterface
public interface StudyTracker {
  /**
   * Tells what the report says. May be called again.
   *
   * @param files the report's files by name
   * @throws io.autoseed.activities.tracking.TrackingDownException if the server cannot be reached
   * @throws io.autoseed.activities.catalog.RefusedDelivery if it refuses
   */
  void track(StudyReport report, Map<String, byte[]> files);
}
