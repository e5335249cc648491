package io.ringtail.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/** The laws of the architecture: who may know whom. ARCHITECTURE.md says why. */
@AnalyzeClasses(packages = "io.ringtail", importOptions = LawsTest.WithoutTests.class)
final class LawsTest {
    /** Quick builds have their classes elsewhere than where ArchUnit looks for tests. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final Set<String> CLOCK_METHODS = Set.of("currentTimeMillis", "nanoTime", "now");
    private static final Set<String> PROPERTY_READS =
            Set.of("java.lang.System.getProperty", "java.lang.System.setProperty",
                    "java.lang.System.getenv", "java.lang.Integer.getInteger",
                    "java.lang.Long.getLong", "java.lang.Boolean.getBoolean");
    private static final Set<String> ITEMS = Set.of("ItemView", "Mutation", "Scan");
    private static final Set<String> CLOCKS = Set.of("java.lang.System", "java.time.Instant",
            "java.time.Clock", "java.time.LocalDateTime", "java.time.ZonedDateTime");

    @ArchTest static final ArchRule modulesPointDownwards = noClasses().that()
            .resideInAnyPackage("io.ringtail.protocol..", "io.ringtail.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.ringtail.cluster..", "io.ringtail.server..",
                    "io.ringtail.loadgen..");

    @ArchTest static final ArchRule loadgenIsNoPartOfANode = noClasses().that()
            .resideInAPackage("io.ringtail.loadgen..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.ringtail.cluster..", "io.ringtail.server..");

    @ArchTest static final ArchRule workloadsKnowNoNetworkAndNoClock = noClasses().that()
            .resideInAPackage("io.ringtail.loadgen.workload..")
            .should()
            .callMethodWhere(readsAClock())
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.net..", "java.nio.channels..");

    @ArchTest static final ArchRule nodesNeedNoLoadgen = noClasses().that()
            .resideInAnyPackage("io.ringtail.server..", "io.ringtail.cluster..")
            .and()
            .resideOutsideOfPackage("io.ringtail.server.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.ringtail.loadgen..");

    @ArchTest static final ArchRule protocolAndMetricsAreStrangers = noClasses().that()
            .resideInAPackage("io.ringtail.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.ringtail.metrics..");

    @ArchTest static final ArchRule metricsKnowsNoProtocol = noClasses().that()
            .resideInAPackage("io.ringtail.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.ringtail.protocol..");

    @ArchTest static final ArchRule clusterReachesTheNodeThroughItsOwnInterface = noClasses().that()
            .resideInAPackage("io.ringtail.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.ringtail.server..");

    @ArchTest static final ArchRule protocolSeesBuffersOnly = noClasses().that()
            .resideInAPackage("io.ringtail.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.handler..", "org.slf4j..",
                    "ch.qos..", "io.prometheus..", "java.util.concurrent", "java.net..",
                    "java.nio.channels..");

    @ArchTest static final ArchRule protocolStartsNoThreadAndReadsNoClock = noClasses().that()
            .resideInAPackage("io.ringtail.protocol..")
            .should()
            .callMethodWhere(readsAClock())
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest static final ArchRule storeIsAnEmbeddableLibrary = noClasses().that()
            .resideInAPackage("io.ringtail.server.store..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.netty..", "io.ringtail.protocol.request..",
                    "io.ringtail.protocol.text..", "io.ringtail.protocol.binary..",
                    "io.ringtail.cluster..", "io.ringtail.metrics..")
                    .or(are(otherServerPackagesThan("io.ringtail.server.store"))));

    @ArchTest static final ArchRule storeIsToldTheTime = noClasses().that()
            .resideInAPackage("io.ringtail.server.store..")
            .should()
            .callMethodWhere(readsAClock());

    /**
     * Keyless administrative commands count as execution: they live in packages of their own. A
     * session may ask the store for an Upload to fill: memory that holds no item yet.
     */
    @ArchTest static final ArchRule requestsMeetTheStoreInExecutionOnly = noClasses()
            .that(are(knowing("io.ringtail.protocol.request")))
            .and(are(usingItems()))
            .should()
            .resideOutsideOfPackages("io.ringtail.server.execution..", "io.ringtail.server.admin..",
                    "io.ringtail.server.stats..", "io.ringtail.server.node..");

    @ArchTest static final ArchRule requestsMeetTheClusterInExecutionOnly = noClasses()
            .that(are(knowing("io.ringtail.protocol.request"))
                    .and(are(knowing("io.ringtail.cluster")))
                    .and(resideInAnyPackage("io.ringtail.server..")))
            .should()
            .resideOutsideOfPackages("io.ringtail.server.execution..", "io.ringtail.server.node..");

    /** The node holds the group of event loops, since it starts and stops them. */
    @ArchTest static final ArchRule onlyNetAndHttpTouchChannels = noClasses().that()
            .resideOutsideOfPackages("io.ringtail..net..", "io.ringtail..http..",
                    "io.ringtail.server.node..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..");

    @ArchTest static final ArchRule theNodeTouchesNoChannel = noClasses().that()
            .resideInAPackage("io.ringtail.server.node..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.netty\\.(bootstrap|channel)\\..*(Channel|Bootstrap)[A-Za-z]*");

    @ArchTest static final ArchRule packagesHaveNoCycles =
            slices().matching("io.ringtail.(*).(*)..").should().beFreeOfCycles();

    @ArchTest static final ArchRule staticFieldsAreFinal =
            fields().that().areStatic().should().beFinal();

    @ArchTest static final ArchRule nothingStaticIsMutable = fields().that()
            .areStatic()
            .should()
            .notHaveRawType(describe("mutable", LawsTest::isMutableHolder));

    @ArchTest static final ArchRule systemPropertiesAreReadAtTheEdge = noClasses().that()
            .resideOutsideOfPackage("io.ringtail.server.cli..")
            .should()
            .callMethodWhere(readsTheEnvironment());

    private LawsTest() {}

    private static DescribedPredicate<JavaCall<?>> readsAClock() {
        return describe("a read of a clock",
                call -> CLOCKS.contains(call.getTargetOwner().getName())
                        && CLOCK_METHODS.contains(call.getTarget().getName()));
    }

    private static DescribedPredicate<JavaCall<?>> readsTheEnvironment() {
        return describe("a read of a system property or the environment", call -> {
            var owner = call.getTargetOwner().getName();
            return PROPERTY_READS.contains(owner + "." + call.getTarget().getName());
        });
    }

    private static DescribedPredicate<JavaClass> knowing(String packageName) {
        return describe("knowing " + packageName,
                type -> type.getDirectDependenciesFromSelf()
                        .stream()
                        .anyMatch(dependency -> isIn(dependency.getTargetClass(), packageName)));
    }

    private static DescribedPredicate<JavaClass> usingItems() {
        return describe("using the store's items",
                type -> type.getDirectDependenciesFromSelf()
                        .stream()
                        .map(dependency -> dependency.getTargetClass())
                        .anyMatch(target -> isIn(target, "io.ringtail.server.store")
                                && ITEMS.contains(target.getSimpleName())));
    }

    private static DescribedPredicate<JavaClass> otherServerPackagesThan(String packageName) {
        return describe("in other packages of the server",
                type -> isIn(type, "io.ringtail.server") && !isIn(type, packageName));
    }

    private static boolean isIn(JavaClass type, String packageName) {
        var name = type.getPackageName();
        return name.equals(packageName) || name.startsWith(packageName + ".");
    }

    private static boolean isMutableHolder(JavaClass type) {
        return type.isAssignableTo(ConcurrentMap.class) || type.isAssignableTo(ThreadLocal.class)
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || type.isAssignableTo("io.netty.buffer.ByteBuf")
                || type.isAssignableTo("java.nio.Buffer");
    }
}
