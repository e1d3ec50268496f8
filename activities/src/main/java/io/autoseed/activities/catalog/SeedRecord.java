package io.autoseed.activities.catalog;

/**
 * A seed of a run, with the object that held it first.
 *
 * @param taskPruned index of the task that dropped it, or null while it is in the bank
 * @param row its row in the object, from 0
 */
public record SeedRecord(
    String id,
    String run,
    int classNumber,
    String className,
    int taskBorn,
    Integer taskPruned,
    double utility,
    String objectKey,
    String objectVersion,
    String objectSha256,
    int row) {
  SeedRecord prunedBy(int task) {
    return new SeedRecord(
        id,
        run,
        classNumber,
        className,
        taskBorn,
        task,
        utility,
        objectKey,
        objectVersion,
        objectSha256,
        row);
  }
}
