package io.autoseed.activities.phase;

import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.ForwardTransfer;
import io.autoseed.learning.sequence.CanonicalJson;
import java.util.function.Function;

/**
 * What EVALUATE leaves as {@link CarriedState#EVALUATION}.
 *
 * @param row of the accuracy matrices; null if it is not measured
 * @param beforeTask what was measured after REPLAY; null if the row is not measured
 */
public record Measured(EvaluationRow row, ForwardTransfer beforeTask) {
  /**
   * What a committed EVALUATE measured.
   *
   * @param evaluate its manifest
   * @param objects reads an object that the manifest names
   */
  public static Measured of(Manifest evaluate, Function<StoredObject, byte[]> objects) {
    StoredObject object = evaluate.object(CarriedState.EVALUATION);
    return CanonicalJson.read(objects.apply(object), Measured.class);
  }
}
