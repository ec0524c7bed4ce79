package atelier;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** The floor plan: which room may import which, and what keeps training the same to the bit on every machine. */
@AnalyzeClasses(packages = "atelier", importOptions = RoomsTest.WithoutTests.class)
class RoomsTest {

    /** ArchUnit's own looks for target/test-classes; the profile spark builds elsewhere. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final List<String> ROOMS = List.of(
            "definition",
            "tensor",
            "data",
            "layer",
            "loss",
            "optim",
            "model",
            "train",
            "measure",
            "show",
            "dl4j",
            "sandbox",
            "grade",
            "notebook",
            "cluster",
            "cli");

    // ---- the doors ----

    @ArchTest
    static final ArchRule definition = jdkOnly("definition");

    @ArchTest
    static final ArchRule tensor = jdkOnly("tensor");

    @ArchTest
    static final ArchRule data = room("data", "tensor");

    @ArchTest
    static final ArchRule layer = room("layer", "tensor");

    @ArchTest
    static final ArchRule loss = room("loss", "tensor");

    @ArchTest
    static final ArchRule optim = room("optim", "tensor", "layer");

    @ArchTest
    static final ArchRule model = room("model", "tensor", "layer", "loss", "optim");

    @ArchTest
    static final ArchRule train = room("train", "tensor", "layer", "loss", "optim", "model", "data");

    @ArchTest
    static final ArchRule measure = room("measure", "tensor", "layer", "loss", "optim", "model", "data");

    @ArchTest
    static final ArchRule show = room("show", "tensor", "train", "measure");

    @ArchTest
    static final ArchRule dl4j = room("dl4j", "tensor", "data");

    @ArchTest
    static final ArchRule sandbox = jdkOnly("sandbox");

    @ArchTest
    static final ArchRule grade = room("grade", "tensor", "definition", "train", "show", "notebook", "sandbox");

    @ArchTest
    static final ArchRule notebook = room("notebook", "show");

    /** Only built by the profile spark. */
    @ArchTest
    static final ArchRule cluster = room("cluster", "tensor", "layer", "loss", "optim", "model", "data", "train")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodyImportsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("atelier.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("atelier.cli..");

    @ArchTest
    static final ArchRule onlyTheDl4jRoomKnowsDl4j = noClasses()
            .that()
            .resideOutsideOfPackage("atelier.dl4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.datavec..", "org.bytedeco..");

    @ArchTest
    static final ArchRule everyClassLivesInARoom = classes().should().resideInAnyPackage(packages(ROOMS));

    // ---- the same numbers everywhere ----

    @ArchTest
    static final ArchRule randomnessComesFromASeededStream = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
            .orShould(accessTargetWhere(mathMethod("random")))
            .because("only RandomStream repeats itself on every JDK, and a checkpoint can store where it stands");

    @ArchTest
    static final ArchRule theTrainingPathRoundsTheSameOnEveryJdk = noClasses()
            .that()
            .resideInAnyPackage(packages(List.of("tensor", "data", "layer", "loss", "optim", "model", "train")))
            .should(accessTargetWhere(mathMethod(
                    "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot", "sin", "cos", "tan", "asin",
                    "acos", "atan", "atan2", "sinh", "cosh", "tanh")))
            .because("Math may round these differently from one JDK to the next: use StrictMath or FastMath");

    // ---- how the rules are made ----

    private static ArchRule jdkOnly(String room) {
        return classes()
                .that()
                .resideInAPackage("atelier." + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("atelier." + room + "..", "java..", "jdk.incubator.vector..", "jdk.jshell..")
                .allowEmptyShould(true);
    }

    private static ArchRule room(String room, String... mayImport) {
        List<String> closed = new ArrayList<>(ROOMS);
        closed.remove(room);
        closed.removeAll(List.of(mayImport));
        return noClasses()
                .that()
                .resideInAPackage("atelier." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(closed))
                .allowEmptyShould(true);
    }

    private static String[] packages(List<String> rooms) {
        return rooms.stream().map(room -> "atelier." + room + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaAccess<?>> mathMethod(String... names) {
        Set<String> banned = Set.of(names);
        return DescribedPredicate.describe(
                "Math." + String.join(", ", names),
                access -> access.getTargetOwner().isEquivalentTo(Math.class)
                        && banned.contains(access.getTarget().getName()));
    }
}
