package io.autoseed.learning.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CSV manifest: a header {@code path,class,split[,text]}, then one image a line. Paths are
 * relative to the manifest's folder and stay in it. A class's text is given on any of its lines, or
 * by a meta.json in the same folder.
 */
record CsvLayout(Path file) implements ImageLayout {
  @Override
  public ClassTexts texts(FileTree tree) {
    return ClassTexts.of(tree);
  }

  @Override
  public Listing list(FileTree tree, DataSetOptions options) {
    ClassTexts meta = texts(tree);
    String train = options.train() != null ? options.train() : "train";
    String test = options.test() != null ? options.test() : "test";
    Listing listing =
        new Listing(
            new ClassTexts(
                new LinkedHashMap<>(meta.classes()),
                meta.templates(),
                meta.licence(),
                meta.source(),
                meta.splits()),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    Set<String> seen = new HashSet<>();
    Map<String, Integer> columns = null;
    for (Csv.Row row : Csv.rows(text(), file)) {
      if (columns == null) {
        columns = header(row);
        continue;
      }
      String path = SafePath.check(cell(row, columns, "path"), file + ":" + row.line());
      if (!seen.add(path)) {
        throw new DataSetException(file + ":" + row.line() + ": " + path + " is listed twice");
      }
      String name = cell(row, columns, "class");
      String split = cell(row, columns, "split");
      if (split.equals(train)) {
        listing.train().computeIfAbsent(name, unseen -> new ArrayList<>()).add(path);
      } else if (split.equals(test)) {
        listing.test().computeIfAbsent(name, unseen -> new ArrayList<>()).add(path);
      }
      if (columns.containsKey("text")) {
        addText(listing.texts().classes(), name, row.cells().get(columns.get("text")), row);
      }
    }
    return listing;
  }

  private void addText(Map<String, List<String>> texts, String name, String text, Csv.Row row) {
    if (text.isBlank()) {
      return;
    }
    List<String> before = texts.put(name, List.of(text));
    if (before != null && !before.equals(List.of(text))) {
      throw new DataSetException(
          file
              + ":"
              + row.line()
              + ": class '"
              + SafePath.printable(name)
              + "' has the text '"
              + SafePath.printable(text)
              + "' here and another before; keep one");
    }
  }

  private Map<String, Integer> header(Csv.Row row) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < row.cells().size(); i++) {
      columns.put(row.cells().get(i).strip(), i);
    }
    if (!columns.keySet().containsAll(List.of("path", "class", "split"))) {
      throw new DataSetException(
          file + ":1: the header is " + row.cells() + "; write path,class,split or with text");
    }
    return columns;
  }

  private String cell(Csv.Row row, Map<String, Integer> columns, String column) {
    if (row.cells().size() != columns.size()) {
      throw new DataSetException(
          file
              + ":"
              + row.line()
              + ": "
              + row.cells().size()
              + " cells; expected "
              + columns.size());
    }
    String cell = row.cells().get(columns.get(column));
    if (cell.isBlank()) {
      throw new DataSetException(file + ":" + row.line() + ": no " + column + "; fill it in");
    }
    return cell;
  }

  private String text() {
    try {
      if (Files.size(file) > DataSetLimits.TEXT_BYTES) {
        throw new DataSetException(
            file + " is larger than " + DataSetLimits.TEXT_BYTES + " bytes; split it");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DataSetException(file + " is not UTF-8; convert it", e);
    } catch (IOException e) {
      throw new UnreadableDataException(file + " cannot be read (" + e + ")", e);
    }
  }
}
