# Runs the benchmarks, and compares Onward with the database alone in the same run.

bench_is_built() {
    local built=$root/bench/target/onward.stamp
    [[ -f $built && -z $(find "$root/pom.xml" "$root"/bench/{pom.xml,src/main} "$app/onward-server.jar" \
        -newer "$built" 2>/dev/null | head -n 1) ]]
}

build_bench() {
    local log=$root/target/onward-bench-build.log mvn
    mvn=$(find_maven "$jdk")
    take_lock
    say "Building the benchmark …"
    begin_build
    rm -rf "$root"/bench/target/{lib,onward-bench.jar,onward.stamp}
    if ! maven package -pl core,web,server,bench -Dmaven.test.skip=true >"$log" 2>&1; then
        abandon_build
        say "The build failed:"
        errors "$log" >&2
        die "Full log: $log"
    fi
    end_build
    touch "$root/bench/target/onward.stamp"
    release_lock
    make_cache_now
}

# Replaces this process with the benchmark.
run_bench() {
    { is_built && bench_is_built; } || build_bench
    use_app
    exec "$jdk/bin/java" -XX:+UseSerialGC -Xmx256m "-Donward.root=$root" \
        -cp "$root/bench/target/onward-bench.jar:$root/bench/target/lib/*" dev.onward.bench.BenchMain "$@"
}
