package io.autoseed.learning.sequence;

import java.util.List;

/**
 * One task, resolved: its classes in the order learned, their texts, and the digest of every file
 * it reads. Named by the SHA-256 of its canonical JSON.
 *
 * @param dataset the data set's name in the sequence file
 * @param datasetDigest SHA-256 over the data set's files, texts and splits
 * @param features true if the data set holds precomputed features instead of images
 */
public record TaskDocument(
    String name,
    String dataset,
    String datasetDigest,
    boolean features,
    List<ClassDocument> classes) {

  /**
   * @param name unique in the data set
   * @param number place in the whole sequence, from 0
   * @param texts the prompts whose embeddings are averaged, at least one
   */
  public record ClassDocument(
      String name,
      int number,
      List<String> texts,
      List<FileDocument> train,
      List<FileDocument> test) {}

  /**
   * @param path inside the data set, with forward slashes; for features the row, as {@code row/17}
   * @param sha256 of the file (for features: of the row's bytes)
   */
  public record FileDocument(String path, String sha256) {}
}
