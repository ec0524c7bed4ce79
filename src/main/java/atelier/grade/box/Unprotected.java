package atelier.grade.box;

import java.nio.file.Path;
import java.util.List;

/** No walls: a process with a JVM's limits and an empty environment. It stops accidents; a student's code can do what you can. */
public final class Unprotected implements Isolation {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean walls() {
        return false;
    }

    @Override
    public List<String> command(Path jar, String label) {
        return Isolation.quickJava(jar);
    }

    @Override
    public String remedy() {
        return "Free some memory, or close other programs.";
    }
}
