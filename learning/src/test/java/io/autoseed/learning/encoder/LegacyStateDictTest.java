package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyStateDictTest {
  /** The three pickles before the dict: magic number, protocol 1001, {little_endian: True}. */
  private static final String HEAD =
      "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."
          + "\u0080\u0002M\u00e9\u0003."
          + "\u0080\u0002}X\r\0\0\0little_endian\u0088s.";

  private static final String KEYS = "\u0080\u0002]X\u0001\0\0\0ka.";

  @Test
  void aTensorIsReadByItsStridesAndOffset() throws IOException {
    byte[] file =
        file(dict("ctorch\nFloatStorage\n", 7, "K\u0001(K\u0002K\u0003t(K\u0001K\u0002t"));
    TensorBundle state = LegacyStateDict.read(file);
    assertThat(state.get("w")).isEqualTo(Tensor.of(new float[] {1, 3, 5, 2, 4, 6}, 2, 3));
  }

  @Test
  void aPickleThatWouldRunACommandIsRefusedAndNothingRuns(@TempDir Path folder) {
    Path evidence = folder.resolve("ran");
    String command = "touch " + evidence;
    for (String name : new String[] {"cposix\nsystem\n", "cos\nsystem\n", "cbuiltins\neval\n"}) {
      String length = new String(new char[] {(char) command.length(), 0, 0, 0});
      String pickle = "\u0080\u0002" + name + "(X" + length + command + "tR.";
      assertThatThrownBy(() -> LegacyStateDict.read(file(pickle)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refused to load '" + name.substring(1).strip().replace('\n', '.'));
    }
    assertThat(Files.exists(evidence)).isFalse();
  }

  @Test
  void opcodesThatImportOrConstructByNameAreRefused() {
    // INST, STACK_GLOBAL, EXT1, NEWOBJ, OBJ
    for (String code : new String[] {"(ios\nsystem\n", "\u0093", "\u0082\u0001", "\u0081", "(o"}) {
      assertThatThrownBy(() -> LegacyStateDict.read(file("\u0080\u0002" + code + ".")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no place in a state dict");
    }
  }

  @Test
  void aViewMayNotLeaveItsStorageOrInflateIt() {
    for (String view :
        new String[] {
          "K\u0002(K\u0002K\u0003t(K\u0001K\u0002t", // offset 2: the last value is beyond the end
          "K\0(KdKdt(K\0K\0t", // stride 0: 10,000 values of one
          "J\u00ff\u00ff\u00ff\u00ff(K\u0002K\u0003t(K\u0001K\u0002t", // offset -1
          "K\0(K\u0002t(K\u0001K\u0002t" // more strides than sizes
        }) {
      byte[] file = file(dict("ctorch\nFloatStorage\n", 7, view));
      assertThatThrownBy(() -> LegacyStateDict.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("tensor 'w'");
    }
  }

  @Test
  void aStorageMustHaveTheLengthItsTensorSays() {
    byte[] file = file(dict("ctorch\nFloatStorage\n", 8, "K\0(K\u0002t(K\u0001t"));
    assertThatThrownBy(() -> LegacyStateDict.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("storage 'k' should have 8 values");
  }

  @Test
  void anyFileCutShortIsRefused() {
    byte[] whole =
        file(dict("ctorch\nFloatStorage\n", 7, "K\u0001(K\u0002K\u0003t(K\u0001K\u0002t"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> LegacyStateDict.read(cut)).isInstanceOf(IOException.class);
    }
  }

  /** A dict with one tensor 'w' on storage 'k'. */
  private static String dict(String type, int elements, String view) {
    return "\u0080\u0002ccollections\nOrderedDict\n)R(X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n"
        + "((X\u0007\0\0\0storage"
        + type
        + "X\u0001\0\0\0kX\u0003\0\0\0cpuK"
        + (char) elements
        + "NtQ"
        + view
        + "\u0089ccollections\nOrderedDict\n)RtRu.";
  }

  /** A file with this dict and a storage 'k' of the seven floats 0..6. */
  private static byte[] file(String dict) {
    byte[] pickles = (HEAD + dict + KEYS).getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(pickles.length + 8 + 28).order(ByteOrder.LITTLE_ENDIAN);
    file.put(pickles).putLong(7);
    for (int i = 0; i < 7; i++) {
      file.putFloat(i);
    }
    return file.array();
  }
}
