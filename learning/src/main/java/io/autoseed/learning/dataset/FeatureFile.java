package io.autoseed.learning.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads {@link FeatureFields} from an {@code .npz} (arrays image, label, train, domain, class_text,
 * prompt, text; domain may be absent) or from a {@code .safetensors} (image, label, train, text)
 * with a {@code .json} of the same name (domain, class_text, prompt). The {@code .json} may also
 * state licence and source, beside an {@code .npz} too. Nothing is unpickled.
 */
final class FeatureFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FeatureFile() {}

  static FeatureFields npz(Path file) {
    JsonNode described = sidecar(file);
    try (ZipTree zip = new ZipTree(file)) {
      List<String> names = array(zip, "class_text").strings();
      List<String> domains =
          zip.has("domain.npy")
              ? array(zip, "domain").strings()
              : Collections.nCopies(names.size(), "");
      return new FeatureFields(
          file.toString(),
          array(zip, "image").tensor(),
          FeatureFields.whole(array(zip, "label").tensor(), file + ": label"),
          FeatureFields.flags(array(zip, "train").tensor(), file + ": train"),
          domains,
          names,
          array(zip, "prompt").strings(),
          array(zip, "text").tensor(),
          described.path("licence").asText(ClassTexts.UNSTATED),
          described.path("source").asText(""));
    }
  }

  private static Npy array(ZipTree zip, String field) {
    String entry = field + ".npy";
    if (!zip.has(entry)) {
      throw new DataSetException(zip.root() + " has no array '" + field + "'; add it");
    }
    return Npy.parse(zip.read(entry, DataSetLimits.FEATURE_BYTES), zip.root() + ": " + field);
  }

  static FeatureFields safeTensors(Path file) {
    JsonNode described = sidecar(file);
    byte[] bytes = bytes(file, DataSetLimits.FEATURE_BYTES);
    try {
      TensorBundle bundle = SafeTensors.decode(bytes);
      List<String> names = strings(described, "class_text", file);
      return new FeatureFields(
          file.toString(),
          tensor(bundle, "image", file),
          FeatureFields.whole(tensor(bundle, "label", file), file + ": label"),
          FeatureFields.flags(tensor(bundle, "train", file), file + ": train"),
          described.has("domain")
              ? strings(described, "domain", file)
              : Collections.nCopies(names.size(), ""),
          names,
          strings(described, "prompt", file),
          tensor(bundle, "text", file),
          described.path("licence").asText(ClassTexts.UNSTATED),
          described.path("source").asText(""));
    } catch (IOException e) {
      throw new DataSetException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file, int most) {
    try {
      if (Files.size(file) > most) {
        throw new DataSetException(file + " is larger than " + most + " bytes; split it");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnreadableDataException(file + " cannot be read (" + e + "); check it", e);
    }
  }

  private static Tensor tensor(TensorBundle bundle, String name, Path file) {
    if (!bundle.has(name)) {
      throw new DataSetException(
          file + " has no tensor '" + name + "', only " + bundle.tensors().keySet() + "; add it");
    }
    return bundle.get(name);
  }

  private static List<String> strings(JsonNode described, String field, Path file) {
    List<String> strings = new ArrayList<>();
    for (JsonNode one : described.path(field)) {
      strings.add(one.asText());
    }
    if (strings.isEmpty()) {
      throw new DataSetException(
          jsonOf(file) + " has no list '" + field + "'; add it beside " + file.getFileName());
    }
    return strings;
  }

  private static JsonNode sidecar(Path file) {
    Path json = jsonOf(file);
    if (!Files.isRegularFile(json)) {
      return JSON.createObjectNode();
    }
    byte[] bytes = bytes(json, DataSetLimits.TEXT_BYTES);
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new DataSetException(json + " is not JSON; mend it", e);
    }
  }

  private static Path jsonOf(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json");
  }
}
