#!/usr/bin/env bash
# JUnit Jupiter 6.1.3: @ParameterizedClass with junit.jupiter.execution.parallel.mode.classes.default=concurrent and
# mode.default=same_thread.
#
# Expected: top-level classes run concurrently, parameterized or not. The invocations and methods of a class run in one
#           thread.
# Observed: plain classes run concurrently. Parameterized classes follow mode.default instead: they run one after the
#           other in one thread, concurrently only with plain classes. A suite of mostly parameterized classes hardly runs
#           in parallel.
#
# Requires a JDK 17 or newer and Maven. Exits with 0 if the behaviour is as recorded here, with 1 if it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sample</groupId>
  <artifactId>sample</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.junit.jupiter</groupId>
      <artifactId>junit-jupiter</artifactId>
      <version>6.1.3</version>
    </dependency>
    <dependency>
      <groupId>org.junit.platform</groupId>
      <artifactId>junit-platform-launcher</artifactId>
      <version>6.1.3</version>
    </dependency>
  </dependencies>
</project>
XML
cat >Sample.java <<'JAVA'
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class Sample {
    static final AtomicInteger running = new AtomicInteger();
    static final AtomicInteger most = new AtomicInteger();

    static void work() throws InterruptedException {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        Thread.sleep(500);
        running.decrementAndGet();
    }

    static class PlainOne { @Test void works() throws Exception { work(); } }
    static class PlainTwo { @Test void works() throws Exception { work(); } }
    static class PlainThree { @Test void works() throws Exception { work(); } }

    @ParameterizedClass @ValueSource(strings = "x")
    static class ParameterizedOne { @Parameter String value; @Test void works() throws Exception { work(); } }
    @ParameterizedClass @ValueSource(strings = "x")
    static class ParameterizedTwo { @Parameter String value; @Test void works() throws Exception { work(); } }
    @ParameterizedClass @ValueSource(strings = "x")
    static class ParameterizedThree { @Parameter String value; @Test void works() throws Exception { work(); } }

    static int mostAtOnce(Class<?>... classes) {
        String prefix = "junit.jupiter.execution.parallel.";
        var request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(prefix + "enabled", "true")
                .configurationParameter(prefix + "mode.default", "same_thread")
                .configurationParameter(prefix + "mode.classes.default", "concurrent")
                .configurationParameter(prefix + "config.strategy", "fixed")
                .configurationParameter(prefix + "config.fixed.parallelism", "3");
        for (Class<?> type : classes) {
            request.selectors(selectClass(type));
        }
        most.set(0);
        LauncherFactory.create().execute(request.build());
        return most.get();
    }

    public static void main(String[] arguments) {
        System.out.println("plain classes at once:         "
                + mostAtOnce(PlainOne.class, PlainTwo.class, PlainThree.class));
        System.out.println("parameterized classes at once: "
                + mostAtOnce(ParameterizedOne.class, ParameterizedTwo.class, ParameterizedThree.class));
        System.exit(0);
    }
}
JAVA
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile=classpath >maven.log 2>&1 || { cat maven.log; exit 1; }
mkdir classes
javac -d classes -cp "$(<classpath)" Sample.java
seen=$(java -cp "classes:$(<classpath)" Sample 2>/dev/null)
echo "$seen"
if [[ $seen == *'plain classes at once:         3'* && $seen == *'parameterized classes at once: 1'* ]]; then
    echo "As recorded."
else
    echo "The behaviour has changed."
    exit 1
fi
