package io.autoseed.workflows;

/**
 * How patient a run is with its workers. Seconds are whole and positive.
 *
 * @param heartbeatSeconds a worker silent for longer is taken for dead and its phase goes elsewhere
 * @param tasksPerHistory tasks after which the sequence workflow continues as new
 */
public record RunPolicy(int heartbeatSeconds, int tasksPerHistory) {
  public static final RunPolicy DEFAULT = new RunPolicy(10, 8);

  public RunPolicy {
    if (heartbeatSeconds < 1 || tasksPerHistory < 1) {
      throw new IllegalArgumentException(
          "expected heartbeat seconds and tasks per history of at least 1, found "
              + heartbeatSeconds
              + " and "
              + tasksPerHistory);
    }
  }
}
