package io.autoseed.learning.sequence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The one JSON form of a record, so that equal records have equal bytes on every machine and JDK:
 * keys sorted by UTF-16 code unit, no blanks, UTF-8, the shortest number that reads back as the
 * same bits, nulls written. A floating-point number always has a point ({@code 1.0}), so that it
 * reads back as one.
 */
public final class CanonicalJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private CanonicalJson() {}

  /**
   * The canonical bytes of a record, map or list.
   *
   * @throws IllegalArgumentException if the value holds something without a canonical form: NaN, an
   *     infinity, half a surrogate pair, a type that JSON does not know
   */
  public static byte[] bytes(Object value) {
    StringBuilder text = new StringBuilder();
    write(JSON.valueToTree(value), text);
    try {
      ByteBuffer utf8 =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text holds half of a surrogate pair", e);
    }
  }

  /** SHA-256 of {@link #bytes}, 64 lower-case hexadecimal digits. */
  public static String digest(Object value) {
    return sha256(bytes(value));
  }

  /**
   * Reads a record back. Unknown keys, keys given twice and text after the document are refused.
   *
   * @throws IllegalArgumentException if the bytes are not the JSON of such a record; says why
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      T value = JSON.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("expected a " + type.getSimpleName() + ", found null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not the JSON of a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not the JSON of a " + type.getSimpleName(), e);
    }
  }

  /** SHA-256 of bytes, 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      writeObject(node, out);
    } else if (node.isArray()) {
      out.append('[');
      for (int i = 0; i < node.size(); i++) {
        out.append(i == 0 ? "" : ",");
        write(node.get(i), out);
      }
      out.append(']');
    } else if (node.isTextual() || node.isBinary()) {
      writeText(node.asText(), out);
    } else if (node.isIntegralNumber() || node.isBoolean() || node.isNull()) {
      out.append(node.asText());
    } else if (node.isFloat()) {
      finite(node);
      out.append(NumberOutput.toString(node.floatValue(), true));
    } else if (node.isDouble()) {
      finite(node);
      out.append(NumberOutput.toString(node.doubleValue(), true));
    } else {
      throw new IllegalArgumentException("no canonical JSON for " + node.getNodeType());
    }
  }

  private static void finite(JsonNode node) {
    if (!Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException("no canonical JSON for the number " + node.asText());
    }
  }

  private static void writeObject(JsonNode node, StringBuilder out) {
    String[] keys = new String[node.size()];
    int count = 0;
    for (var fields = node.fieldNames(); fields.hasNext(); ) {
      keys[count++] = fields.next();
    }
    Arrays.sort(keys);
    out.append('{');
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ",");
      writeText(keys[i], out);
      out.append(':');
      write(node.get(keys[i]), out);
    }
    out.append('}');
  }

  private static void writeText(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ') {
        out.append(c);
      } else {
        int known = "\b\t\n\f\r".indexOf(c);
        out.append(known >= 0 ? "\\" + "btnfr".charAt(known) : String.format("\\u%04x", (int) c));
      }
    }
    out.append('"');
  }
}
