# Builds archives that run without Maven, and a Maven repository for applications that embed Onward.

package_usage() {
    say "Usage: ./onward package [--runtime | --maven DIR]"
    say "  --runtime    includes Java, for the same operating system and processor; otherwise the archive needs Java $needed_java or newer"
    say "  --maven DIR  writes the libraries to DIR, in the layout of a Maven repository"
}

make_package() {
    local runtime='' repository='' version name folder
    while (($#)); do
        case $1 in
            --runtime) runtime=yes ;;
            --maven | --maven=*)
                repository=${1#--maven=}
                [[ $1 == *=* ]] || { repository=${2:-}; shift; }
                [[ -n $repository ]] || { package_usage; exit 2; }
                ;;
            -h | --help) package_usage; exit 0 ;;
            *) say "Unknown option: $1"; package_usage; exit 2 ;;
        esac
        shift
    done
    if [[ -n $repository ]]; then
        [[ -z $runtime ]] || { package_usage; exit 2; }
        make_repository "$repository"
        return
    fi
    is_built || build
    use_app
    version=$(basename "$app"/lib/onward-core-*.jar .jar)
    version=${version#onward-core-}
    if [[ -n $runtime ]]; then
        name=onward-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
    else
        name=onward-$version-java$needed_java
    fi
    folder=$root/target/package/$name
    rm -rf "$folder"
    mkdir -p "$folder/app" "$folder/launcher"
    cp "$root"/{onward,LICENSE,README.md,CHANGELOG.md} "$folder"
    cp "$root"/launcher/{java,run,cache}.sh "$folder/launcher"
    cp -R "$root"/{docs,examples} "$folder"
    cp -R "$app"/{onward-server.jar,lib} "$folder/app"
    if [[ -n $runtime ]]; then
        add_runtime "$folder"
    fi
    (cd "$root/target/package" && tar -czf "../$name.tar.gz" "$name")
    rm -rf "$folder"
    echo "$root/target/$name.tar.gz"
}

# Writes the libraries with their sources and documentation to a folder. Does not change the user's Maven repository.
make_repository() {
    local folder log=$root/target/onward-maven.log mvn
    mkdir -p "$1"
    folder=$(cd "$1" && pwd)
    mvn=$(find_maven "$jdk")
    take_lock
    say "Building the libraries …"
    if ! {
        maven verify -Ppublish -pl bom,core,test,web -Dmaven.test.skip=true -Dspotless.check.skip=true \
            -Dmdep.analyze.skip=true &&
            maven -N -Ppublish "-Donward.repository=file://$folder" deploy:deploy-file@{bom,core,test,web}
    } >"$log" 2>&1; then
        say "The build failed:"
        errors "$log" >&2
        die "Full log: $log"
    fi
    release_lock
    echo "$folder"
}

# Adds the parts of Java that the jars use, and the cache, which only works with this Java.
add_runtime() {
    local folder=$1 modules
    say "Building the Java runtime …"
    # jdeps prints warnings before its result. Core is a module and requires others, so it needs a module path.
    modules=$(cd "$folder/app" && "$jdk/bin/jdeps" --ignore-missing-deps --multi-release "$needed_java" \
        --module-path lib --print-module-deps onward-server.jar lib/*.jar | tail -n 1)
    "$jdk/bin/jlink" --add-modules "$modules,$found_at_run_time" --no-header-files --no-man-pages \
        --output "$folder/runtime" >&2
    (
        root=$folder app=$folder/app jdk=$folder/runtime
        name_cache
        make_cache 0 || die "The cache could not be created: $(cat "$cache.failed")"
    )
}

# Modules that jdeps does not find, because they are used as services or to inspect a running server.
found_at_run_time=java.naming,java.security.jgss,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.net,jdk.unsupported
