package io.autoseed.infra.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The files by which a stack's commands and its supervisor speak to each other.
 *
 * <p>{@code desired/NAME} says what is to run, {@code state/NAME} what the supervisor did about it,
 * {@code started/NAME} the spec it did that with, {@code supervisor} who the supervisor is, {@code
 * supervisor.lock} is locked while it lives. Each file is replaced in one step and readable by its
 * owner only (environments hold credentials). What lies in {@code workers} is the workers' own.
 */
public final class RunDirectory {
  private final Path root;

  /** Uses {@code root}, an absolute path; it is created on the first write. */
  public RunDirectory(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  /** What is to run, by name. */
  public Map<String, ComponentSpec> desired() {
    return specs("desired");
  }

  /** What was started and may not be gone yet, by name: known before it runs. */
  Map<String, ComponentSpec> started() {
    return specs("started");
  }

  private Map<String, ComponentSpec> specs(String kind) {
    Map<String, ComponentSpec> specs = new TreeMap<>();
    readAll(kind).forEach((name, p) -> specs.put(name, ComponentSpec.fromProperties(p)));
    return specs;
  }

  /** Asks for {@code spec} to run, in place of what had its name before. */
  public void ask(ComponentSpec spec) {
    write(root.resolve("desired").resolve(spec.name()), spec.toProperties());
  }

  /** Asks for the component to be stopped; nothing happens if it was not asked for. */
  public void release(String name) {
    delete(root.resolve("desired").resolve(name));
  }

  /** What the supervisor last did, by component; a component that was stopped has none. */
  public Map<String, ComponentState> states() {
    Map<String, ComponentState> states = new TreeMap<>();
    readAll("state").forEach((name, p) -> states.put(name, ComponentState.fromProperties(p)));
    return states;
  }

  /** The living supervisor and the digest of its classes. */
  public Optional<SupervisorIdentity> supervisor() {
    return read(root.resolve("supervisor"))
        .map(SupervisorIdentity::fromProperties)
        .filter(s -> s.process().alive());
  }

  /** Asks the supervisor to end once nothing runs any more, or takes that back. */
  public void askEnd(boolean end) {
    if (end) {
      write(root.resolve("end"), new Properties());
    } else {
      delete(root.resolve("end"));
    }
  }

  boolean endAsked() {
    return Files.exists(root.resolve("end"));
  }

  void record(ComponentState state) {
    write(root.resolve("state").resolve(state.name()), state.toProperties());
  }

  void recordStart(ComponentSpec spec) {
    write(root.resolve("started").resolve(spec.name()), spec.toProperties());
  }

  void forget(String name) {
    delete(root.resolve("state").resolve(name));
    delete(root.resolve("started").resolve(name));
  }

  void record(SupervisorIdentity identity) {
    write(root.resolve("supervisor"), identity.toProperties());
  }

  Path lockFile() {
    return root.resolve("supervisor.lock");
  }

  private Map<String, Properties> readAll(String kind) {
    Map<String, Properties> all = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(kind), "[a-z]*")) {
      for (Path file : files) {
        read(file).ifPresent(p -> all.put(file.getFileName().toString(), p));
      }
    } catch (NoSuchFileException e) {
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(root.resolve(kind) + " could not be read", e);
    }
    return all;
  }

  private static Optional<Properties> read(Path file) {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
      return Optional.of(properties);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be read", e);
    }
  }

  private static void write(Path file, Properties properties) {
    try {
      Files.createDirectories(file.getParent());
      Path draft =
          file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream out = Files.newOutputStream(draft, StandardOpenOption.WRITE)) {
        properties.store(out, null);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be written: is the disk full?", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be deleted", e);
    }
  }
}
