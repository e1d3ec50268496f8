package io.autoseed.worker.chaos;

import io.autoseed.workflows.Phase;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * An activity of a run that a worker is performing.
 *
 * @param id unique: the id of its workflow, a space, its number there
 * @param activity name of its type, such as {@code Adapt}
 * @param task index of the task; -1 for an activity of the run itself
 * @param attempt from 1
 * @param workerPid process that performs it
 * @param firstStep steps that earlier attempts had done, up to the checkpoint it went on from
 * @param step steps, or shards, done at its last heartbeat; 0 before the first one is known
 * @param steps of the phase; 0 when unknown
 * @param firstSeconds computing that the first steps took
 * @param seconds computing that the steps took
 * @param savedSeconds of them those in the newest checkpoint that the attempt knew then
 * @param heartbeat when that was
 */
record Work(
    String id,
    String activity,
    int task,
    int attempt,
    long workerPid,
    int firstStep,
    int step,
    int steps,
    double firstSeconds,
    double seconds,
    double savedSeconds,
    Instant heartbeat) {

  /** The run's id. */
  String run() {
    return id.substring(0, id.indexOf(task < 0 ? ' ' : '/'));
  }

  /** Whether a model is being trained. */
  boolean training() {
    return phase().filter(Phase.ADAPT::equals).isPresent();
  }

  /** The learning phase whose steps it counts; none for the others. */
  Optional<Phase> phase() {
    return switch (activity) {
      case "Replay" -> Optional.of(Phase.REPLAY);
      case "Adapt" -> Optional.of(Phase.ADAPT);
      case "SeedUpdate" -> Optional.of(Phase.SEED_UPDATE);
      default -> Optional.empty();
    };
  }

  /** The phase whose outcome it commits; none for activities that commit nothing. */
  Optional<Phase> commits() {
    return Arrays.stream(Phase.values())
        .filter(phase -> phase.name().replace("_", "").equalsIgnoreCase(activity))
        .findFirst();
  }

  /** {@code task/PHASE} of that phase, as {@link Rows} has it. */
  Optional<String> committed() {
    return commits().map(phase -> task + "/" + phase.name());
  }

  /** Such as {@code task 3 Adapt, step 1200 of 60000}. */
  String describe() {
    String where = task < 0 ? activity : "task " + task + " " + activity;
    return steps > 0 ? where + ", step " + step + " of " + steps : where;
  }
}
