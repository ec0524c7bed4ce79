package atelier.train;

/**
 * What decides the numbers of a training, together with the model and the data.
 *
 * @param epochs how often every image is seen
 * @param batchSize images a step
 * @param seed of the order of the images; the model has its own random stream
 * @param learningRate η of each step
 */
public record Settings(int epochs, int batchSize, long seed, Schedule learningRate) {

    public Settings {
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException("Settings: expected epochs and a batch size of 1 or more but got "
                    + epochs + " and " + batchSize + ". An epoch shows every image once, a batch at a time.");
        }
    }
}
