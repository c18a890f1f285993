# A real Swift compiler for the tests. Sourced by ./dev, whose say, need and
# as_root it uses.
#
# A swiftc on PATH is used as it is. Where there is none, Debian's (the suite
# below has one, older ones have not) is laid out with all the libraries that it
# was built against in a folder of its own: it replaces nothing on the machine.

swift_suite=trixie

# set_up_swift PLACE BIN: leaves BIN/swiftc-for-tests, and BIN/run-for-tests for
# what it links. Fails, saying what is lacking, when there can be no compiler.
set_up_swift() {
  local place=$1 bin=$2 how here
  here=$(dirname "${BASH_SOURCE[0]}")
  mkdir -p "$bin"
  if command -v swiftc >/dev/null 2>&1; then
    how=installed
  else
    [ -x "$place/usr/bin/swiftc" ] || lay_out_swift "$place" || {
      rm -f "$bin/swiftc-for-tests" "$bin/run-for-tests"
      say "no Swift compiler: tests that need one are skipped." \
        "Put a swiftc (6.0 or later) on PATH to run them."
      return 1
    }
    how=$(way_in)
    [ "$how" != loader ] || say "this machine allows no mount namespaces:" \
      "the Swift compiler type-checks, but links and runs no programs"
  fi
  for name in swiftc run; do
    sed -e "s|@HOW@|$how|" -e "s|@ROOT@|$place|" -e "s|@WHAT@|$name|" \
      "$here/enter.sh.in" >"$bin/$name-for-tests.new"
    chmod +x "$bin/$name-for-tests.new"
    mv "$bin/$name-for-tests.new" "$bin/$name-for-tests"
  done
}

way_in() {
  if unshare -m true 2>/dev/null; then
    printf namespace
  elif unshare -Urm true 2>/dev/null; then
    printf user-namespace
  else
    printf loader
  fi
}

lay_out_swift() {
  local place=$1 mirror=${RINGFENCE_DEBIAN_MIRROR:-http://deb.debian.org/debian}
  if [ "$(uname)" != Linux ]; then
    say "install Xcode or its command-line tools for a Swift compiler"
    return 1
  fi
  need swift
  command -v debootstrap >/dev/null 2>&1 || [ -x /usr/sbin/debootstrap ] || {
    say "debootstrap, which would lay out a Swift compiler, is not installed"
    return 1
  }
  say "laying out the Swift compiler of Debian $swift_suite in $place" \
    "(once: some two minutes and 3 GB)"
  mkdir -p "$(dirname "$place")"
  as_root rm -rf "$place.partial"
  as_root env PATH="$PATH:/usr/sbin:/sbin" debootstrap --variant=minbase \
    --include=swiftlang,libc6-dev "$swift_suite" "$place.partial" "$mirror" \
    >"$place.log" 2>&1 || {
    say "debootstrap failed; the end of $place.log:"
    tail -n 5 "$place.log" >&2
    return 1
  }
  as_root rm -rf "$place.partial"/var/cache/apt/archives/*.deb
  as_root mv "$place.partial" "$place"
}
