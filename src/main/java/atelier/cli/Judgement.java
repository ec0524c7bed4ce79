package atelier.cli;

import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.measure.Features;
import atelier.measure.Judge;
import atelier.measure.Reference;
import java.util.LinkedHashMap;
import java.util.Map;

/** A maker of images before the kit's judge: the same samples, seed and rules for every model, so that numbers compare. */
final class Judgement {

    private static final int SEED = 0;

    private final Reference reference;

    /** @throws InterruptedException when the thread is interrupted */
    Judgement(Dataset data) throws InterruptedException {
        reference = new Reference(Judge.standard(), data);
    }

    /** Whether there are images enough to judge by. */
    static boolean possible(Dataset data) {
        return Math.min(data.train().count(), data.test().count()) >= Reference.FEWEST;
    }

    /** Every number by the names of {@link Glossary}; nothing where there are too few images. */
    static Map<String, Number> of(Sampler sampler, Dataset data) throws InterruptedException {
        return possible(data) ? new Judgement(data).of(sampler) : Map.of();
    }

    /** @throws InterruptedException when the thread is interrupted */
    Map<String, Number> of(Sampler sampler) throws InterruptedException {
        ImageSet samples = sampler.set(reference.most(), SEED);
        Map<String, Number> metrics =
                new LinkedHashMap<>(reference.measure(samples).metrics());
        if (sampler.classes() > 0) {
            metrics.put("label_agreement", agreement(samples));
        }
        return metrics;
    }

    /** The Fréchet distance alone, of the same samples: quick enough for each epoch. */
    double frechet(Sampler sampler) throws InterruptedException {
        return reference.frechet(sampler.set(reference.most(), SEED));
    }

    /** The share of samples that the judge reads as the digit that was asked for. */
    private static double agreement(ImageSet samples) throws InterruptedException {
        Features seen = Judge.standard().of(samples);
        int agree = 0;
        for (int i = 0; i < samples.count(); i++) {
            agree += seen.digits()[i] == samples.label(i) ? 1 : 0;
        }
        return agree / (double) samples.count();
    }
}
