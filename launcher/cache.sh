# Manages a cache of loaded classes (Java's AOT cache), which cuts Onward's start-up time by more than half.
#
# Java does not check whether a cache matches the jars, and would run outdated classes. Therefore the file name of a
# cache contains a checksum of its inputs, and Onward only uses a cache with the right name. ONWARD_AOT=off disables
# caches.

# Java ignores a cache that does not match its options. Do not show its warnings.
quiet=('-Xlog:aot*=off' '-Xlog:cds*=off')

# The cache also records the most frequently called methods. Compiling all of them at start takes a sixth of the start's
# CPU time, without a measurable benefit.
without_replay=('-XX:+UnlockDiagnosticVMOptions' '-XX:-AOTReplayTraining')

# Sets $cache to the file name for these jars and this Java, whether or not the file exists.
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

# Prints a checksum of the jars, Java's version and the JVM options.
cache_key() {
    {
        cat "$jdk/release"
        echo "${jvm_options[@]}"
        cd "$app" && LC_ALL=C cksum onward-server.jar lib/*.jar
    } | cksum | tr ' ' -
}

# Prints the cache folder for users who cannot write to Onward's own folder; one per installation.
folder_of_user() {
    echo "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/onward/$(echo "$root" | cksum | tr ' ' -)"
}

# Creates the cache beside a server, with the lowest priority. $$ becomes the server's process id with exec; the
# training run ends with that process.
make_cache_in_background() {
    (make_cache 19 </dev/null >/dev/null 2>&1 || true &)
}

# Creates the cache after a build, in the foreground.
make_cache_now() {
    [[ ${ONWARD_AOT:-} != off ]] || return 0
    name_cache
    [[ ! -f $cache ]] || return 0
    say "Creating a cache for faster starts …"
    make_cache 0 || say "No cache was created, so Onward starts without one. Another process may be creating it; otherwise see $cache.failed."
}

most_attempts=3
# An attempt that takes longer is stopped. A lock that is twice as old is stale.
most_minutes=10

# Creates $cache from a training run of the server, and removes outdated caches. Fails if that is impossible, or if
# another process is creating it. The next start repeats a failed attempt, up to three attempts in total. An attempt
# that ended because its server stopped does not count.
make_cache() {
    local niceness=$1 maker work trainer='' began=$SECONDS status=1
    (($(failed_attempts) < most_attempts)) || return 1
    maker=$(exec "$BASH" -c 'echo "$PPID"') # this process's id; in a subshell, $$ is the parent's
    work=$cache.work.$maker
    become_maker || return 1
    trap 'end_training; leave_no_work; exit 1' HUP INT TERM
    find "$(dirname "$cache")" -mindepth 1 -maxdepth 1 -name 'onward-*' \
        ! -path "$cache.lock" ! -path "$cache.failed" -exec rm -rf {} +
    mkdir "$work"
    if train_cache "$niceness" && mv "$work/onward.aot" "$cache"; then
        rm -f "$cache.failed"
        status=0
    elif may_go_on; then
        note_failure
    fi
    leave_no_work
    trap - HUP INT TERM
    return $status
}

failed_attempts() {
    local attempts=''
    [[ ! -f $cache.failed ]] || attempts=$(sed -n '1s/^Attempt \([0-9]*\) of .*/\1/p' "$cache.failed")
    echo "${attempts:-0}"
}

note_failure() {
    {
        echo "Attempt $(($(failed_attempts) + 1)) of $most_attempts to create a cache failed. Delete this file to allow more."
        cat "$work/log"
    } >"$work/failed"
    mv "$work/failed" "$cache.failed"
}

# One maker at a time: the lock is a symbolic link whose target is the maker's process id.
become_maker() {
    local holder
    until ln -s "$maker" "$cache.lock" 2>/dev/null; do
        holder=$(readlink "$cache.lock" 2>/dev/null) || [[ -w $(dirname "$cache") ]] || return 1
        if is_alive "$holder" && [[ -z $(find "$cache.lock" -mmin +$((most_minutes * 2)) 2>/dev/null) ]]; then
            return 1
        fi
        rm -f "$cache.lock"
    done
}

is_maker() {
    [[ $(readlink "$cache.lock" 2>/dev/null) == "$maker" ]]
}

# Whether the server is running, this process holds the lock, and there is time left.
may_go_on() {
    is_alive "$$" && is_maker && ((SECONDS - began < most_minutes * 60))
}

leave_no_work() {
    rm -rf "$work"
    ! is_maker || rm -f "$cache.lock"
}

# Whether a process runs, including processes of other users, which cannot be signalled. A zombie, as in a container
# without an init process, does not count.
is_alive() {
    local state
    [[ -n $1 ]] || return 1
    if [[ -r /proc/$1/stat ]]; then
        { state=$(<"/proc/$1/stat"); } 2>/dev/null && [[ $state != *') Z '* ]]
    else
        kill -0 "$1" 2>/dev/null
    fi
}

# A training run of the server on a temporary database. Succeeds if it produced a cache.
train_cache() {
    local niceness=$1 flows=() port=''
    [[ ! -d $root/examples/flows ]] || flows=(--flows "$root/examples/flows")
    set -m # its own process group, which includes the Java process that writes the cache at the end
    (
        cd "$work" # a folder without settings
        unset "${!ONWARD_@}"
        exec nice -n "$niceness" "$jdk/bin/java" "${jvm_options[@]}" \
            -XX:AOTCacheOutput="$work/onward.aot" "${quiet[@]}" \
            -cp "$(class_path)" dev.onward.server.AotTraining \
            serve --port 0 --db "sqlite:$work/onward.db" ${flows[@]+"${flows[@]}"}
    ) </dev/null >"$work/out" 2>"$work/log" &
    trainer=$!
    set +m
    while [[ -z $port ]] && kill -0 "$trainer" 2>/dev/null && may_go_on; do
        sleep 0.1
        port=$(sed -n 's|^Onward listens on http://127\.0\.0\.1:\([0-9]*\)$|\1|p' "$work/out")
    done
    [[ -z $port ]] || walk "$port" >>"$work/log" 2>&1
    kill "$trainer" 2>/dev/null || true
    while kill -0 "$trainer" 2>/dev/null && may_go_on; do
        sleep 0.1
    done
    end_training
    may_go_on && [[ -s $work/onward.aot ]]
}

end_training() {
    [[ -z $trainer ]] || kill -9 -- "-$trainer" 2>/dev/null || true
    [[ -z $trainer ]] || wait "$trainer" 2>/dev/null || true
    trainer=''
}

# Sends typical requests several times, so that Java also records which methods are called most.
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

# ask PORT METHOD PATH [BODY] prints the response to a request on this machine.
ask() {
    local body=${4:-}
    {
        printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n' "$2" "$3" "$1" >&3
        printf 'Content-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' "${#body}" "$body" >&3
        cat <&3
    } 3<>"/dev/tcp/127.0.0.1/$1"
}
