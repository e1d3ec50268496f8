package io.autoseed.learning.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A folder of files. A symbolic link is followed only while it stays inside. */
final class FolderTree implements FileTree {
  private final Path root;
  private final Path realRoot;

  FolderTree(Path root) {
    this.root = root;
    try {
      this.realRoot = root.toRealPath();
    } catch (IOException e) {
      throw new UnreadableDataException(root + " cannot be read; check its permissions", e);
    }
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public List<String> folders() {
    List<String> names = new ArrayList<>();
    for (Path child : children(realRoot)) {
      if (Files.isDirectory(child)) {
        names.add(child.getFileName().toString());
      }
    }
    return names;
  }

  @Override
  public List<String> files(String folder) {
    List<String> files = new ArrayList<>();
    for (Path category : children(inside(SafePath.check(folder, root)))) {
      if (!Files.isDirectory(category)) {
        throw new DataSetException(
            category + " lies beside the class folders; move it into one or remove it");
      }
      for (Path file : children(category)) {
        if (!Files.isRegularFile(file)) {
          throw new DataSetException(file + " is no regular file; remove it from the data set");
        }
        String path = folder + "/" + category.getFileName() + "/" + file.getFileName();
        files.add(SafePath.check(path, root));
        if (files.size() > DataSetLimits.FILES) {
          throw new DataSetException(
              root + " holds more than " + DataSetLimits.FILES + " files; split it");
        }
      }
    }
    Collections.sort(files);
    return files;
  }

  @Override
  public boolean has(String path) {
    return Files.isRegularFile(inside(SafePath.check(path, root)));
  }

  @Override
  public byte[] read(String path, int most) {
    Path file = inside(SafePath.check(path, root));
    if (!Files.isRegularFile(file)) {
      throw new UnreadableDataException(file + " is missing; put it back or correct the data set");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new DataSetException(file + " is larger than " + most + " bytes; make it smaller");
      }
      return bytes;
    } catch (IOException e) {
      throw new UnreadableDataException(file + " cannot be read (" + e + "); check it", e);
    }
  }

  @Override
  public void close() {}

  private Path inside(String path) {
    return checked(realRoot.resolve(path));
  }

  /** Follows links and refuses a path that ends outside. */
  private Path checked(Path file) {
    try {
      if (Files.exists(file) && !file.toRealPath().startsWith(realRoot)) {
        throw new DataSetException(
            file + " is a link that leads out of the data set; replace it by the file itself");
      }
      return file;
    } catch (IOException e) {
      throw new UnreadableDataException(file + " cannot be read (" + e + "); check it", e);
    }
  }

  private List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".")) {
          children.add(checked(entry));
        }
        if (children.size() > DataSetLimits.FILES) {
          throw new DataSetException(
              folder + " holds more than " + DataSetLimits.FILES + " entries; split it");
        }
      }
    } catch (IOException e) {
      throw new UnreadableDataException(folder + " cannot be listed (" + e + "); check it", e);
    }
    Collections.sort(children);
    return children;
  }
}
