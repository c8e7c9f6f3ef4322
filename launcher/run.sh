# Runs Onward from the jars below $app, on the Java in $jdk.

# The options of every JVM of ours. A cache is made with them, and fits only where they are the same.
jvm_options=(
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -Xmx256m
    # A process without memory cannot be trusted to answer: it ends, and its supervisor starts another.
    -XX:+ExitOnOutOfMemoryError
    # The optimizing compiler takes a processor from the start: it begins after twice as many calls as usual.
    -XX:Tier4InvocationThreshold=10000 -XX:Tier4MinInvocationThreshold=1200 -XX:Tier4CompileThreshold=30000
    -XX:Tier4BackEdgeThreshold=80000
    # Java writes nothing in anybody's language here, and need not load what it knows of all of them.
    -Djava.locale.providers=SPI
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
)

class_path() {
    local LC_ALL=C IFS=:
    local jars=("$app/onward-server.jar" "$app"/lib/*.jar)
    echo "${jars[*]}"
}

# Takes the place of this script.
run_onward() {
    local java_opts cache_options=()
    if [[ ${ONWARD_AOT:-} != off ]]; then
        name_cache
        if [[ -f $cache ]]; then
            cache_options=("-XX:AOTCache=$cache" "${quiet[@]}" "${leisurely[@]}")
        elif [[ ${1:-} == serve ]]; then
            make_cache_meanwhile
        fi
    fi
    read -r -a java_opts <<<"${JAVA_OPTS:-}"
    exec "$jdk/bin/java" "${jvm_options[@]}" ${cache_options[@]+"${cache_options[@]}"} \
        ${java_opts[@]+"${java_opts[@]}"} -cp "$(class_path)" dev.onward.server.Main "$@"
}
