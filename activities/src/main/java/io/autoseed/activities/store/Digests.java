package io.autoseed.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as lower-case hex: the name of every object's content. */
public final class Digests {
  private Digests() {}

  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  /** Digest and length of all that a stream still holds. */
  static Manifest.Content measure(InputStream stream) throws IOException {
    MessageDigest digest = newSha256();
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      digest.update(buffer, 0, read);
      bytes += read;
    }
    return new Manifest.Content(HexFormat.of().formatHex(digest.digest()), bytes);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The digest itself, if it is one.
   *
   * @throws IllegalArgumentException if it is not 64 lower-case hex digits: digests name files and
   *     keys, so nothing else may pass
   */
  static String checked(String digest) {
    if (digest == null || !digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("expected a SHA-256 as lower-case hex, found " + digest);
    }
    return digest;
  }
}
