package io.autoseed.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autoseed.infra.install.MinioProgram;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.ObjectStoreKind;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import java.nio.file.Path;

/**
 * An S3 server of a test's own, of the kind that it asks for, with nothing in it.
 *
 * <p>MinIO has to be on the PATH or built with Go. Without either a test on it is skipped on a
 * user's machine and in CI alike; in CI with Go it must run, even if that means building it first.
 */
public final class OwnObjectStore implements AutoCloseable {
  private final Path home;
  private final LocalStack stack;
  private final StackAddresses addresses;

  private OwnObjectStore(Path home, LocalStack stack, StackAddresses addresses) {
    this.home = home;
    this.stack = stack;
    this.addresses = addresses;
  }

  public static OwnObjectStore start(ObjectStoreKind kind) {
    Path home = TestStack.freshHome();
    StackOptions options = TestStack.freshOptions(home).withObjectStore(kind);
    if (kind == ObjectStoreKind.MINIO) {
      boolean ci = "true".equals(System.getenv("CI"));
      assumeTrue(
          MinioProgram.present(options.cache()) || (ci && MinioProgram.buildable()),
          "minio is neither on the PATH nor in the cache, and CI is not true or there is no Go");
    }
    LocalStack stack = LocalStack.open(options);
    return new OwnObjectStore(
        home, stack, stack.upObjectStore(line -> System.err.println(kind + ": " + line)));
  }

  public StackAddresses addresses() {
    return addresses;
  }

  @Override
  public void close() {
    stack.down(line -> {});
    TestStack.delete(home);
  }
}
