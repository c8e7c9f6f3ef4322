# Finds the JDK.

needed_java=25

# Prints the version of a JDK, such as 25.0.3, as a comparable number; 0 if the folder is not a JDK with this tool.
jdk_rank() {
    local jdk=$1 tool=$2 version major minor patch
    [[ -x $jdk/bin/java && -x $jdk/bin/$tool && -r $jdk/release ]] || { echo 0; return; }
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9.]*\).*/\1/p' "$jdk/release" | head -n 1)
    IFS=. read -r major minor patch _ <<<"$version"
    echo $((${major:-0} * 1000000 + ${minor:-0} * 1000 + ${patch:-0}))
}

jdk_on_path() {
    local java
    java=$(command -v java) || return 0
    while [[ -L $java ]]; do
        local target
        target=$(readlink "$java")
        [[ $target == /* ]] && java=$target || java=$(dirname "$java")/$target
    done
    dirname "$(dirname "$java")"
}

# Prints the JDK to use, which must have this tool: JAVA_HOME or the JDK on the PATH if it is new enough, otherwise the
# newest JDK in the usual folders.
find_jdk() {
    local tool=$1 jdk rank best='' best_rank=0 least=$((needed_java * 1000000)) asked too_old=''
    for asked in "${JAVA_HOME:-}" "$(jdk_on_path)"; do
        if [[ -n $asked && $(jdk_rank "$asked" "$tool") -ge $least ]]; then
            report_java_home "$asked" "$tool"
            echo "$asked"
            return
        fi
    done
    for jdk in "${JAVA_HOME:-}" "$asked" /usr/lib/jvm/* /opt/* /opt/java/* ~/.sdkman/candidates/java/* ~/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home ~/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        rank=$(jdk_rank "$jdk" "$tool")
        if ((rank > 0)); then
            too_old+="  $jdk ($((rank / 1000000)))"$'\n'
        fi
        if ((rank > best_rank)); then
            best=$jdk best_rank=$rank
        fi
    done
    if ((best_rank < least)); then
        say "Onward needs a JDK $needed_java or newer. There is none in JAVA_HOME, on the PATH or in the usual folders."
        [[ -z $too_old ]] || printf 'These are too old:\n%s' "$too_old" >&2
        say "To install one:"
        say "  with SDKMAN        sdk install java 25-tem"
        say "  on macOS           brew install openjdk@25"
        say "  on Debian, Ubuntu  sudo apt-get install openjdk-25-jdk   (if your release has it)"
        die "Or unpack any JDK $needed_java and set JAVA_HOME to its folder."
    fi
    report_java_home "$best" "$tool"
    echo "$best"
}

# Prints a warning if JAVA_HOME is set but not used.
report_java_home() {
    local used=$1 tool=$2
    if [[ -n ${JAVA_HOME:-} && $(jdk_rank "$JAVA_HOME" "$tool") -lt $((needed_java * 1000000)) ]]; then
        say "JAVA_HOME ($JAVA_HOME) is not a JDK $needed_java or newer: using $used."
    fi
}
