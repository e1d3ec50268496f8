package io.autoseed.learning.tensor;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named tensors: one object of a learner state, a checkpoint, a shard of features. Its one file
 * form is {@link SafeTensors}, in which equal bundles have equal bytes.
 */
public record TensorBundle(SortedMap<String, Tensor> tensors) {
  public TensorBundle {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  public static TensorBundle of(Map<String, Tensor> tensors) {
    return new TensorBundle(new TreeMap<>(tensors));
  }

  /** The tensor of that name; an error that lists the names there are, if there is none. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no tensor '" + name + "' in the bundle; it holds " + tensors.keySet());
    }
    return tensor;
  }

  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** Bytes of all values, without the header. */
  public long byteSize() {
    return tensors.values().stream().mapToLong(Tensor::byteSize).sum();
  }
}
