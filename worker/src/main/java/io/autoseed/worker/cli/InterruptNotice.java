package io.autoseed.worker.cli;

/** What is said if the process is told to end (Ctrl-C, SIGTERM) during some work. */
final class InterruptNotice {
  private InterruptNotice() {}

  /** Works; if the process is told to end meanwhile, {@code notice} is run in its last moments. */
  static void during(Runnable work, Runnable notice) {
    Thread hook = new Thread(notice, "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      forget(hook);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending: the notice is what it should say
    }
  }
}
