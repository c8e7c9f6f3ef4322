# Builds once, and again when anything has changed.
#
# What runs is a copy of what Maven makes: a folder below .onward that no build changes and mvn clean does not reach. A
# build adds a folder, and deletes those that no process runs from any more.

needed_maven=3.8.7
made=$root/server/target
versions=$root/.onward
stamp=$versions/onward.stamp
lock=$root/target/onward.lock

find_maven() {
    local mvn version lowest
    for mvn in "$(command -v mvn)" ~/.sdkman/candidates/maven/current/bin/mvn /opt/*maven*/bin/mvn; do
        [[ ! -x $mvn ]] || break
    done
    if [[ -x $mvn ]]; then
        version=$(JAVA_HOME=$1 "$mvn" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
        lowest=$(printf '%s\n' "$needed_maven" "${version:-0}" | sort -t . -k 1,1n -k 2,2n -k 3,3n | head -n 1)
        if [[ $lowest == "$needed_maven" ]]; then
            echo "$mvn"
            return
        fi
        say "Onward is built with Maven $needed_maven or newer; $mvn is ${version:-of an unknown version}."
    else
        say "Onward is built with Maven $needed_maven or newer, and mvn is not on the PATH."
    fi
    say "To get it:"
    say "  on Debian, Ubuntu  sudo apt-get install maven"
    say "  on Fedora          sudo dnf install maven"
    say "  on macOS           brew install maven"
    die "  with SDKMAN        sdk install maven"
}

# One build at a time: the lock is a symbolic link to nothing, named after the process that holds it.
take_lock() {
    local holder told=''
    mkdir -p "$root/target"
    until ln -s "$$" "$lock" 2>/dev/null; do
        holder=$(readlink "$lock" 2>/dev/null) || continue
        if ! kill -0 "$holder" 2>/dev/null; then
            rm -f "$lock"
            continue
        fi
        [[ -n $told ]] || say "Another build is under way here (process $holder): waiting for it."
        told=yes
        sleep 1
    done
    trap release_lock EXIT
}

release_lock() {
    rm -f "$lock"
    trap - EXIT
}

is_built() {
    find_app || return 1
    [[ -z $(find "$root"/pom.xml "$root"/.mvn "$root"/{core,server}/pom.xml "$root"/{core,server}/src/main \
        -newer "$stamp" 2>/dev/null | head -n 1) ]]
}

# Sets $app to the folder that the last build made, which the stamp names.
find_app() {
    local name
    { read -r name <"$stamp"; } 2>/dev/null || return 1
    app=$versions/$name
    [[ -f $app/onward-server.jar && -d $app/lib ]]
}

# No old library stays behind. What changes from now on is newer than the build.
begin_build() {
    mkdir -p "$made" "$versions"
    rm -rf "$made/onward-server.jar" "$made/lib"
    touch "$stamp.began"
}

# Copies what Maven made into a folder that is named after its content, and runs from there.
end_build() {
    local name new=$versions/new.$$
    name=app-$(cd "$made" && LC_ALL=C cksum onward-server.jar lib/*.jar | cksum | tr ' ' -)
    if [[ ! -d $versions/$name ]]; then
        rm -rf "$new"
        mkdir "$new"
        cp -R "$made"/{onward-server.jar,lib} "$new"
        mv "$new" "$versions/$name"
    fi
    echo "$name" >"$stamp.new"
    touch -r "$stamp.began" "$stamp.new"
    mv "$stamp.new" "$stamp"
    rm -f "$stamp.began"
    use_app
    alone_with_users delete_unused
}

abandon_build() {
    rm -f "$stamp.began"
}

# Notes that this process runs from $app, until it ends: exec keeps the process and its number.
use_app() {
    alone_with_users note_user
}

note_user() {
    find_app || return 1
    local user
    for user in "$app"/users/*; do
        is_alive "${user##*/}" || rm -f "$user"
    done
    { mkdir -p "$app/users" && : >"$app/users/$$"; } 2>/dev/null || true # in a folder that is another user's
}

delete_unused() {
    local folder
    for folder in "$versions"/app-* "$versions"/new.*; do
        if [[ -d $folder && $folder != "$app" ]] && ! in_use "$folder"; then
            rm -rf "$folder"
        fi
    done
}

in_use() {
    local user
    for user in "$1"/users/*; do
        ! is_alive "${user##*/}" || return 0
    done
    return 1
}

# Runs a command while no other process does so: users are noted and unused folders deleted one after the other.
alone_with_users() {
    local turn=$versions/users.lock holder status=0
    [[ -w $versions ]] || { "$@"; return; }
    until ln -s "$$" "$turn" 2>/dev/null; do
        holder=$(readlink "$turn" 2>/dev/null) || continue
        is_alive "$holder" || rm -f "$turn"
        sleep 0.05
    done
    "$@" || status=$?
    rm -f "$turn"
    return $status
}

maven() {
    (cd "$root" && JAVA_HOME=$jdk exec "$mvn" --batch-mode --no-transfer-progress -Dstyle.color=never "$@")
}

# What went wrong by a log of Maven's, without its advice; the log's end where it names nothing.
errors() {
    local log=$1 found lines='^\[ERROR\]'
    local advice='^\[ERROR\] *$|\[Help |[Rr]e-run Maven|mvn <args>|After correcting|For more information'
    if grep -q 'Werror specified' "$log"; then
        lines+='|^\[WARNING\] .*\.java:\['
    fi
    found=$(grep -E "$lines" "$log" | grep -vE "$advice" | cut -c 1-300 | awk '!seen[$0]++' | head -n 25) || true
    if [[ -n $found ]]; then
        printf '%s\n' "$found"
    else
        tail -n 25 "$log"
    fi
}

build() {
    local log=$root/target/onward-build.log started=$SECONDS mvn
    mvn=$(find_maven "$jdk")
    take_lock
    if is_built; then
        release_lock
        return
    fi
    say "Building Onward (the first time fetches its libraries too) …"
    begin_build
    if ! maven package -pl core,server -Dmaven.test.skip=true >"$log" 2>&1; then
        abandon_build
        say "The build failed:"
        errors "$log" >&2
        die "The whole log is $log."
    fi
    end_build
    release_lock
    say "Built in $((SECONDS - started)) s."
    make_cache_now
}
