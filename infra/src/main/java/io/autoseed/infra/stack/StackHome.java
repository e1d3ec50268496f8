package io.autoseed.infra.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.autoseed.infra.supervisor.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The folder of one stack: what is kept where, and who may read it. */
record StackHome(Path root) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  Path credentialsFile() {
    return root.resolve("credentials.json");
  }

  Path stackFile() {
    return root.resolve("stack.json");
  }

  Path log(String component) {
    return root.resolve("logs").resolve(component + ".log");
  }

  Path folder(String component) {
    return root.resolve(component);
  }

  RunDirectory run() {
    return new RunDirectory(root.resolve("run"));
  }

  Optional<StackChoices> choices() {
    return read(stackFile(), new TypeReference<StackChoices>() {});
  }

  void write(StackChoices choices) {
    write(stackFile(), choices);
  }

  void forgetChoices() {
    try {
      Files.deleteIfExists(stackFile());
    } catch (IOException e) {
      throw new StackException(stackFile() + " could not be deleted (" + e + ")", e);
    }
  }

  Optional<Credentials> credentials() {
    return read(credentialsFile(), new TypeReference<Map<String, String>>() {})
        .map(Credentials::new);
  }

  void write(Credentials credentials) {
    write(credentialsFile(), new TreeMap<>(credentials.values()));
  }

  /** Makes the folder and those below it, for the owner's eyes only. */
  void create() {
    for (Path folder : new Path[] {root, root.resolve("logs"), root.resolve("run")}) {
      privateFolder(folder);
    }
  }

  static void privateFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new StackException(
          "the folder " + folder + " could not be made (" + e + "): set AUTOSEED_HOME to another",
          e);
    }
  }

  /** Writes a file that only its owner can read, in one step. */
  static void writePrivate(Path file, byte[] bytes) {
    try {
      Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(draft, bytes);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackException(file + " could not be written (" + e + "): is the disk full?", e);
    }
  }

  private static void write(Path file, Object value) {
    try {
      writePrivate(file, JSON.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new StackException(file + " could not be written (" + e + ")", e);
    }
  }

  private static <T> Optional<T> read(Path file, TypeReference<T> type) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      // Jackson's message may quote the file, which may hold secrets.
      throw new StackException(
          file + " is not the JSON document it was: restore it, or start with a new home");
    } catch (IOException e) {
      throw new StackException(
          file + " cannot be read (" + e + "): is this AUTOSEED_HOME yours?", e);
    }
  }
}
