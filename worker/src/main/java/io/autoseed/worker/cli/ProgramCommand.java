package io.autoseed.worker.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How another process of this program is started: the same Java, the same jars.
 *
 * @param java the executable
 * @param classPath options that set the class path
 */
record ProgramCommand(Path java, List<String> classPath) {
  /** As this process was started: by the launcher with an argument file, else with a class path. */
  static ProgramCommand ofProcess() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String file = System.getProperty("autoseed.jvm.args", "");
    return new ProgramCommand(
        java,
        file.isEmpty()
            ? List.of("-cp", System.getProperty("java.class.path"))
            : List.of("@" + file));
  }

  /** The command line that runs {@code autoseed ARGUMENTS} in a JVM with these options. */
  List<String> line(List<String> jvmOptions, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(java.toString()));
    line.addAll(jvmOptions);
    line.addAll(classPath);
    line.add(Autoseed.class.getName());
    line.addAll(arguments);
    return List.copyOf(line);
  }
}
