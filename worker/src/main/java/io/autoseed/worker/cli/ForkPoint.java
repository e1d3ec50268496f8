package io.autoseed.worker.cli;

import io.autoseed.activities.phase.ForkedCheckpoint;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunList;
import io.autoseed.worker.report.RunView;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The place from which a fork goes on.
 *
 * @param run the run it forks
 * @param afterTask index of the last task it shares; -1 if none
 * @param ended whether the run ended before it had finished the task that comes next
 * @param dropsFeatures whether the run drops training features, and so the fork
 */
record ForkPoint(String run, int afterTask, boolean ended, boolean dropsFeatures) {
  /**
   * Reads {@code RUN@TASK}, TASK an index from 0 or a task's name, or {@code RUN}: after its last
   * finished task, wherever that is.
   *
   * @throws CommandFailure if there is no such run or task, or the task is not finished
   */
  static ForkPoint parse(String text, RunCatalog catalog) {
    int at = text.indexOf('@');
    if (at == 0) {
      throw new CommandFailure("--from: '%s' names no run: write RUN@TASK or RUN".formatted(text));
    }
    RunView view = Surroundings.require(catalog, at < 0 ? text : text.substring(0, at));
    String run = view.run();
    int finished = view.tasksDone();
    boolean ended = view.ended() && finished < view.tasks().size();
    if (at < 0) {
      return new ForkPoint(run, finished - 1, ended, view.dropsFeatures());
    }
    int task = index(text.substring(at + 1), run, view.tasks());
    if (task >= finished) {
      throw new CommandFailure(
          "run %s has not finished task %d: %s"
              .formatted(
                  run,
                  task,
                  finished == 0
                      ? "it has finished none; --from " + run + " shares its checkpoint alone"
                      : "the last finished is " + (finished - 1)));
    }
    return new ForkPoint(run, task, ended && task == finished - 1, view.dropsFeatures());
  }

  /**
   * With what the fork begins, in one line; empty if nothing of its first own task was done before.
   *
   * @param checkpoint that the run left of that task
   */
  Optional<String> begins(Optional<ForkedCheckpoint> checkpoint) {
    int task = afterTask + 1;
    if (checkpoint.isEmpty()) {
      return ended
          ? Optional.of("task %d begins anew: run %s left no checkpoint of it".formatted(task, run))
          : Optional.empty();
    }
    ForkedCheckpoint left = checkpoint.get();
    String place =
        "%s after step %d"
            .formatted(RunList.word(left.place().phase().name()), left.place().step());
    return Optional.of(
        left.changed().isEmpty()
            ? "task %d goes on from the checkpoint of run %s: %s".formatted(task, run, place)
            : "task %d begins anew, not from the checkpoint of run %s (%s): other %s"
                .formatted(task, run, place, String.join(", ", left.changed())));
  }

  private static int index(String word, String run, List<RunView.TaskView> tasks) {
    int named =
        IntStream.range(0, tasks.size())
            .filter(task -> tasks.get(task).name().equals(word))
            .findFirst()
            .orElse(-1);
    if (named < 0 && word.matches("[0-9]{1,9}")) {
      named = Integer.parseInt(word);
    }
    if (named < 0 || named >= tasks.size()) {
      throw new CommandFailure(
          "--from: run %s has no task '%s': write RUN@TASK with an index from 0 to %d or a name, %s"
              .formatted(
                  run,
                  word,
                  tasks.size() - 1,
                  tasks.stream().map(RunView.TaskView::name).limit(3).toList()
                      + (tasks.size() > 3 ? "..." : "")));
    }
    return named;
  }
}
