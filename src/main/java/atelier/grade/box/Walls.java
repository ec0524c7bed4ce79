package atelier.grade.box;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which isolation this machine can give, best first; none is believed before a canary has sung and a spy has failed in it. */
public final class Walls {

    private Walls() {}

    /**
     * What an isolation is worth here.
     *
     * @param ails why it does not run, or the empty string
     * @param holes what a spy could do in it; of an isolation without walls nobody asks
     */
    public record State(Isolation isolation, String ails, List<String> holes) {

        /** Whether it can be trusted with hostile code. */
        public boolean holds() {
            return isolation.walls() && ails.isEmpty() && holes.isEmpty();
        }
    }

    /** Every isolation there is, best first. */
    public static List<Isolation> all() {
        String image = Container.usualImage();
        return List.of(
                new Bubblewrap(), new Container("docker", image), new Container("podman", image), new Unprotected());
    }

    /** Tries one. */
    public static State state(Isolation isolation, Path jar) throws IOException {
        String ails = Canary.ails(isolation, jar);
        if (!ails.isEmpty() || !isolation.walls()) {
            return new State(isolation, ails, List.of());
        }
        try {
            return new State(isolation, "", Spy.finds(isolation, jar));
        } catch (Lost lost) {
            return new State(isolation, lost.getMessage(), List.of());
        }
    }

    /** The first of that name that is good for something here: with walls that hold, or meant to have none. */
    public static Optional<Isolation> choose(String name, Path jar, List<State> tried) throws IOException {
        for (Isolation isolation : all()) {
            boolean meant =
                    name.equals("auto") ? isolation.walls() : isolation.name().equals(name);
            if (meant) {
                State state = state(isolation, jar);
                tried.add(state);
                if (isolation.walls() ? state.holds() : state.ails().isEmpty()) {
                    return Optional.of(isolation);
                }
            }
        }
        return Optional.empty();
    }

    /** Of every isolation what it is worth here. */
    public static List<State> survey(Path jar) throws IOException {
        List<State> states = new ArrayList<>();
        for (Isolation isolation : all()) {
            states.add(state(isolation, jar));
        }
        return states;
    }
}
