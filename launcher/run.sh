# Runs Onward from the jars in $app, with the Java in $jdk.

# The options of every Onward JVM. A cache only works with the options with which it was created.
jvm_options=(
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -Xmx256m
    # After an OutOfMemoryError the process is unreliable: let it exit, so that a supervisor restarts it.
    -XX:+ExitOnOutOfMemoryError
    # The optimizing compiler competes with the start-up for CPU time: delay it to twice the default number of calls.
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

# Replaces this process with the server or command.
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
