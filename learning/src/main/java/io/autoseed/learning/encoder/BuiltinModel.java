package io.autoseed.learning.encoder;

import ai.djl.Device;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NumericProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * The built-in vision-language model: EfficientNet-Lite0 for images, all-MiniLM-L6-v2 for texts,
 * aligned in closed form. A good trunk but a weak zero-shot classifier; a CLIP checkpoint is far
 * better at that. Each part is loaded when it is first used. Thread-safe.
 */
public final class BuiltinModel implements AutoCloseable {
  /** Changes with anything in this package that changes features: preparation, towers, batches. */
  private static final String CODE_VERSION = "builtin-1";

  private static final String NAMES = "imagenet-names.txt";
  private static final String PROMPT = "a photo of a ";

  private final ModelFiles files;
  private final Path cacheDir;
  private final Device device;
  private final Progress progress;
  private final ExecutorService preparation;
  private TensorBundle imageState;
  private ImageTower imageTower;
  private TextTower textTower;
  private Alignment alignment;

  private BuiltinModel(ModelFiles files, Path cacheDir, Device device, Progress progress) {
    this.files = files;
    this.cacheDir = cacheDir;
    this.device = device;
    this.progress = progress;
    int threads = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1));
    this.preparation =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "image-preparation");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** {@link #open(Path, Device, Progress)} without a listener. */
  public static BuiltinModel open(Path cacheDir, Device device) {
    return open(cacheDir, device, Progress.SILENT);
  }

  /**
   * Opens the model, fetching its files into the cache folder if they are not there.
   *
   * @throws ModelException if they cannot be had
   */
  public static BuiltinModel open(Path cacheDir, Device device, Progress progress) {
    ModelFiles files = ModelFiles.ensure(cacheDir, progress);
    return new BuiltinModel(files, cacheDir, device, progress);
  }

  /** The file of the image tower's weights in a cache folder, a PyTorch state dict. */
  public static Path imageWeights(Path cacheDir) {
    return ModelFiles.ensure(cacheDir, Progress.SILENT).imageWeightsFile();
  }

  /** SHA-256 that names the towers: their weights and the code between a file and its features. */
  public String encoderDigest() {
    return Sha256.ofLines(
        CODE_VERSION,
        ModelFiles.IMAGE_WEIGHTS.sha256(),
        ModelFiles.TEXT_WEIGHTS.sha256(),
        ModelFiles.TOKENIZER.sha256());
  }

  /** Width of an image's raw feature. */
  public int imageWidth() {
    return ImageTower.WIDTH;
  }

  /** Width of a text's raw embedding. */
  public int textWidth() {
    return TextTower.WIDTH;
  }

  /** The alignment, computed at the first use on a machine (some seconds) and kept in the cache. */
  public synchronized JointSpace jointSpace() {
    if (alignment == null) {
      AlignmentCache cache = new AlignmentCache(cacheDir.resolve("models"), progress);
      alignment = cache.get(alignmentInputs(), this::align);
    }
    return alignment;
  }

  /** Name and digest of everything {@link #jointSpace} was computed from. */
  public SortedMap<String, String> alignmentInputs() {
    return new TreeMap<>(
        Map.of(
            "classifier", ModelFiles.IMAGE_WEIGHTS.sha256(),
            "encoder", encoderDigest(),
            "names", Sha256.of(resource(NAMES)),
            "prompt", PROMPT + "{}",
            "profile", NumericProfile.current(device).digest(),
            "width", Integer.toString(Alignment.WIDTH)));
  }

  /** {@link #encodeImages(List, IntFunction)}, naming images by their position. */
  public Tensor encodeImages(List<byte[]> encodedFiles) {
    return encodeImages(encodedFiles, i -> "image " + (i + 1) + " of " + encodedFiles.size());
  }

  /**
   * Raw features of image files, float32 [files, 1280]. A row depends on its own file alone, bit
   * for bit.
   *
   * @param encodedFiles PNG, JPEG or GIF
   * @param names how to call the file at an index in an error
   * @throws ImageException if a file cannot be used
   */
  public Tensor encodeImages(List<byte[]> encodedFiles, IntFunction<String> names) {
    ImagePreparation images = new ImagePreparation(encodedFiles, names, preparation);
    return imageTower().features(images, encodedFiles.size());
  }

  /** Embeddings of texts, unit rows, float32 [texts, 384]. A row depends on its own text alone. */
  public Tensor encodeTexts(List<String> texts) {
    return textTower().embed(texts);
  }

  /** The names of the 1000 classes of the image tower's classifier, in the order of its rows. */
  static List<String> classNames() {
    return new String(resource(NAMES), StandardCharsets.UTF_8).lines().toList();
  }

  /** The image tower's classifier: W, float32 [1000, 1280]. */
  Tensor classifier() {
    return imageState().get("_fc.weight");
  }

  /** Bias of {@link #classifier}, float32 [1000]. */
  Tensor classifierBias() {
    return imageState().get("_fc.bias");
  }

  private Alignment align() {
    progress.step("computing the joint space of images and texts, once on this machine");
    Tensor names = encodeTexts(classNames().stream().map(PROMPT::concat).toList());
    return Alignment.compute(classifier(), names, Alignment.WIDTH);
  }

  synchronized TensorBundle imageState() {
    if (imageState == null) {
      try {
        imageState = LegacyStateDict.read(files.imageWeights());
      } catch (IOException e) {
        throw new ModelException("the image tower's weights: " + e.getMessage(), e);
      }
    }
    return imageState;
  }

  private synchronized ImageTower imageTower() {
    if (imageTower == null) {
      imageTower = ImageTower.on(device, EfficientNetWeights.fold(imageState()));
    }
    return imageTower;
  }

  private synchronized TextTower textTower() {
    if (textTower == null) {
      try {
        TensorBundle state = SafeTensors.decode(files.textWeights());
        textTower = TextTower.on(device, state, files.tokenizer());
      } catch (IOException e) {
        throw new ModelException("the text tower's weights: " + e.getMessage(), e);
      }
    }
    return textTower;
  }

  private static byte[] resource(String name) {
    try (InputStream in = BuiltinModel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new ModelException("the program lacks its resource " + name + ": build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ModelException("the resource " + name + " cannot be read", e);
    }
  }

  @Override
  public synchronized void close() {
    preparation.shutdownNow();
    if (imageTower != null) {
      imageTower.close();
    }
    if (textTower != null) {
      textTower.close();
    }
  }
}
