package io.autoseed.learning.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the file that {@code torch.jit.load} reads: a stored zip with one class in {@code
 * code/__torch__.py} and an instance of it, without parameters, pickled in {@code data.pkl}.
 */
final class TorchScriptArchive {
  /** Version 10 is what torch 2.7 writes; operators mean what they mean in that version. */
  private static final String FILE_FORMAT_VERSION = "10\n";

  /** PROTO 2, GLOBAL __torch__ Script, EMPTY_TUPLE, NEWOBJ, {training: False}, BUILD, STOP. */
  private static final byte[] INSTANCE =
      latin("\u0080\u0002c__torch__\nScript\n)\u0081}X\u0008\0\0\0training\u0089sb.");

  private static final byte[] NO_CONSTANTS = latin("\u0080\u0002).");

  private TorchScriptArchive() {}

  /** The archive of a class with these methods, each a {@code def} without indentation. */
  static byte[] of(String... methods) {
    StringBuilder code = new StringBuilder(4096);
    code.append("class Script(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    for (String method : methods) {
      method.strip().lines().forEach(line -> code.append("  ").append(line).append('\n'));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", INSTANCE);
      put(zip, "code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "byteorder", latin("little"));
      put(zip, "version", latin(FILE_FORMAT_VERSION));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry("script/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
