package io.autoseed.learning.encoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;
import io.autoseed.learning.torch.Torch;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * The joint space of two towers that were not trained together, in closed form from the image
 * tower's own classifier: its rows W say where a class lies among the image features, the classes'
 * names say where it lies among the texts. All sums are in float64, on the CPU.
 *
 * <pre>
 * Wn = norm(W - mean of rows)         P = the d leading right singular vectors of Wn
 * image: e = norm(P' norm(x - c0))    c0 = mean raw feature of a run's first training images
 * text:  w = norm(b M0)               b = norm(t - mean(T_in)),  M0 = (B'B + I)^-1 B' norm(Wn P)
 * </pre>
 *
 * <p>norm divides a row by its length, at least 1e-12; B holds the rows b of T_in.
 *
 * @param projection P, float32 [image width, d]; of each column the component of largest magnitude
 *     is positive
 * @param textCentre mean(T_in), float32 [text width]
 * @param textMap M0, float32 [text width, d]
 */
public record Alignment(Tensor projection, Tensor textCentre, Tensor textMap)
    implements JointSpace {
  /** d. */
  public static final int WIDTH = 512;

  private static final int ROWS_AT_ONCE = 4096;

  public Alignment {
    boolean fits =
        projection.shape().length == 2
            && textCentre.shape().length == 1
            && Arrays.equals(textMap.shape(), new int[] {textCentre.size(0), projection.size(1)});
    if (!fits) {
      throw new IllegalArgumentException(
          "no alignment has the shapes " + projection + ", " + textCentre + ", " + textMap);
    }
  }

  /**
   * The alignment of two towers.
   *
   * @param classifier W, float32 [classes, image width]
   * @param nameTexts T_in, float32 [classes, text width], in the order of W's rows
   * @param width d, at most the smaller of classes and image width
   */
  public static Alignment compute(Tensor classifier, Tensor nameTexts, int width) {
    int most = Math.min(classifier.size(0), classifier.size(1));
    if (width < 1 || width > most || classifier.size(0) != nameTexts.size(0)) {
      throw new IllegalArgumentException(
          "no joint space of width "
              + width
              + " from a classifier "
              + classifier
              + " and texts "
              + nameTexts);
    }
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray wn = Scripts.MODULE.call("centred", wide(manager, classifier));
      NDArray ascending = LinearAlgebra.eigh(wn.transpose().matMul(wn)).vectors();
      NDArray p = Scripts.MODULE.call("leading", ascending, manager.create((long) width));
      NDArray t = wide(manager, nameTexts);
      NDArray m0 = Scripts.MODULE.call("text_map", t, wn, p);
      return new Alignment(narrow(p), narrow(t.mean(new int[] {0})), narrow(m0));
    }
  }

  /**
   * @throws IOException if the bytes are not what {@link #encode} wrote
   */
  static Alignment decode(byte[] file) throws IOException {
    TensorBundle bundle = SafeTensors.decode(file);
    try {
      return new Alignment(
          bundle.get("projection"), bundle.get("text_centre"), bundle.get("text_map"));
    } catch (IllegalArgumentException e) {
      throw new IOException("not an alignment: " + e.getMessage(), e);
    }
  }

  /** This alignment as a safetensors file. */
  public byte[] encode() {
    return SafeTensors.encode(
        TensorBundle.of(
            Map.of("projection", projection, "text_centre", textCentre, "text_map", textMap)));
  }

  @Override
  public int width() {
    return projection.size(1);
  }

  /** SHA-256 of {@link #encode}. */
  @Override
  public String digest() {
    return Sha256.of(encode());
  }

  @Override
  public Tensor centre(Tensor firstTaskTrain) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      return narrow(wide(manager, firstTaskTrain).mean(new int[] {0}));
    }
  }

  @Override
  public Tensor images(Tensor raw, Tensor centre) {
    return mapped("project", raw, centre, projection);
  }

  @Override
  public Tensor texts(Tensor raw) {
    return mapped("translate", raw, textCentre, textMap);
  }

  /** Runs a method (rows, centre, map) over blocks of rows; float32 [rows, d]. */
  private Tensor mapped(String method, Tensor rows, Tensor centre, Tensor map) {
    int from = rows.size(1);
    if (from != map.size(0) || centre.shape().length != 1 || centre.size(0) != from) {
      throw new IllegalArgumentException(
          "expected rows of width "
              + map.size(0)
              + " and a centre of that width, found "
              + rows
              + " and "
              + centre);
    }
    float[] values = rows.floats();
    float[] result = new float[rows.size(0) * width()];
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray c = wide(manager, centre);
      NDArray m = wide(manager, map);
      for (int row = 0; row < rows.size(0); row += ROWS_AT_ONCE) {
        int count = Math.min(ROWS_AT_ONCE, rows.size(0) - row);
        float[] block = Arrays.copyOfRange(values, row * from, (row + count) * from);
        try (NDManager temporary = manager.newSubManager()) {
          NDArray x = wide(temporary, Tensor.of(block, count, from));
          float[] mapped = narrow(Scripts.MODULE.call(method, x, c, m)).floats();
          System.arraycopy(mapped, 0, result, row * width(), mapped.length);
        }
      }
    }
    return Tensor.of(result, rows.size(0), width());
  }

  private static NDArray wide(NDManager manager, Tensor tensor) {
    return NdArrays.toArray(manager, tensor).toType(DataType.FLOAT64, false);
  }

  private static Tensor narrow(NDArray array) {
    return NdArrays.toTensor(array.toType(DataType.FLOAT32, false));
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def unit(self, x: Tensor) -> Tensor:
              return x / torch.clamp(torch.linalg_vector_norm(x, 2, [1], True), 1e-12)

            def centred(self, x: Tensor) -> Tensor:
              return self.unit(x - torch.mean(x, [0], True))

            def leading(self, ascending: Tensor, d: Tensor) -> Tensor:
              count = int(d)
              start = torch.size(ascending, 1) - count
              return torch.contiguous(torch.flip(torch.narrow(ascending, 1, start, count), [1]))

            def text_map(self, t: Tensor, wn: Tensor, p: Tensor) -> Tensor:
              b = self.centred(t)
              bt = torch.transpose(b, 0, 1)
              one = torch.diag(torch.ones_like(torch.select(b, 0, 0)))
              factor = torch.linalg_cholesky(torch.matmul(bt, b) + one)
              target = self.unit(torch.matmul(wn, p))
              return torch.contiguous(torch.cholesky_solve(torch.matmul(bt, target), factor))

            def project(self, x: Tensor, centre: Tensor, p: Tensor) -> Tensor:
              return self.unit(torch.matmul(self.unit(x - centre), p))

            def translate(self, t: Tensor, centre: Tensor, m0: Tensor) -> Tensor:
              return self.unit(torch.matmul(self.unit(t - centre), m0))
            """);
  }
}
