package io.autoseed.learning.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip, read in place. Every entry's name, size and ratio is checked when it is opened. */
final class ZipTree implements FileTree {
  private final Path root;
  private final ZipFile zip;
  private final SortedMap<String, ZipEntry> entries = new TreeMap<>();

  ZipTree(Path root) {
    this.root = root;
    try {
      this.zip = new ZipFile(root.toFile());
    } catch (ZipException | IllegalArgumentException e) {
      throw new DataSetException(root + " is no readable zip (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new UnreadableDataException(root + " cannot be read (" + e + "); check it", e);
    }
    try {
      index();
    } catch (DataSetException e) {
      close();
      throw e;
    }
  }

  private void index() {
    if (zip.size() > DataSetLimits.FILES) {
      throw new DataSetException(
          root + " holds " + zip.size() + " entries; at most " + DataSetLimits.FILES + " are read");
    }
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      SafePath.check(entry.isDirectory() ? name.substring(0, name.length() - 1) : name, root);
      if (entry.isDirectory()) {
        continue;
      }
      checkSize(entry);
      total += entry.getSize();
      if (total > DataSetLimits.ZIP_BYTES) {
        throw new DataSetException(
            root + " unpacks to more than " + DataSetLimits.ZIP_BYTES + " bytes; split it");
      }
      if (entries.put(name, entry) != null) {
        throw new DataSetException(
            root + " holds '" + SafePath.printable(name) + "' twice; pack it again");
      }
    }
  }

  private void checkSize(ZipEntry entry) {
    long size = entry.getSize();
    long packed = Math.max(1, entry.getCompressedSize());
    if (size < 0
        || (size > DataSetLimits.RATIO_FREE_BYTES && size / packed > DataSetLimits.RATIO)) {
      throw new DataSetException(
          root
              + ": '"
              + SafePath.printable(entry.getName())
              + "' unpacks from "
              + packed
              + " to "
              + size
              + " bytes, more than "
              + DataSetLimits.RATIO
              + " times; remove it");
    }
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public List<String> folders() {
    TreeSet<String> names = new TreeSet<>();
    for (String name : entries.keySet()) {
      int slash = name.indexOf('/');
      if (slash > 0 && !name.startsWith(".") && !name.startsWith("__MACOSX/")) {
        names.add(name.substring(0, slash));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public List<String> files(String folder) {
    List<String> files = new ArrayList<>();
    for (String name : entries.subMap(folder + "/", folder + "0").keySet()) {
      String[] parts = name.split("/", -1);
      if (parts[parts.length - 1].startsWith(".")) {
        continue;
      }
      if (parts.length != 3) {
        throw new DataSetException(
            root
                + ": '"
                + SafePath.printable(name)
                + "' is not split/class/file; move or remove it");
      }
      files.add(name);
    }
    return files;
  }

  @Override
  public boolean has(String path) {
    return entries.containsKey(path);
  }

  @Override
  public byte[] read(String path, int most) {
    ZipEntry entry = entries.get(SafePath.check(path, root));
    if (entry == null) {
      throw new DataSetException(root + " holds no '" + path + "'; put it back");
    }
    if (entry.getSize() > most) {
      throw new DataSetException(
          root
              + ": '"
              + path
              + "' has "
              + entry.getSize()
              + " bytes; at most "
              + most
              + " are read");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize() + 1);
      if (bytes.length != entry.getSize()) {
        throw new DataSetException(
            root + ": '" + path + "' has another size than it says; pack it again");
      }
      if (entry.getCrc() != checksum(bytes)) {
        throw new DataSetException(
            root
                + ": '"
                + path
                + "' is damaged: it has another checksum than the zip says; copy the"
                + " zip again from where it is whole");
      }
      return bytes;
    } catch (ZipException e) {
      throw new DataSetException(root + ": '" + path + "' cannot be unpacked (" + e + ")", e);
    } catch (IOException e) {
      throw new UnreadableDataException(root + ": '" + path + "' cannot be read (" + e + ")", e);
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new DataSetException(root + " cannot be closed", e);
    }
  }
}
