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

# While the server runs already, with the least of claims. $$ is the server's process as soon as this script's place is
# taken; the maker ends with it.
make_cache_meanwhile() {
    (make_cache 19 </dev/null >/dev/null 2>&1 || true &)
}

# Where somebody waits for a build anyhow.
make_cache_now() {
    [[ ${ONWARD_AOT:-} != off ]] || return 0
    name_cache
    [[ ! -f $cache ]] || return 0
    say "Making a cache, with which it starts faster …"
    make_cache 0 || say "There is none yet; it starts without. Why is in $cache.failed, or another process is making it."
}

most_attempts=3
# An attempt that takes longer is ended; one that is older has left its lock behind.
most_minutes=10

# Makes $cache out of a run of the server, and removes what earlier ones left. Fails where that is impossible, or while
# another process makes it. A failed attempt is made again at the next start, but not after three; one that is ended
# with its server does not count.
make_cache() {
    local niceness=$1 maker work rehearsal='' began=$SECONDS status=1
    (($(failed_attempts) < most_attempts)) || return 1
    maker=$(exec "$BASH" -c 'echo "$PPID"') # the number of this process, which $$ is not in a subshell
    work=$cache.work.$maker
    become_maker || return 1
    trap 'end_rehearsal; leave_no_work; exit 1' HUP INT TERM
    find "$(dirname "$cache")" -mindepth 1 -maxdepth 1 -name 'onward-*' \
        ! -path "$cache.lock" ! -path "$cache.failed" -exec rm -rf {} +
    mkdir "$work"
    if rehearse "$niceness" && mv "$work/onward.aot" "$cache"; then
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
        echo "Attempt $(($(failed_attempts) + 1)) of $most_attempts to make a cache failed. Delete this file for more."
        cat "$work/log"
    } >"$work/failed"
    mv "$work/failed" "$cache.failed"
}

# One maker at a time: the lock is a symbolic link to nothing, named after the maker's own process.
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

# While the server that it works for runs, nobody has taken its place, and its time is not over.
may_go_on() {
    is_alive "$$" && is_maker && ((SECONDS - began < most_minutes * 60))
}

leave_no_work() {
    rm -rf "$work"
    ! is_maker || rm -f "$cache.lock"
}

# Whether a process runs, also one of another user, which cannot be signalled. One that has ended and that nobody has
# asked for its exit code, as in a container without an init, does not.
is_alive() {
    local state
    [[ -n $1 ]] || return 1
    if [[ -r /proc/$1/stat ]]; then
        { state=$(<"/proc/$1/stat"); } 2>/dev/null && [[ $state != *') Z '* ]]
    else
        kill -0 "$1" 2>/dev/null
    fi
}

# One life of a server, on a database that nobody will miss. Succeeds where the folder holds its cache afterwards.
rehearse() {
    local niceness=$1 flows=() port=''
    [[ ! -d $root/examples/flows ]] || flows=(--flows "$root/examples/flows")
    set -m # a group of its own, to which also the Java belongs that writes the cache at the end
    (
        cd "$work" # where no settings are
        unset "${!ONWARD_@}"
        exec nice -n "$niceness" "$jdk/bin/java" "${jvm_options[@]}" \
            -XX:AOTCacheOutput="$work/onward.aot" "${quiet[@]}" \
            -cp "$(class_path)" dev.onward.server.AotTraining \
            serve --port 0 --db "sqlite:$work/onward.db" ${flows[@]+"${flows[@]}"}
    ) </dev/null >"$work/out" 2>"$work/log" &
    rehearsal=$!
    set +m
    while [[ -z $port ]] && kill -0 "$rehearsal" 2>/dev/null && may_go_on; do
        sleep 0.1
        port=$(sed -n 's|^Onward listens on http://127\.0\.0\.1:\([0-9]*\)$|\1|p' "$work/out")
    done
    [[ -z $port ]] || walk "$port" >>"$work/log" 2>&1
    kill "$rehearsal" 2>/dev/null || true
    while kill -0 "$rehearsal" 2>/dev/null && may_go_on; do
        sleep 0.1
    done
    end_rehearsal
    may_go_on && [[ -s $work/onward.aot ]]
}

end_rehearsal() {
    [[ -z $rehearsal ]] || kill -9 -- "-$rehearsal" 2>/dev/null || true
    [[ -z $rehearsal ]] || wait "$rehearsal" 2>/dev/null || true
    rehearsal=''
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
