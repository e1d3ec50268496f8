package io.autoseed.learning.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Keeps the alignment between starts: {@code <key>.safetensors} and, written after it, {@code
 * <key>.json} with the digests of what it was computed from and its own. The key is the digest of
 * the inputs, so another model, name list or numeric profile never meets a foreign alignment.
 */
final class AlignmentCache {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Progress progress;

  /**
   * @param progress hears if it cannot be kept
   */
  AlignmentCache(Path folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * The kept alignment if its bytes are still what they were, else a new one, which is kept if the
   * disk lets it.
   *
   * @param inputs name and digest of everything the alignment depends on
   */
  Alignment get(SortedMap<String, String> inputs, Supplier<Alignment> compute) {
    String key = "alignment-" + Sha256.ofLines(inputs.toString()).substring(0, 16);
    Optional<Alignment> kept = read(key);
    if (kept.isPresent()) {
      return kept.get();
    }
    Alignment alignment = compute.get();
    write(key, inputs, alignment);
    return alignment;
  }

  private Optional<Alignment> read(String key) {
    try {
      JsonNode described = JSON.readTree(Files.readAllBytes(folder.resolve(key + ".json")));
      byte[] file = Files.readAllBytes(folder.resolve(key + ".safetensors"));
      if (!Sha256.of(file).equals(described.path("digest").asText())) {
        return Optional.empty();
      }
      return Optional.of(Alignment.decode(file));
    } catch (IOException e) {
      return Optional.empty(); // Absent or damaged: it is computed again.
    }
  }

  private void write(String key, Map<String, String> inputs, Alignment alignment) {
    ObjectNode described = JSON.createObjectNode();
    byte[] file = alignment.encode();
    described.put("digest", Sha256.of(file));
    ObjectNode from = described.putObject("computedFrom");
    inputs.forEach(from::put);
    try {
      Files.createDirectories(folder);
      replace(key + ".safetensors", file);
      replace(key + ".json", JSON.writeValueAsBytes(described));
    } catch (IOException e) {
      progress.step(
          "the alignment cannot be kept in "
              + folder
              + " and is computed at every start: "
              + e
              + "; is the disk full?");
    }
  }

  private void replace(String name, byte[] content) throws IOException {
    Path temporary = Files.createTempFile(folder, "." + name, null);
    try {
      Files.write(temporary, content);
      Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
