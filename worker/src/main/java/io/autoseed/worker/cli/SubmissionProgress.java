package io.autoseed.worker.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far the submission of a run and its baselines is, so that whoever interrupts it hears what
 * goes on and what was left out.
 */
final class SubmissionProgress {
  private static final long PATIENCE_SECONDS = 10;

  private final String run;
  private final List<String> submitted = new CopyOnWriteArrayList<>();
  private final List<String> left;

  /** Fair: an interruption that waits for the one at work comes before the next one. */
  private final ReentrantLock atWork = new ReentrantLock(true);

  /**
   * @param run id of the main run
   * @param strategies its own and those of its baselines, in the order of their submission
   */
  SubmissionProgress(String run, List<String> strategies) {
    this.run = run;
    this.left = new CopyOnWriteArrayList<>(strategies);
  }

  /** Submits the next one; after an interruption never returns, for the process is ending. */
  void next(Runnable submission) {
    atWork.lock();
    try {
      submission.run();
      submitted.add(left.remove(0));
    } finally {
      atWork.unlock();
    }
  }

  /** Lets the one at work end, keeps others from beginning, and says what has become of all. */
  String interrupt() {
    boolean settled = stop();
    if (submitted.isEmpty() && settled) {
      return "interrupted before anything was submitted";
    }
    StringBuilder text = new StringBuilder("interrupted; submitted and going on: ");
    text.append(submitted.isEmpty() ? "nothing yet" : String.join(", ", submitted));
    List<String> rest = settled ? left : left.subList(1, left.size());
    text.append(settled ? "" : ", perhaps: " + left.get(0));
    text.append(rest.isEmpty() ? "" : ", not submitted: " + String.join(", ", rest));
    return text.append("; to follow: autoseed watch ").append(run).toString();
  }

  /** Takes the lock for good; false if the one at work takes too long to wait for. */
  private boolean stop() {
    try {
      return atWork.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
