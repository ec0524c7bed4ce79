package atelier.train;

/** Where a training tells how it goes. */
public interface Progress {

    /**
     * A batch was learnt; called often, so an implementation shows only some of them.
     *
     * @param images learnt so far, of all epochs
     * @param total images to learn in all epochs
     * @param loss the mean over the images of this epoch so far
     */
    void batch(int epoch, int epochs, long images, long total, double loss);

    /** An epoch has ended. */
    void epoch(History.Epoch epoch, int epochs);

    /** Something that the reader should know. */
    void note(String line);

    /** The training is over. */
    void close();

    /** Says nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void batch(int epoch, int epochs, long images, long total, double loss) {}

            @Override
            public void epoch(History.Epoch epoch, int epochs) {}

            @Override
            public void note(String line) {}

            @Override
            public void close() {}
        };
    }

    /** A bar in a terminal; in a notebook, a pipe or a log file, lines. The system property {@code atelier.progress} decides otherwise. */
    static Progress automatic() {
        String wish = System.getProperty("atelier.progress", Terminal.isThere() ? "bar" : "lines");
        return switch (wish) {
            case "bar" -> new ProgressBarInTerminal(System.err);
            case "none" -> silent();
            default -> new ProgressLines(System.out);
        };
    }
}
