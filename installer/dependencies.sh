# Sourced by run.sh, test.sh and .ci/run. Installs what is missing on Debian 12 or Ubuntu 24.04 and does nothing when
# everything is there.

millrace_build_packages="cmake ninja-build g++ git pkg-config ccache mold
    qt6-base-dev qt6-charts-dev qt6-svg-dev libqt6opengl6-dev libgl-dev
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libfmt-dev libcli11-dev librdkafka-dev
    libssl-dev zlib1g-dev libbz2-dev liblz4-dev libzstd-dev libsnappy-dev libpcre2-dev libsqlite3-dev
    libqpid-proton11-dev"
# Chinese is a first-class language of the studio: without a font every test picture would show boxes.
millrace_run_packages="qt6-qpa-plugins fonts-noto-cjk"
millrace_test_packages="kcat python3 python3-venv"

# Debian 12 has Boost 1.81 beside its default 1.74; elsewhere the default is new enough.
millrace_boost_packages() {
    if apt-cache show libboost1.81-dev >/dev/null 2>&1; then
        echo "libboost1.81-dev libboost-json1.81-dev"
    else
        echo "libboost-dev libboost-json-dev"
    fi
}

# millrace_install PACKAGE… : installs those of them that are missing.
millrace_install() {
    local package missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    command -v apt-get >/dev/null || { echo "Please install:$missing" >&2; return 1; }
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo"
    echo "Installing with apt-get:$missing" >&2
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
        { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $missing >/dev/null; }
}

# millrace_dependencies [test] : all that building (and testing) needs.
millrace_dependencies() {
    local boost
    # The package lists of a fresh machine are empty, and then no Boost would be found.
    apt-cache show cmake >/dev/null 2>&1 || { [ "$(id -u)" = 0 ] && apt-get update -qq || sudo apt-get update -qq; }
    boost=$(millrace_boost_packages)
    # shellcheck disable=SC2086
    millrace_install $millrace_build_packages $boost $millrace_run_packages || return 1
    # shellcheck disable=SC2086
    [ "${1:-}" != test ] || millrace_install $millrace_test_packages
}

# millrace_build PRESET [TARGET…] : says what it does and how far it is; silent when there is nothing to do.
millrace_build() {
    local preset=$1
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        echo "Configuring build/$preset" >&2
        cmake --preset "$preset" >"/tmp/millrace-configure.$$" 2>&1 || { cat "/tmp/millrace-configure.$$" >&2; return 1; }
        rm -f "/tmp/millrace-configure.$$"
        echo "Building ${*:-everything} with $(nproc) processors: some minutes the first time, seconds afterwards" >&2
    fi
    NINJA_STATUS="%p, %f of %t steps, %es  " cmake --build "build/$preset" ${1:+--target "$@"}
}
