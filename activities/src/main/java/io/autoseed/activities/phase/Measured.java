package io.autoseed.activities.phase;

import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.ForwardTransfer;

/**
 * What EVALUATE leaves as {@link CarriedState#EVALUATION}.
 *
 * @param row of the accuracy matrices; null if it is not measured
 * @param beforeTask what was measured after REPLAY; null if the row is not measured
 */
public record Measured(EvaluationRow row, ForwardTransfer beforeTask) {}
