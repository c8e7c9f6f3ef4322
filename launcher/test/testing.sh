# What the tests in this folder share. Sourced after $scratch, a temporary folder, and $tally, a file, are set.

server= # the process of the server that a test has started
failed=0
: >"$tally"

die() {
    echo "$@" >&2
    exit 1
}

# Waits until a command succeeds, for at most five minutes. Arguments: what it waits for, in words; the command.
await() {
    local what=$1 tries
    shift
    for ((tries = 0; tries < 3000; tries++)); do
        ! "$@" || return 0
        sleep 0.1
    done
    die "timed out waiting for $what"
}

# Waits until $server listens, and sets $port. Its output is in $scratch/out, its errors are there or in $scratch/err.
await_server() {
    await "the server" listens
}

listens() {
    port=$(sed -n 's|^Onward listens on http://127\.0\.0\.1:\([0-9]*\)$|\1|p' "$scratch/out")
    [[ -z $port ]] || return 0
    kill -0 "$server" 2>/dev/null || die "the server ended: $(cat "$scratch"/{out,err} 2>/dev/null)"
    return 1
}

kill_server() {
    [[ -z $server ]] || kill -9 "$server" 2>/dev/null || true
}

# Runs a test, which is a function, in a shell of its own, and records its outcome. A server that it leaves is killed.
run_test() {
    local suite=$1 test=$2 message status
    set +e
    message=$(set -e; server=; trap kill_server EXIT; "$test" 2>&1)
    status=$?
    set -e
    if ((status == 0)); then
        record "$suite" PASSED "$test" "$message"
    else
        failed=1
        echo "$test: $message"
        record "$suite" FAILED "$test" "$message"
    fi
}

record() {
    printf 'SQLite\t%s\t%s\t%s\t%s\n' "$2" "$1" "$3" "$(tr '\n\t' '  ' <<<"$4")" >>"$tally"
}
