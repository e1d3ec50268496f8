package io.autoseed.learning.encoder;

import io.autoseed.learning.encoder.StateDictUnpickler.Storage;
import io.autoseed.learning.encoder.StateDictUnpickler.TensorView;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A state dict in the file format of PyTorch before 1.6: five pickles (magic number, protocol,
 * system info, the dict, the storages' keys), then each storage as its length and raw values.
 */
final class LegacyStateDict {
  private static final String MAGIC = "119547037146038801333356";
  private static final int PROTOCOL = 1001;

  private LegacyStateDict() {}

  /**
   * The tensors of a file, row-major.
   *
   * @throws IOException if the bytes are no such file, or ask for anything but tensors
   */
  static TensorBundle read(byte[] file) throws IOException {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(file);
      if (!MAGIC.equals(String.valueOf(unpickle(in)))
          || !Integer.valueOf(PROTOCOL).equals(unpickle(in))) {
        throw new IOException("not a state dict in PyTorch's legacy format: wrong magic number");
      }
      if (!(unpickle(in) instanceof Map<?, ?> system)
          || !Boolean.TRUE.equals(system.get("little_endian"))) {
        throw new IOException("a state dict must be little-endian");
      }
      if (!(unpickle(in) instanceof Map<?, ?> views) || !(unpickle(in) instanceof List<?> keys)) {
        throw new IOException("not a state dict: expected a dict of tensors and a list of keys");
      }
      return tensors(views, storages(views, keys, file, file.length - in.available()));
    } catch (RuntimeException e) {
      throw new IOException("not a readable state dict: " + e.getMessage(), e);
    }
  }

  private static Object unpickle(ByteArrayInputStream in) throws IOException {
    return new StateDictUnpickler().load(in);
  }

  private static Map<String, ByteBuffer> storages(
      Map<?, ?> views, List<?> keys, byte[] file, int start) throws IOException {
    Map<String, Storage> described = new HashMap<>();
    for (Object view : views.values()) {
      if (!(view instanceof TensorView tensor)) {
        throw new IOException("not a state dict: a value is no tensor");
      }
      described.put(tensor.storage().key(), tensor.storage());
    }
    ByteBuffer rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(start);
    Map<String, ByteBuffer> values = new HashMap<>();
    for (Object key : keys) {
      Storage storage = described.get(key);
      if (storage == null) {
        throw new IOException("no tensor uses the storage '" + key + "'");
      }
      long elements = rest.remaining() < 8 ? -1 : rest.getLong();
      if (elements != storage.elements()
          || elements < 0
          || elements > rest.remaining() / storage.type().bytes()) {
        throw new IOException(
            "storage '" + key + "' should have " + storage.elements() + " values in the file");
      }
      int bytes = (int) elements * storage.type().bytes();
      values.put(storage.key(), rest.slice(rest.position(), bytes));
      rest.position(rest.position() + bytes);
    }
    return values;
  }

  private static TensorBundle tensors(Map<?, ?> views, Map<String, ByteBuffer> storages)
      throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Map.Entry<?, ?> entry : views.entrySet()) {
      TensorView view = (TensorView) entry.getValue();
      ByteBuffer values = storages.get(view.storage().key());
      if (!(entry.getKey() instanceof String name) || values == null) {
        throw new IOException("tensor '" + entry.getKey() + "' has no values in the file");
      }
      check(name, view);
      tensors.put(name, rowMajor(view, values));
    }
    return TensorBundle.of(tensors);
  }

  /** Keeps a view inside its storage, and no larger than it: stride 0 cannot inflate it. */
  private static void check(String name, TensorView view) throws IOException {
    boolean valid = view.offset() >= 0 && view.shape().length == view.strides().length;
    long elements = 1;
    long last = view.offset();
    for (int i = 0; valid && i < view.shape().length; i++) {
      int size = view.shape()[i];
      int stride = view.strides()[i];
      valid = size > 0 && stride >= 0;
      elements = Math.multiplyExact(elements, size);
      last = Math.addExact(last, (size - 1L) * stride);
    }
    long available = view.storage().elements();
    if (!valid || last >= available || elements > available) {
      throw new IOException(
          "tensor '"
              + name
              + "' of shape "
              + Arrays.toString(view.shape())
              + " does not fit its storage of "
              + available
              + " values");
    }
  }

  private static Tensor rowMajor(TensorView view, ByteBuffer values) {
    int width = view.storage().type().bytes();
    int[] shape = view.shape();
    int elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    byte[] bytes = new byte[elements * width];
    int[] index = new int[shape.length];
    long from = view.offset();
    for (int i = 0; i < elements; i++) {
      values.get((int) from * width, bytes, i * width, width);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += view.strides()[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= (long) shape[axis] * view.strides()[axis];
        index[axis] = 0;
      }
    }
    return Tensor.ofBytes(view.storage().type(), bytes, shape);
  }
}
