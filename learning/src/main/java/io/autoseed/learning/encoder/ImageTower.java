package io.autoseed.learning.encoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.encoder.EfficientNetWeights.Convolution;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;
import io.autoseed.learning.torch.Torch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * EfficientNet-Lite0 up to its pooled features. Images pass in batches of one fixed size, the last
 * one padded, and no row depends on its neighbours: equal images have equal features, bit for bit,
 * however they are grouped. Thread-safe.
 */
final class ImageTower implements AutoCloseable {
  static final int SIDE = 224;
  static final int WIDTH = 1280;
  private static final int SAMPLES = SIDE * SIDE * 3;

  /** (value - 127) / 128 of each sample. */
  private static final float[] NORMALISED = normalised();

  private final NDManager manager;
  private final ScriptModule network;
  private final NDList weights;
  private final NDList biases;
  private final int batch;

  private ImageTower(
      NDManager manager, ScriptModule network, NDList weights, NDList biases, int batch) {
    this.manager = manager;
    this.network = network;
    this.weights = weights;
    this.biases = biases;
    this.batch = batch;
  }

  /** The tower on a device: oneDNN's fused kernels on a CPU, plain operators elsewhere. */
  static ImageTower on(Device device, EfficientNetWeights weights) {
    return device.isGpu() ? plain(device, weights, 64) : fused(weights, 4);
  }

  static ImageTower fused(EfficientNetWeights weights, int batch) {
    List<Convolution> network = weights.convolutions();
    ScriptModule module = ScriptModule.of(EfficientNetScript.fused(network, batch, SIDE));
    NDManager manager = Torch.newManager(Device.cpu());
    try (NDManager temporary = manager.newSubManager()) {
      NDList plain = arrays(temporary, network.stream().map(Convolution::weight).toList());
      NDList reordered = module.call("reorder", ScriptModule.list("w", plain));
      reordered.attach(manager);
      NDList biases = arrays(manager, network.stream().map(Convolution::bias).toList());
      return new ImageTower(
          manager,
          module,
          ScriptModule.list("w", reordered),
          ScriptModule.list("b", biases),
          batch);
    }
  }

  static ImageTower plain(Device device, EfficientNetWeights weights, int batch) {
    List<Convolution> network = weights.convolutions();
    ScriptModule module = ScriptModule.of(EfficientNetScript.plain(network));
    NDManager manager = Torch.newManager(device);
    NDList plain = arrays(manager, network.stream().map(Convolution::weight).toList());
    NDList biases = arrays(manager, network.stream().map(Convolution::bias).toList());
    return new ImageTower(
        manager, module, ScriptModule.list("w", plain), ScriptModule.list("b", biases), batch);
  }

  /**
   * Raw features float32 [images, 1280].
   *
   * @param images squares of {@link #SIDE} pixels, as {@link BicubicCrop} gives them
   */
  Tensor features(Iterable<byte[]> images, int count) {
    float[] rows = new float[count * WIDTH];
    ByteBuffer pixels = manager.allocateDirect(batch * SAMPLES * Float.BYTES);
    FloatBuffer values = pixels.order(ByteOrder.nativeOrder()).asFloatBuffer();
    int filled = 0;
    int done = 0;
    for (byte[] image : images) {
      put(image, values, filled * SAMPLES);
      filled++;
      if (filled == batch || done + filled == count) {
        System.arraycopy(run(pixels), 0, rows, done * WIDTH, filled * WIDTH);
        done += filled;
        filled = 0;
      }
    }
    return Tensor.of(rows, count, WIDTH);
  }

  private static void put(byte[] image, FloatBuffer values, int at) {
    float[] row = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      row[i] = NORMALISED[image[i] & 0xff];
    }
    values.put(at, row);
  }

  /** One batch, all of it; rows beyond the last image are whatever an earlier batch left. */
  private float[] run(ByteBuffer pixels) {
    try (NDManager temporary = manager.newSubManager()) {
      NDList inputs = new NDList(2 * weights.size() + 1);
      Shape shape = new Shape(batch, SIDE, SIDE, 3);
      inputs.add(temporary.create(pixels.rewind(), shape, DataType.FLOAT32));
      inputs.addAll(weights);
      inputs.addAll(biases);
      NDArray result = network.call("features", inputs).singletonOrThrow();
      return result.toFloatArray();
    }
  }

  private static NDList arrays(NDManager manager, List<Tensor> tensors) {
    NDList list = new NDList(tensors.size());
    tensors.forEach(tensor -> list.add(NdArrays.toArray(manager, tensor)));
    return list;
  }

  private static float[] normalised() {
    float[] table = new float[256];
    for (int i = 0; i < 256; i++) {
      table[i] = (i - 127) / 128f;
    }
    return table;
  }

  @Override
  public void close() {
    manager.close();
  }
}
