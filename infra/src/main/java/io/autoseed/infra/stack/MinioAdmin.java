package io.autoseed.infra.stack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The three requests of MinIO's admin interface that give a key to one bucket only.
 *
 * @param root the server's own key
 */
record MinioAdmin(S3Client root) {
  private static final byte PBKDF2_AES_GCM = 2;
  private static final int PBKDF2_ROUNDS = 8192;
  private static final int TAG_BITS = 128;
  private static final int FRAGMENT = 16 * 1024;

  /** Makes, or makes again, a user that may do everything in one bucket and nothing elsewhere. */
  void user(String name, String accessKey, String secretKey, String bucket) {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],\
        "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"]}]}"""
            .formatted(bucket);
    String user = "{\"secretKey\":\"" + secretKey + "\",\"status\":\"enabled\"}";
    put("add-canned-policy", Map.of("name", name), utf8(policy));
    put("add-user", Map.of("accessKey", accessKey), encrypt(root.secretKey(), utf8(user)));
    put(
        "set-user-or-group-policy",
        Map.of("policyName", name, "userOrGroup", accessKey, "isGroup", "false"),
        new byte[0]);
  }

  private void put(String operation, Map<String, String> query, byte[] body) {
    try {
      S3Client.Answer answer =
          root.send("PUT", "/minio/admin/v3/" + operation, query, Map.of(), body);
      if (!answer.fine()) {
        throw new StackException(
            "MinIO refused %s with %d: %s".formatted(operation, answer.code(), answer.text()));
      }
    } catch (IOException e) {
      throw new StackException("MinIO stopped answering (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Encrypts as the admin interface wants secrets: 32 bytes of salt, one that names the method
   * (PBKDF2 and AES-256-GCM), 8 of nonce, the sealed text. The text is sealed as one fragment: its
   * nonce ends in the counter 1, its associated data are 0x80 for "last" and the tag of an empty
   * fragment with the counter 0.
   */
  static byte[] encrypt(String password, byte[] text) {
    if (text.length >= FRAGMENT) {
      throw new IllegalArgumentException("one fragment holds less than 16 KiB");
    }
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[32];
    byte[] nonce = new byte[8];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    return seal(password, text, salt, nonce);
  }

  private static byte[] seal(String password, byte[] text, byte[] salt, byte[] nonce) {
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, PBKDF2_ROUNDS, 256))
              .getEncoded();
      byte[] emptyTag = gcm(key, nonce, 0, new byte[0], new byte[0]);
      byte[] associated = new byte[1 + emptyTag.length];
      associated[0] = (byte) 0x80;
      System.arraycopy(emptyTag, 0, associated, 1, emptyTag.length);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(salt);
      out.write(PBKDF2_AES_GCM);
      out.writeBytes(nonce);
      out.writeBytes(gcm(key, nonce, 1, associated, text));
      return out.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2 and AES-GCM", e);
    }
  }

  private static byte[] gcm(byte[] key, byte[] nonce, int counter, byte[] associated, byte[] text)
      throws GeneralSecurityException {
    byte[] iv =
        ByteBuffer.wrap(Arrays.copyOf(nonce, 12))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(8, counter)
            .array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(associated);
    return cipher.doFinal(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
