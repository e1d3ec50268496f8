package io.autoseed.learning.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors file format, written canonically: tensors by name, no metadata, header padded
 * with blanks to a multiple of 8. Equal bundles have equal bytes, so a digest of the file is a
 * digest of the values. Reading checks every size and offset and executes nothing.
 */
public final class SafeTensors {
  private static final int MAX_HEADER = 16 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafeTensors() {}

  /** The file's bytes. */
  public static byte[] encode(TensorBundle bundle) {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : bundle.tensors().entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode described = header.putObject(entry.getKey());
      described.put("dtype", tensor.type().name());
      ArrayNode shape = described.putArray("shape");
      for (int size : tensor.shape()) {
        shape.add(size);
      }
      described.putArray("data_offsets").add(offset).add(offset + tensor.byteSize());
      offset += tensor.byteSize();
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(8L + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(json);
    while (file.position() < 8 + padded) {
      file.put((byte) ' ');
    }
    bundle.tensors().values().forEach(tensor -> file.put(tensor.buffer()));
    return file.array();
  }

  /**
   * Reads a whole file.
   *
   * @throws IOException if the bytes are not a well-formed safetensors file; says what is wrong
   */
  public static TensorBundle decode(byte[] bytes) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 8) {
      throw new IOException("not a safetensors file: " + bytes.length + " bytes");
    }
    long headerSize = file.getLong();
    if (headerSize < 2 || headerSize > MAX_HEADER || headerSize > bytes.length - 8) {
      throw new IOException("not a safetensors file: header size " + headerSize);
    }
    int dataStart = 8 + (int) headerSize;
    JsonNode header = parse(new String(bytes, 8, (int) headerSize, StandardCharsets.UTF_8));
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), bytes, dataStart));
      }
    }
    return new TensorBundle(new TreeMap<>(tensors));
  }

  private static JsonNode parse(String header) throws IOException {
    try {
      JsonNode parsed = JSON.readTree(header);
      if (parsed != null && parsed.isObject()) {
        return parsed;
      }
      throw new IOException("not a safetensors file: its header is no JSON object");
    } catch (JsonProcessingException e) {
      throw new IOException("not a safetensors file: its header is not JSON", e);
    }
  }

  private static Tensor tensor(String name, JsonNode described, byte[] bytes, int dataStart)
      throws IOException {
    String dtype = described.path("dtype").asText();
    ElementType type = null;
    for (ElementType known : ElementType.values()) {
      if (known.name().equals(dtype)) {
        type = known;
      }
    }
    if (type == null) {
      throw new IOException("tensor '" + name + "': unsupported dtype '" + dtype + "'");
    }
    JsonNode sizes = described.path("shape");
    int[] shape = new int[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.get(i).asInt(-1);
    }
    long begin = described.path("data_offsets").path(0).asLong(-1);
    long end = described.path("data_offsets").path(1).asLong(-1);
    if (begin < 0 || end < begin || dataStart + end > bytes.length) {
      throw new IOException("tensor '" + name + "': data offsets are outside the file");
    }
    byte[] data = new byte[(int) (end - begin)];
    System.arraycopy(bytes, (int) (dataStart + begin), data, 0, data.length);
    try {
      return Tensor.ofBytes(type, data, shape);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("tensor '" + name + "': " + e.getMessage(), e);
    }
  }
}
