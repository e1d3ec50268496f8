package io.autoseed.learning.cgil;

import io.autoseed.learning.strategy.Setting;
import java.util.List;
import java.util.Map;

/**
 * @param epochs of a class's autoencoder, at most
 * @param earlyStop whether autoencoders and alignment end when epochs no longer pay
 * @param alignmentEpochs at most
 * @param drawnPerClass examples drawn of each class in an epoch of the alignment
 * @param batchSize of the alignment
 * @param learningRate of the alignment
 * @param scale logits are this times cosines
 */
record CgilSettings(
    int epochs,
    boolean earlyStop,
    int alignmentEpochs,
    int drawnPerClass,
    int batchSize,
    double learningRate,
    double scale) {
  static final List<Setting> ALL =
      List.of(
          new Setting.Whole("epochs", "most epochs of a class's autoencoder", 500, 1, 100_000),
          new Setting.Flag("early-stop", "end training when epochs no longer pay", true),
          new Setting.Whole("alignment-epochs", "most epochs of the keys", 60, 0, 1_000),
          new Setting.Whole("drawn-per-class", "examples drawn a class and epoch", 256, 1, 1_024),
          new Setting.Whole("batch-size", "drawn examples a step of the keys", 128, 2, 65_536),
          new Setting.Real("learning-rate", "Adam's learning rate for the keys", 0.001, 1e-8, 10),
          new Setting.Real("scale", "logits are this times cosines", 30.0, 1, 1000));

  private static final int VAE_PATIENCE = 10;
  private static final int ALIGNMENT_PATIENCE = 2;

  static CgilSettings of(Map<String, Object> values) {
    return new CgilSettings(
        (Integer) values.get("epochs"),
        (Boolean) values.get("early-stop"),
        (Integer) values.get("alignment-epochs"),
        (Integer) values.get("drawn-per-class"),
        (Integer) values.get("batch-size"),
        (Double) values.get("learning-rate"),
        (Double) values.get("scale"));
  }

  EarlyStop vaeStop() {
    return EarlyStop.after(earlyStop ? VAE_PATIENCE : 0);
  }

  EarlyStop alignmentStop() {
    return EarlyStop.after(earlyStop ? ALIGNMENT_PATIENCE : 0);
  }
}
