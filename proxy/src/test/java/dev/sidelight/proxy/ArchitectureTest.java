package dev.sidelight.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sidelight");

  @Test
  void imports_reachEveryRoom() {
    assertThat(ALL.containPackage("dev.sidelight.core.tensor")).isTrue();
    assertThat(ALL.containPackage("dev.sidelight.explainers.shap")).isTrue();
    assertThat(ALL.containPackage("dev.sidelight.logger.spool")).isTrue();
    assertThat(ALL.containPackage("dev.sidelight.detectors")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "explainers,logger", "explainers,detectors", "logger,explainers",
    "logger,detectors", "detectors,explainers", "detectors,logger"
  })
  void siblings_neverImportEachOther(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage("dev.sidelight." + from + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sidelight." + to + "..")
        .check(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"explainers", "logger", "detectors", "proxy"})
  void core_knowsNobody(String other) {
    noClasses()
        .that()
        .resideInAPackage("dev.sidelight.core..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sidelight." + other + "..")
        .check(ALL);
  }

  @Test
  void packages_haveNoCycle() {
    // a slice is one package; the name is all of it after dev.sidelight
    slices().matching("dev.sidelight.(**)").should().beFreeOfCycles().check(ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "config,serve",
    "config,http",
    "config,page",
    "config,cli",
    "config,demo",
    "serve,http",
    "serve,page",
    "serve,cli",
    "serve,demo",
    "page,http",
    "page,cli",
    "page,demo",
    "http,cli",
    "http,demo",
    "demo,cli",
    "client,cli",
    "client,http",
    "client,serve",
    "client,demo",
    "http,client"
  })
  void proxy_arrowsGoOneWay(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage("dev.sidelight.proxy." + from + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sidelight.proxy." + to + "..")
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void netty_isSeenByTheDataPathOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.sidelight.proxy.http", "dev.sidelight.proxy.http.wire", "dev.sidelight.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(ALL);
  }

  @Test
  void packages_areDocumented() {
    Set<String> bare = new TreeSet<>();
    for (JavaClass type : ALL) {
      String name = type.getPackageName();
      if (!ALL.contain(name + ".package-info")) {
        bare.add(name);
      }
    }

    assertThat(bare).isEmpty();
  }
}
