# Keeps a cache of loaded classes (Java's AOT cache), with which Onward starts in less than half the time.
#
# Java does not check whether a cache fits the jars, and would run the classes that they used to hold. So a cache is
# named after what it was made from, and one that is named otherwise is not used. ONWARD_AOT=off does without.

# A cache that does not fit the JVM's options after all is left aside by Java; nobody needs to read of it.
quiet=('-Xlog:aot*=off' '-Xlog:cds*=off')

# The cache also knows what was called most. To compile all that at once takes a sixth of a start, and saves nothing
# later that could be measured.
leisurely=('-XX:+UnlockDiagnosticVMOptions' '-XX:-AOTReplayTraining')

# Sets $cache to the file that is the cache of these jars on this Java, whether it is there or not.
name_cache() {
    local name folder
    name=onward-$(cache_key).aot
    for folder in "$app/cache" "$(folder_of_user)"; do
        cache=$folder/$name
        if [[ -f $cache ]] || { mkdir -p "$folder" && [[ -w $folder ]]; } 2>/dev/null; then
            return
        fi
    done
}

# The sum over the jars' sums, the Java and its options.
cache_key() {
    {
        cat "$jdk/release"
        echo "${jvm_options[@]}"
        cd "$app" && LC_ALL=C cksum onward-server.jar lib/*.jar
    } | cksum | tr ' ' -
}

# For an Onward whose own folder this user may not write; each has one of its own.
folder_of_user() {
    echo "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/onward/$(echo "$root" | cksum | tr ' ' -)"
}

# While the server runs already: with the least of claims, and on when this script's place is taken.
make_cache_meanwhile() {
    (make_cache 19 </dev/null >/dev/null 2>&1 || true &)
}

# Where somebody waits for a build anyhow.
make_cache_now() {
    [[ ${ONWARD_AOT:-} != off ]] || return 0
    name_cache
    [[ ! -f $cache ]] || return 0
    say "Making a cache, with which it starts faster …"
    make_cache 0 || say "That failed; it starts without. What went wrong is in $cache.failed"
}

# Makes $cache out of a run of the server, and removes what earlier ones left. Fails where that is impossible; it is not
# tried twice with the same jars.
make_cache() {
    local niceness=$1 folder work=$cache.work holder=$cache.lock
    folder=$(dirname "$cache")
    [[ ! -f $cache.failed ]] || return 1
    until ln -s "$$" "$holder" 2>/dev/null; do
        [[ -L $holder ]] && ! kill -0 "$(readlink "$holder")" 2>/dev/null || return 1
        rm -f "$holder"
    done
    find "$folder" -mindepth 1 -maxdepth 1 -name 'onward-*' ! -path "$holder" -exec rm -rf {} +
    mkdir "$work"
    if rehearse "$work" "$niceness" && mv "$work/onward.aot" "$cache"; then
        rm -rf "$work" "$holder"
    else
        mv "$work/log" "$cache.failed"
        rm -rf "$work" "$holder"
        return 1
    fi
}

# One life of a server, on a database that nobody will miss. Succeeds where the folder holds its cache afterwards.
rehearse() {
    local work=$1 niceness=$2 flows=() port='' server tries
    [[ ! -d $root/examples/flows ]] || flows=(--flows "$root/examples/flows")
    (
        cd "$work" # where no settings are
        unset "${!ONWARD_@}"
        exec nice -n "$niceness" "$jdk/bin/java" "${jvm_options[@]}" \
            -XX:AOTCacheOutput="$work/onward.aot" "${quiet[@]}" \
            -cp "$(class_path)" dev.onward.server.Rehearsal \
            serve --port 0 --db "sqlite:$work/onward.db" ${flows[@]+"${flows[@]}"}
    ) >"$work/out" 2>"$work/log" &
    server=$!
    for ((tries = 0; tries < 1200; tries++)); do
        port=$(sed -n 's|^Onward listens on http://127\.0\.0\.1:\([0-9]*\)$|\1|p' "$work/out")
        [[ -z $port ]] && kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    [[ -z $port ]] || walk "$port" >>"$work/log" 2>&1
    kill "$server" 2>/dev/null
    wait "$server"
    [[ -s $work/onward.aot ]]
}

# What most requests are about. A few times over, so that Java also learns what is called most.
walk() {
    local port=$1 session team
    for _ in 1 2 3 4 5 6 7 8; do
        session=$(ask "$port" POST /api/onboarding/start '{}' | session_in)
        ask "$port" GET "/api/onboarding/status?session_id=$session"
        ask "$port" POST /api/onboarding/first-declaration \
            "{\"session_id\": \"$session\", \"declaration\": \"Good tools make people kinder.\"}"
        ask "$port" POST /api/onboarding/complete "{\"session_id\": \"$session\"}"
        team=$(ask "$port" POST /api/onboarding/start '{"flow": "team-setup"}' | session_in)
        ask "$port" GET "/api/onboarding/sessions/$team"
        ask "$port" POST "/api/onboarding/sessions/$team/steps/welcome"
        ask "$port" POST "/api/onboarding/sessions/$team/steps/workspace" '"Harbour Lane Bakery"'
        ask "$port" GET "/api/onboarding/flows"
        ask "$port" GET /health/ready
        ask "$port" GET /health/live
        ask "$port" GET /onboarding
        ask "$port" GET /metrics
    done
}

session_in() {
    sed -n 's/.*"session_id":"\([^"]*\)".*/\1/p' | head -n 1
}

# ask PORT METHOD PATH [BODY] prints the answer to a request to this machine.
ask() {
    local body=${4:-}
    {
        printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n' "$2" "$3" "$1" >&3
        printf 'Content-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' "${#body}" "$body" >&3
        cat <&3
    } 3<>"/dev/tcp/127.0.0.1/$1"
}
