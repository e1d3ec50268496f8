package io.autoseed.learning.baseline;

/**
 * What holds {@link ImageMap} near an earlier one while it learns a task.
 *
 * @param smoothing label smoothing of the task's cross-entropy, in [0, 1]
 * @param weight of the distillation
 * @param temperature T of the distillation; its loss is multiplied by T^2 (Hinton et al. 2015)
 * @param fromStart teacher: true, the model before any task; false, the model before this task
 * @param drawnImages distilled are: true, drawn reference images, also from text to image; false,
 *     the task's images, from image to text alone
 * @param pull weight of |M - M before the task|^2
 * @param averageEvery steps between the weights that are averaged, from the first on; 0: the last
 *     weights are the outcome
 */
record Distillation(
    double smoothing,
    double weight,
    double temperature,
    boolean fromStart,
    boolean drawnImages,
    double pull,
    int averageEvery) {}
