package io.autoseed.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autoseed.infra.install.MinioProgram;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.ObjectStoreKind;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/**
 * MinIO has to be on the PATH or built with Go. Without either this half is skipped on a user's
 * machine and in CI alike; in CI with Go it must run, even if that means building it first.
 */
class MinioConformanceIT extends ObjectStoreConformance {
  private Path home;
  private LocalStack stack;
  private StackAddresses addresses;

  @Override
  void start() {
    home = TestStack.freshHome();
    StackOptions options = TestStack.freshOptions(home).withObjectStore(ObjectStoreKind.MINIO);
    boolean ci = "true".equals(System.getenv("CI"));
    assumeTrue(
        MinioProgram.present(options.cache()) || (ci && MinioProgram.buildable()),
        "minio is neither on the PATH nor in the cache, and CI is not true or there is no Go");
    stack = LocalStack.open(options);
    addresses = stack.upObjectStore(line -> System.err.println("minio: " + line));
  }

  @AfterAll
  void stopMinio() {
    if (stack != null) {
      stack.down(line -> {});
    }
    TestStack.delete(home);
  }

  @Override
  StackAddresses addresses() {
    return addresses;
  }
}
