package atelier.train;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a training was made with, by name: two trainings of one identity compute the same numbers. */
final class Identity {

    private Identity() {}

    static Map<String, String> of(Learner learner, Dataset data, Settings settings) {
        Map<String, String> identity = new TreeMap<>(learner.choices());
        identity.put("model", learner.model().name());
        identity.put("architecture", learner.model().architecture());
        identity.put("data", data.name());
        identity.put("training images", data.train().count() + ", SHA-256 " + digest(data.train()));
        identity.put("batch size", String.valueOf(settings.batchSize()));
        identity.put("seed", String.valueOf(settings.seed()));
        identity.put("learning rate", settings.learningRate().over(settings.epochs()));
        return identity;
    }

    private static String digest(ImageSet images) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(8)
                    .putInt(images.height())
                    .putInt(images.width())
                    .array());
            sha.update(images.pixels());
            sha.update(images.labels());
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has SHA-256
        }
    }
}
