package atelier.cli;

import atelier.train.Cluster;
import atelier.train.DataParallel;

/**
 * A model by its name and what was chosen, so that another machine can make the same.
 *
 * @param model as one types it
 */
record ModelRecipe(String model, Choice choice) implements Cluster.Recipe {

    @Override
    public DataParallel learner() {
        return (DataParallel) Models.named(model).apprentice().apply(choice).learner();
    }
}
