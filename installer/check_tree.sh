#!/usr/bin/env bash
# Installs a build tree into a directory of its own and says what is missing there.
set -euo pipefail
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
DESTDIR=$tree cmake --install "$1" --prefix /usr >/dev/null
missing=0
for file in bin/millrace bin/millraced share/millrace/examples/weblog.conf share/doc/millrace/README.md \
    share/doc/millrace/docs/file-format.md share/applications/io.github.millrace.Millrace.desktop \
    share/metainfo/io.github.millrace.Millrace.metainfo.xml \
    share/icons/hicolor/scalable/apps/io.github.millrace.Millrace.svg; do
    [ -s "$tree/usr/$file" ] || { echo "missing: /usr/$file" >&2; missing=1; }
done
# The installed program needs nothing of the build tree.
cd / && "$tree/usr/bin/millraced" check "$tree/usr/share/millrace/examples/weblog.conf" >/dev/null
exit $missing
