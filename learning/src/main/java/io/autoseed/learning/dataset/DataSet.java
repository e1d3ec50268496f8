package io.autoseed.learning.dataset;

import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Images, or precomputed features of images, with classes and splits: a folder or zip of {@code
 * split/class/file}, a CSV manifest, or a file of features. Nothing is unpacked or changed.
 * Whatever it holds is taken for hostile until checked. Safe for use by several threads.
 */
public sealed interface DataSet extends AutoCloseable permits ImageSet, FeatureSet {
  /**
   * Opens what lies at {@code root}: a folder, {@code .zip}, {@code .csv}, {@code .npz} or {@code
   * .safetensors} file. Cheap for images, whose files are looked at in {@link #contents}.
   *
   * @throws DataSetException if nothing readable lies there
   */
  static DataSet open(Path root) {
    String name = String.valueOf(root.getFileName()).toLowerCase(Locale.ROOT);
    if (Files.isDirectory(root)) {
      return new ImageSet(new FolderTree(root), new FolderLayout());
    }
    if (!Files.exists(root)) {
      throw new UnreadableDataException(root + " does not exist; correct the path");
    }
    if (name.endsWith(".zip")) {
      return new ImageSet(new ZipTree(root), new FolderLayout());
    }
    if (name.endsWith(".csv")) {
      return new ImageSet(new FolderTree(root.toAbsolutePath().getParent()), new CsvLayout(root));
    }
    if (name.endsWith(".npz")) {
      return FeatureSet.ofNpz(root);
    }
    if (name.endsWith(".safetensors")) {
      return FeatureSet.ofSafeTensors(root);
    }
    throw new DataSetException(
        root + " is no data set; give a folder, or a .zip, .csv, .npz or .safetensors file");
  }

  /** Where it lies. */
  Path root();

  /** True if it holds features: {@link #features} works then, else {@link #read} does. */
  boolean hasFeatures();

  /**
   * Reads and digests every file of the two splits.
   *
   * @throws DataSetException for the first thing wrong with it
   */
  DataSetContents contents(DataSetOptions options);

  /**
   * An image file's bytes, checked against its SHA-256.
   *
   * @throws DataSetException if the file is gone, has changed, or lies outside the data set
   */
  byte[] read(FileDocument file);

  /**
   * A row of features, [{@link #imageWidth}], checked against its SHA-256.
   *
   * @throws DataSetException if there is no such row or it has changed
   */
  float[] features(FileDocument row);

  /** Width of a row of features; 0 for images. */
  int imageWidth();

  /** Width of a text embedding; 0 for images. */
  int textWidth();

  /**
   * The mean of the embeddings of a class's texts, a unit row [{@link #textWidth}]. For features
   * only: the texts must be among the prompts that the file holds.
   */
  float[] textEmbedding(ClassDocument described);

  /** The digest of {@link #contents} without options. */
  default String digest() {
    return contents(DataSetOptions.NONE).digest();
  }

  /** The licence as the data set states it. */
  String licence();

  @Override
  void close();
}
