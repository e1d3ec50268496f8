package io.autoseed.activities.study;

import java.util.Map;

/** Makes pages of a report. */
@FunctionalInterface
public interface StudyRenderer {
  /** The files by name; their bytes depend on the report alone. */
  Map<String, byte[]> render(StudyReport report);
}
