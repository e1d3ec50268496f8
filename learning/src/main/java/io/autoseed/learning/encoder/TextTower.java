package io.autoseed.learning.encoder;

import ai.djl.Device;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;
import io.autoseed.learning.torch.Torch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * all-MiniLM-L6-v2: BERT with 6 layers of width 384, mean over the tokens, unit length. A text has
 * at most 256 tokens, the rest is cut off. Texts of equal length run together, in blocks whose size
 * is fixed by the length, the last one padded: a row does not depend on the texts around it.
 * Thread-safe.
 */
final class TextTower implements AutoCloseable {
  static final int WIDTH = 384;
  static final int MAX_TOKENS = 256;
  private static final int LAYERS = 6;

  /** Arrays in p: 5 for the embeddings, then 12 a layer in the order the script reads them. */
  private static final String SCRIPT =
      """
      def embed(self, ids: Tensor, p: List[Tensor]) -> Tensor:
        m = torch.size(ids, 0)
        n = torch.size(ids, 1)
        x = torch.embedding(p[0], ids) + torch.narrow(p[1], 0, 0, n) + torch.select(p[2], 0, 0)
        x = torch.layer_norm(x, [384], p[3], p[4], 1e-12)
        for layer in range(6):
          o = 5 + 12 * layer
          qkv = torch.view(torch.linear(x, p[o], p[o + 1]), [m, n, 3, 12, 32])
          q, k, v = torch.unbind(torch.permute(qkv, [2, 0, 3, 1, 4]), 0)
          a = torch.matmul(q, torch.transpose(k, 2, 3)) * 0.17677669529663687
          c = torch.transpose(torch.matmul(torch.softmax(a, -1), v), 1, 2)
          h = torch.linear(torch.reshape(c, [m, n, 384]), p[o + 2], p[o + 3])
          x = torch.layer_norm(x + h, [384], p[o + 4], p[o + 5], 1e-12)
          h = torch.gelu(torch.linear(x, p[o + 6], p[o + 7]))
          h = torch.linear(h, p[o + 8], p[o + 9])
          x = torch.layer_norm(x + h, [384], p[o + 10], p[o + 11], 1e-12)
        y = torch.mean(x, [1])
        return y / torch.clamp(torch.linalg_vector_norm(y, 2, [1], True), 1e-12)
      """;

  private final NDManager manager;
  private final ScriptModule network;
  private final NDList weights;
  private final HuggingFaceTokenizer tokenizer;

  private TextTower(
      NDManager manager, ScriptModule network, NDList weights, HuggingFaceTokenizer tokenizer) {
    this.manager = manager;
    this.network = network;
    this.weights = weights;
    this.tokenizer = tokenizer;
  }

  /**
   * @param tokenizerJson Hugging Face's tokenizer.json
   */
  static TextTower on(Device device, TensorBundle state, byte[] tokenizerJson) {
    NDManager manager = Torch.newManager(device);
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(tokenizerJson),
              Map.of(
                  "maxLength", Integer.toString(MAX_TOKENS),
                  "truncation", "true",
                  "padding", "false"));
      NDList weights = ScriptModule.list("p", weights(manager, state));
      return new TextTower(manager, ScriptModule.of(SCRIPT), weights, tokenizer);
    } catch (IOException e) {
      manager.close();
      throw new UncheckedIOException("the tokenizer could not be read", e);
    }
  }

  /** Unit rows float32 [texts, 384]. */
  Tensor embed(List<String> texts) {
    List<long[]> tokens = texts.stream().map(this::tokens).toList();
    SortedMap<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      byLength.computeIfAbsent(tokens.get(i).length, length -> new ArrayList<>()).add(i);
    }
    float[] rows = new float[texts.size() * WIDTH];
    byLength.forEach(
        (length, indices) -> {
          int block = Math.max(1, Math.min(16, 128 / length));
          for (int at = 0; at < indices.size(); at += block) {
            int end = Math.min(at + block, indices.size());
            embedBlock(tokens, indices.subList(at, end), block, rows);
          }
        });
    return Tensor.of(rows, texts.size(), WIDTH);
  }

  /** Texts of one length; the block is filled up with the first of them. */
  private void embedBlock(List<long[]> tokens, List<Integer> indices, int block, float[] rows) {
    int length = tokens.get(indices.get(0)).length;
    long[] ids = new long[block * length];
    for (int i = 0; i < block; i++) {
      int index = indices.get(i < indices.size() ? i : 0);
      System.arraycopy(tokens.get(index), 0, ids, i * length, length);
    }
    try (NDManager temporary = manager.newSubManager()) {
      NDList inputs = new NDList(weights.size() + 1);
      inputs.add(temporary.create(ids, new Shape(block, length)));
      inputs.addAll(weights);
      float[] result = network.call("embed", inputs).singletonOrThrow().toFloatArray();
      for (int i = 0; i < indices.size(); i++) {
        System.arraycopy(result, i * WIDTH, rows, indices.get(i) * WIDTH, WIDTH);
      }
    }
  }

  /** Token ids with [CLS] and [SEP], 2 to {@link #MAX_TOKENS} of them. */
  long[] tokens(String text) {
    return tokenizer.encode(text).getIds();
  }

  private static NDList weights(NDManager manager, TensorBundle state) {
    NDList list = new NDList();
    list.add(NdArrays.toArray(manager, state.get("embeddings.word_embeddings.weight")));
    list.add(NdArrays.toArray(manager, state.get("embeddings.position_embeddings.weight")));
    list.add(NdArrays.toArray(manager, state.get("embeddings.token_type_embeddings.weight")));
    add(list, manager, state, "embeddings.LayerNorm");
    for (int i = 0; i < LAYERS; i++) {
      String layer = "encoder.layer." + i + ".";
      String self = layer + "attention.self.";
      for (String kind : List.of(".weight", ".bias")) {
        list.add(
            NdArrays.toArray(
                manager,
                stacked(
                    state.get(self + "query" + kind),
                    state.get(self + "key" + kind),
                    state.get(self + "value" + kind))));
      }
      add(list, manager, state, layer + "attention.output.dense");
      add(list, manager, state, layer + "attention.output.LayerNorm");
      add(list, manager, state, layer + "intermediate.dense");
      add(list, manager, state, layer + "output.dense");
      add(list, manager, state, layer + "output.LayerNorm");
    }
    return list;
  }

  private static void add(NDList list, NDManager manager, TensorBundle state, String name) {
    list.add(NdArrays.toArray(manager, state.get(name + ".weight")));
    list.add(NdArrays.toArray(manager, state.get(name + ".bias")));
  }

  /** The tensors one below the other along the first axis. */
  private static Tensor stacked(Tensor... parts) {
    int length = parts[0].floats().length;
    float[] all = new float[parts.length * length];
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i].floats(), 0, all, i * length, length);
    }
    int[] shape = parts[0].shape();
    shape[0] *= parts.length;
    return Tensor.of(all, shape);
  }

  @Override
  public void close() {
    tokenizer.close();
    manager.close();
  }
}
