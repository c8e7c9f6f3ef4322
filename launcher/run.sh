# Runs Onward from the jars below $app, on the Java in $jdk.

# The options of every Onward JVM. A cache is created with them and only works with the same options.
jvm_options=(
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -Xmx256m
    # Without memory the process cannot be trusted: it exits, and its supervisor starts another.
    -XX:+ExitOnOutOfMemoryError
    # The optimizing compiler competes with start-up: it starts after twice as many calls as usual.
    -XX:Tier4InvocationThreshold=10000 -XX:Tier4MinInvocationThreshold=1200 -XX:Tier4CompileThreshold=30000
    -XX:Tier4BackEdgeThreshold=80000
    # Onward formats nothing by locale, so Java need not load its locale data.
    -Djava.locale.providers=SPI
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
)

class_path() {
    local LC_ALL=C IFS=:
    local jars=("$app/onward-server.jar" "$app"/lib/*.jar)
    echo "${jars[*]}"
}

# Replaces this process.
run_onward() {
    local java_opts cache_options=()
    if [[ ${ONWARD_AOT:-} != off ]]; then
        name_cache
        if [[ -f $cache ]]; then
            cache_options=("-XX:AOTCache=$cache" "${quiet[@]}" "${without_replay[@]}")
        elif [[ ${1:-} == serve ]]; then
            make_cache_in_background
        fi
    fi
    read -r -a java_opts <<<"${JAVA_OPTS:-}"
    exec "$jdk/bin/java" "${jvm_options[@]}" ${cache_options[@]+"${cache_options[@]}"} \
        ${java_opts[@]+"${java_opts[@]}"} -cp "$(class_path)" dev.onward.server.Main "$@"
}
