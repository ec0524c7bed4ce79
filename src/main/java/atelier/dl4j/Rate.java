package atelier.dl4j;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** η of a DL4J network. */
final class Rate {

    private Rate() {}

    /** Sets it where it is another: DL4J builds its updater anew each time, and copies Adam's memory over. */
    static void set(MultiLayerNetwork net, double rate) {
        Double now = net.getLearningRate(0);
        if (now == null || now != rate) {
            net.setLearningRate(rate);
        }
    }
}
