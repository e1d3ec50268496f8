package io.autoseed.learning.encoder;

import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What the frozen encoders make of images and texts, a row each in the order given: {@code image}
 * float32 [n, 1280] and {@code text} float32 [m, 384] as they come; in the joint space of a run
 * {@code image_joint} float32 [n, d] and {@code text_joint} float32 [m, d], unit rows.
 */
public final class Embeddings {
  private Embeddings() {}

  /**
   * Embeds; what is not asked for is missing.
   *
   * @param images PNG, JPEG or GIF files
   * @param names how to call the image at an index in an error
   * @param centre c0 of the run whose joint space is meant; without it there are no joint rows
   * @throws ImageException if an image cannot be used
   */
  public static TensorBundle of(
      BuiltinModel model,
      List<byte[]> images,
      IntFunction<String> names,
      List<String> texts,
      Optional<Tensor> centre) {
    TreeMap<String, Tensor> tensors = new TreeMap<>();
    if (!images.isEmpty()) {
      Tensor raw = model.encodeImages(images, names);
      tensors.put("image", raw);
      centre.ifPresent(c0 -> tensors.put("image_joint", model.jointSpace().images(raw, c0)));
    }
    if (!texts.isEmpty()) {
      Tensor raw = model.encodeTexts(texts);
      tensors.put("text", raw);
      centre.ifPresent(c0 -> tensors.put("text_joint", model.jointSpace().texts(raw)));
    }
    return TensorBundle.of(tensors);
  }
}
