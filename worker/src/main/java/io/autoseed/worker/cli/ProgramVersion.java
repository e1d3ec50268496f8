package io.autoseed.worker.cli;

import io.autoseed.worker.process.CodeVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, as runs record it. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"autoseed " + CodeVersion.current()};
  }
}
