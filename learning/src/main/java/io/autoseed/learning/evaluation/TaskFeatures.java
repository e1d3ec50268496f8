package io.autoseed.learning.evaluation;

import io.autoseed.learning.tensor.Tensor;

/**
 * A task as the trunk sees it: raw features, before the alignment to the joint space. What ENCODE
 * leaves and every other phase starts from.
 *
 * @param classes class numbers in the order learned, [C]
 * @param texts raw text embeddings, float32 [C, text width], the mean over a class's texts, unit
 *     rows
 * @param train raw image features, float32 [N, image width]; rows by class in the order learned,
 *     then by file digest
 * @param trainLabels class number of each row of {@code train}
 * @param test like {@code train}
 * @param testLabels class number of each row of {@code test}
 */
public record TaskFeatures(
    int[] classes, Tensor texts, Tensor train, int[] trainLabels, Tensor test, int[] testLabels) {}
