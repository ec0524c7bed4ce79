package atelier.grade;

/** What became of one check. */
public enum Status {
    PASS("right"),
    BY_HAND("a human reads it"),
    WRONG("wrong"),
    ERROR("threw an exception"),
    TIMEOUT("took too long"),
    CRASH("ended the program"),
    PROTOCOL("wrote what is no answer"),
    COMPILE_ERROR("does not compile"),
    MISSING("not there"),
    UNREADABLE("could not be read"),
    NOT_RUN("was not run"),
    INFRA_ERROR("this machine failed");

    private final String words;

    Status(String words) {
        this.words = words;
    }

    /** The same in words. */
    public String words() {
        return words;
    }
}
