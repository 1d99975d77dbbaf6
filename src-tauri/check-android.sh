#!/bin/sh
# Type-checks the whole application for Android (aarch64), on a Debian machine that has neither SDK nor NDK.
#
#   src-tauri/check-android.sh            about 6 minutes the first time, under a minute after
#
# It proves that the code compiles for Android. It links nothing and runs nothing: an APK is built as
# docs/guides/android.md says, on a machine that has the SDK.
#
# How: Debian's rustc-web packages bring the sources of std, its aarch64 cross-compiler stands in for the NDK's clang (a
# check links nothing), and OpenSSL's headers are those of libssl-dev. Everything is unpacked below target/android-check:
# no package is installed and the toolchain of this machine is not touched.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/target/android-check
tree=$work/tree
mkdir -p "$work/packages" "$tree"

fail() {
    echo "check-android: $1" >&2
    exit 1
}

command -v apt-get >/dev/null || fail "needs a Debian machine (apt-get, dpkg-deb)"
[ -d /usr/include/openssl ] || fail "needs OpenSSL's headers: apt-get install libssl-dev"

# The first dependency of package $1 whose name begins with $2.
dependency() {
    apt-cache depends "$1" | sed -n "s/^ *|*Depends: \($2[^ ]*\)/\1/p" | head -n 1
}

# Unpacks packages, fetched once. Only what is not there yet is downloaded.
unpack() {
    for package in "$@"; do
        if [ ! -e "$work/packages/$package.done" ]; then
            (cd "$work/packages" && rm -f "${package}"_*.deb && apt-get download -q "$package" >/dev/null) ||
                fail "the package $package cannot be fetched: run apt-get update and try again"
            dpkg-deb -x "$work/packages/${package}"_*.deb "$tree"
            touch "$work/packages/$package.done"
        fi
    done
}

std=$(dependency libstd-rust-web-dev libstd-rust-web-)
[ -n "$std" ] || fail "Debian's rustc-web is not in the package lists: run apt-get update"
llvm=$(dependency "$std" libllvm)
unpack rustc-web libstd-rust-web-dev rust-web-src "$std" "$llvm" libz3-4 libedit2 libbsd0 libmd0 libxml2 libicu72 libffi8
unpack gcc-12-aarch64-linux-gnu cpp-12-aarch64-linux-gnu gcc-12-aarch64-linux-gnu-base binutils-aarch64-linux-gnu \
    libgcc-12-dev-arm64-cross libc6-dev-arm64-cross libc6-arm64-cross linux-libc-dev-arm64-cross \
    libmpc3 libmpfr6 libgmp10 libisl23 libjansson4

libraries=$tree/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -dumpmachine)
library_path=$libraries:$tree/usr/lib

# Programs of the tree run with the libraries of the tree; nothing else does.
mkdir -p "$work/bin"
wrap() {
    printf '#!/bin/sh\nLD_LIBRARY_PATH="%s" PATH="%s:$PATH" exec "%s" "$@"\n' \
        "$library_path" "$tree/usr/bin" "$tree/usr/bin/$2" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
wrap rustc rustc
wrap cc aarch64-linux-gnu-gcc-12
wrap ar aarch64-linux-gnu-ar

# Where `-Zbuild-std` looks for the sources of std.
if [ ! -e "$tree/usr/lib/rustlib/src/rust/library" ]; then
    mkdir -p "$tree/usr/lib/rustlib/src"
    ln -sfn "$(echo "$tree"/usr/src/rustc-*)" "$tree/usr/lib/rustlib/src/rust"
fi

# OpenSSL's headers are in two folders on Debian; libsqlite3-sys wants one. The library is named and never linked.
mkdir -p "$work/openssl/include" "$work/openssl/lib"
cp -rL /usr/include/openssl "$work/openssl/include/"
cp -rL "/usr/include/$(gcc -dumpmachine)/openssl/." "$work/openssl/include/openssl/"

mkdir -p "$work/kotlin"
cd "$root"
RUSTC=$work/bin/rustc \
RUSTC_WRAPPER= \
RUSTC_BOOTSTRAP=1 \
CARGO_TARGET_DIR=$work/target \
CC_aarch64_linux_android=$work/bin/cc \
AR_aarch64_linux_android=$work/bin/ar \
OPENSSL_NO_VENDOR=1 \
OPENSSL_LIB_DIR=$work/openssl/lib \
OPENSSL_INCLUDE_DIR=$work/openssl/include \
WRY_ANDROID_PACKAGE=fr.palier.tablette \
WRY_ANDROID_LIBRARY=palier_app \
WRY_ANDROID_KOTLIN_FILES_OUT_DIR=$work/kotlin \
TAURI_ANDROID_PROJECT_PATH=$root/src-tauri/gen/android \
    cargo check --locked -p palier-app --lib -Zbuild-std=std,panic_abort --target aarch64-linux-android "$@"
echo "check-android: the application type-checks for aarch64-linux-android"
