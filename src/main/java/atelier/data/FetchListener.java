package atelier.data;

/** Is told what a download does, to show it. */
public interface FetchListener {

    /** One line for the reader: what is fetched from where, or what was put aside. */
    void note(String line);

    /** So many bytes of a file have come, of about so many. */
    void progress(String file, long bytes, long of);

    /** Prints the notes and shows no progress: for notebooks. */
    static FetchListener printing() {
        return new FetchListener() {
            @Override
            public void note(String line) {
                System.out.println(line);
            }

            @Override
            public void progress(String file, long bytes, long of) {}
        };
    }
}
