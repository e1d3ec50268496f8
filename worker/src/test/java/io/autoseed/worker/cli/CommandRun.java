package io.autoseed.worker.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a command line left: exit code, standard output, standard error. */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(String... arguments) {
    return in(Path.of("no-such-home"), arguments);
  }

  static CommandRun in(Path home, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false, 100);
    int exit = Autoseed.run(terminal, new Surroundings(home, Path.of("..")), arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
