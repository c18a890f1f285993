#!/usr/bin/env bash
# VS Code itself, in a browser that nobody looks at: installs the extension, opens
# an app, takes the fix behind the light bulb and saves it. `./dev editor-test`
# calls it; it is no part of ./dev test, since VS Code is a download of some
# hundred megabytes and its native modules take minutes to build.
#
# usage: run.sh RINGFENCE CACHE CLIENTS PICTURES
#
# CACHE keeps VS Code between runs, CLIENTS is the node_modules of test/clients,
# PICTURES is where the screenshots go. Needs Node.js 20, which code-server pins.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
ringfence=$1 cache=$2 clients=$3 pictures=$4
port=${RINGFENCE_EDITOR_PORT:-18433}

say() { printf '%s\n' "editor-test: $*" >&2; }

case $(node --version) in
v20.*) ;;
*)
  say "code-server of this age runs on Node.js 20 only; this is $(node --version)"
  exit 1
  ;;
esac

# code-server's own install step fetches programs from elsewhere and compiles
# everything; what this test needs of it is done here.
set_up_code_server() {
  local code=$cache/node_modules/code-server/lib/vscode module gyp
  cmp -s "$here/package-lock.json" "$cache/built" && return
  say "fetching and building VS Code into $cache; this takes some minutes"
  rm -rf "$cache"
  mkdir -p "$cache"
  cp "$here/package.json" "$here/package-lock.json" "$cache"
  gyp=$(dirname "$(readlink -f "$(command -v npm)")")/../node_modules/node-gyp/bin/node-gyp.js
  [ -f "$gyp" ] || gyp=$(find /usr/share /usr/lib -path '*node-gyp/bin/node-gyp.js' | head -n 1)
  (cd "$cache" && npm ci --ignore-scripts --no-audit --no-fund)
  (cd "$code" && npm install --omit=dev --ignore-scripts --legacy-peer-deps --no-audit --no-fund)
  (cd "$code/extensions" && npm install --omit=dev --ignore-scripts --no-audit --no-fund)
  for module in node-pty @vscode/spdlog @parcel/watcher native-watchdog kerberos \
    @vscode/deviceid @vscode/native-watchdog; do
    [ -f "$code/node_modules/$module/binding.gyp" ] || continue
    (cd "$code/node_modules/$module" && node "$gyp" rebuild --nodedir=/usr)
  done
  (cd "$cache" && npm rebuild argon2 --build-from-source --foreground-scripts)
  mkdir -p "$code/node_modules/@vscode/ripgrep/bin"
  ln -sf "$(command -v rg)" "$code/node_modules/@vscode/ripgrep/bin/rg"
  ln -sfn node_modules "$code/node_modules.asar"
  cp "$here/package-lock.json" "$cache/built"
}

mkdir -p "$cache"
set_up_code_server >"$cache.log" 2>&1 || {
  tail -n 20 "$cache.log" >&2
  say "VS Code could not be set up; all of it in $cache.log"
  exit 1
}

scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
code=(node "$cache/node_modules/code-server/out/node/entry.js"
  --user-data-dir "$scratch/data" --extensions-dir "$scratch/extensions")

# The extension, packed as its users pack it.
cp -R "$root/tool/lsp/vscode" "$scratch/extension"
(
  cd "$scratch/extension"
  rm -rf node_modules
  npm ci --ignore-scripts --no-audit --no-fund
  npx vsce package --skip-license --out "$scratch/ringfence.vsix"
) >"$scratch/pack.log" 2>&1 || {
  cat "$scratch/pack.log" >&2
  exit 1
}

cp -R "$root/test/apps/Courier" "$scratch/Courier"
mkdir -p "$scratch/data/User" "$pictures"
cat >"$scratch/data/User/settings.json" <<JSON
{
  "ringfence.path": "$ringfence",
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "chat.disableAIFeatures": true
}
JSON
"${code[@]}" --install-extension "$scratch/ringfence.vsix" >"$scratch/install.log" 2>&1 || {
  cat "$scratch/install.log" >&2
  exit 1
}
"${code[@]}" --auth none --bind-addr "127.0.0.1:$port" --disable-telemetry \
  --disable-update-check "$scratch/Courier" >"$scratch/server.log" 2>&1 &
server=$!
for _ in $(seq 60); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  sleep 0.5
done

NODE_PATH=$clients node "$here/browse.js" \
  "http://127.0.0.1:$port/?folder=$scratch/Courier" "$pictures" PushService.swift 49

# What VS Code saved is what the fix promises.
status=0
findings=$(cd "$scratch/Courier" && "$ringfence" check 2>"$scratch/check.log") || status=$?
[ "$status" -le 1 ] || {
  cat "$scratch/check.log" >&2
  exit "$status"
}
# grep counts none with status 1.
left=$(printf '%s\n' "$findings" | grep -c ': error: ') || [ "$left" = 0 ]
say "$left errors left"
[ "$left" = 0 ]
