# Builds Onward if the sources have changed.
#
# Onward runs from a copy of Maven's output, in a folder below .onward. No build changes that folder, and mvn clean does
# not delete it. Each build adds a folder, and deletes folders that no process uses.

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
        say "Onward needs Maven $needed_maven or newer to build; $mvn has ${version:-an unknown version}."
    else
        say "Onward needs Maven $needed_maven or newer to build, and mvn is not on the PATH."
    fi
    say "To install it:"
    say "  on Debian, Ubuntu  sudo apt-get install maven"
    say "  on Fedora          sudo dnf install maven"
    say "  on macOS           brew install maven"
    die "  with SDKMAN        sdk install maven"
}

# One build at a time: the lock is a symbolic link whose target is the holder's process id.
take_lock() {
    local holder announced=''
    mkdir -p "$root/target"
    until ln -s "$$" "$lock" 2>/dev/null; do
        holder=$(readlink "$lock" 2>/dev/null) || continue
        if ! kill -0 "$holder" 2>/dev/null; then
            rm -f "$lock"
            continue
        fi
        [[ -n $announced ]] || say "Waiting for another build in this folder (process $holder)."
        announced=yes
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
    [[ -z $(find "$root"/pom.xml "$root"/.mvn "$root"/{core,web,server}/pom.xml "$root"/{core,web,server}/src/main \
        -newer "$stamp" 2>/dev/null | head -n 1) ]]
}

# Sets $app to the folder of the last build, which the stamp names.
find_app() {
    local name
    { read -r name <"$stamp"; } 2>/dev/null || return 1
    app=$versions/$name
    [[ -f $app/onward-server.jar && -d $app/lib ]]
}

# Removes old libraries, and records the start of the build: files that change later count as newer than the build.
begin_build() {
    mkdir -p "$made" "$versions"
    rm -rf "$made/onward-server.jar" "$made/lib"
    touch "$stamp.began"
}

# Copies Maven's output to a folder named after its content, and uses that.
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

# Records that this process runs from $app until it ends: exec keeps the process id.
use_app() {
    alone_with_users note_user
}

note_user() {
    find_app || return 1
    local user
    for user in "$app"/users/*; do
        is_alive "${user##*/}" || rm -f "$user"
    done
    { mkdir -p "$app/users" && : >"$app/users/$$"; } 2>/dev/null || true # the folder may belong to another user
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

# Runs a command while no other process does so: recording users and deleting folders must not overlap.
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

# The errors in a Maven log, without Maven's advice; the end of the log if there are none.
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
    say "Building Onward (the first build also downloads its libraries) …"
    begin_build
    # Remove classes whose sources were moved or deleted.
    rm -rf "$root"/{core,web,server}/target/classes
    if ! maven package -pl core,web,server -Dmaven.test.skip=true >"$log" 2>&1; then
        abandon_build
        say "The build failed:"
        errors "$log" >&2
        die "Full log: $log"
    fi
    end_build
    release_lock
    say "Built in $((SECONDS - started)) s."
    make_cache_now
}
