package io.autoseed.learning.dataset;

import io.autoseed.learning.dataset.DataSetContents.ClassContents;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Image files of a tree, sorted into classes and splits by a layout. */
final class ImageSet implements DataSet {
  private static final Comparator<FileDocument> BY_DIGEST =
      Comparator.comparing(FileDocument::sha256).thenComparing(FileDocument::path);

  private final FileTree tree;
  private final ImageLayout layout;

  ImageSet(FileTree tree, ImageLayout layout) {
    this.tree = tree;
    this.layout = layout;
  }

  @Override
  public Path root() {
    return layout instanceof CsvLayout csv ? csv.file() : tree.root();
  }

  @Override
  public boolean hasFeatures() {
    return false;
  }

  @Override
  public DataSetContents contents(DataSetOptions options) {
    if (options.domain() != null) {
      throw new DataSetException(root() + " holds images, which have no domains; remove domain:");
    }
    Prompts.checkTemplates(options.templates(), root());
    ImageLayout.Listing listing = layout.list(tree, options);
    Set<String> names = classNames(listing);
    List<ClassContents> classes = new ArrayList<>();
    Prompts prompts = new Prompts(root());
    for (String name : names) {
      classes.add(
          new ClassContents(
              name,
              listing.texts().prompts(name, options, root(), prompts),
              digests(listing.train().getOrDefault(name, List.of())),
              digests(listing.test().getOrDefault(name, List.of()))));
    }
    for (String name : options.texts().keySet()) {
      if (!names.contains(name)) {
        throw new DataSetException(
            root() + " has no class '" + SafePath.printable(name) + "'; correct texts:");
      }
    }
    return new DataSetContents(
        false, classes, "", listing.texts().licence(), listing.texts().source(), List.of());
  }

  /** Classes in the order of meta.json, then those it does not list, by name. */
  private Set<String> classNames(ImageLayout.Listing listing) {
    Set<String> names = new LinkedHashSet<>(listing.texts().classes().keySet());
    Set<String> found = new TreeSet<>(listing.train().keySet());
    found.addAll(listing.test().keySet());
    names.retainAll(found);
    names.addAll(found);
    if (names.isEmpty()) {
      throw new DataSetException(root() + " holds no class with images; fill its splits");
    }
    if (names.size() > DataSetLimits.CLASSES) {
      throw new DataSetException(
          root() + " holds more than " + DataSetLimits.CLASSES + " classes; split it");
    }
    return names;
  }

  private List<FileDocument> digests(List<String> paths) {
    return paths.parallelStream().map(this::digest).sorted(BY_DIGEST).toList();
  }

  private FileDocument digest(String path) {
    byte[] bytes = tree.read(path, DataSetLimits.IMAGE_BYTES);
    if (!ImageFormat.recognizes(bytes)) {
      throw new DataSetException(
          tree.root()
              + "/"
              + path
              + (bytes.length == 0 ? " is empty" : " is no PNG, JPEG or GIF image")
              + "; replace or remove it");
    }
    return new FileDocument(path, CanonicalJson.sha256(bytes));
  }

  @Override
  public byte[] read(FileDocument file) {
    byte[] bytes = tree.read(file.path(), DataSetLimits.IMAGE_BYTES);
    String found = CanonicalJson.sha256(bytes);
    if (!found.equals(file.sha256())) {
      throw new DataSetException(
          tree.root()
              + "/"
              + file.path()
              + " has changed: expected SHA-256 "
              + file.sha256()
              + ", found "
              + found
              + "; put the old file back or submit the sequence again");
    }
    return bytes;
  }

  @Override
  public float[] features(FileDocument row) {
    throw new DataSetException(root() + " holds images, no features; encode it first");
  }

  @Override
  public float[] textEmbedding(ClassDocument described) {
    throw new DataSetException(root() + " holds images, no text embeddings; encode the texts");
  }

  @Override
  public int imageWidth() {
    return 0;
  }

  @Override
  public int textWidth() {
    return 0;
  }

  @Override
  public String licence() {
    return layout.texts(tree).licence();
  }

  @Override
  public void close() {
    tree.close();
  }
}
