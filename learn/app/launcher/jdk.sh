# shellcheck shell=bash
# Sourced by latticelift: the JDK and Maven of this machine.

readonly min_java=17 ffm_java=22 min_maven=3.9

jdk_major() { # jdk_major HOME: prints the feature version of a JDK, nothing if it is none; a package needs no compiler
  [[ -x $1/bin/java && (-n $packaged || -x $1/bin/javac) ]] || return 0
  local version=''
  [[ -r $1/release ]] && version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release")
  [[ -n $version ]] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p')
  printf '%s' "$version"
}

jdk_candidates() {
  [[ ! -d $root/runtime ]] || printf '%s\n' "$root/runtime"
  [[ -z ${JAVA_HOME:-} ]] || printf '%s\n' "$JAVA_HOME"
  local tool path
  for tool in javac java; do
    path=$(command -v "$tool" || true)
    [[ -z $path ]] || (cd -P "$(dirname "$(readlink -f "$path")")/.." && pwd)
  done
  for path in /usr/lib/jvm/*/; do printf '%s\n' "${path%/}"; done | sort -rV
}

find_jdk() { # sets jdk and jdk_version; fails without a message when there is none
  local home major
  jdk='' jdk_version=0
  while IFS= read -r home; do
    major=$(jdk_major "$home")
    if ((${major:-0} >= min_java)); then
      jdk=$home jdk_version=$major
      break
    fi
  done < <(jdk_candidates)
  [[ -n $jdk ]] || return 1
  say_other_java
}

java_home_told=''
say_other_java() { # once, where JAVA_HOME names another Java than the one that is used
  [[ -n ${JAVA_HOME:-} && $jdk != "$JAVA_HOME" && -z $java_home_told ]] && ! is_rank || return 0
  java_home_told=yes
  local major
  major=$(jdk_major "$JAVA_HOME")
  if ((${major:-0} >= min_java)); then
    say "JAVA_HOME=$JAVA_HOME is not used: this package has a Java of its own, $jdk"
  else
    say "JAVA_HOME=$JAVA_HOME is not a JDK $min_java or newer; using $jdk"
  fi
}

need_jdk() {
  if [[ -n $packaged ]]; then
    find_jdk || die 69 "no Java found (JAVA_HOME, PATH, /usr/lib/jvm): Java >= $min_java. Load a module, \
set JAVA_HOME, or take the package with a runtime"
    return
  fi
  find_jdk || { install_tool default-jdk-headless && find_jdk; } ||
    die 69 "no JDK found (JAVA_HOME, PATH, /usr/lib/jvm): a JDK >= $min_java with javac is needed. Install one \
($(remedy default-jdk-headless)) or set JAVA_HOME"
}

install_tool() { # install_tool PACKAGE: with consent
  ! is_rank || return 1
  mkdir -p "$state" 2>/dev/null || return 1
  install_packages "$state/apt.log" "$1"
}

find_maven() { # sets maven and maven_version; fails without a message when there is none; needs jdk
  maven='' maven_version=''
  if [[ -n ${MAVEN_HOME:-} && -x $MAVEN_HOME/bin/mvn ]]; then maven=$MAVEN_HOME/bin/mvn; else maven=$(command -v mvn || true); fi
  [[ -n $maven ]] || return 1
  maven_version=$(cd / && JAVA_HOME=$jdk "$maven" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
  [[ -n $maven_version && $(printf '%s\n' "$min_maven" "$maven_version" | sort -V | head -n 1) == "$min_maven" ]]
}

need_maven() {
  find_maven || { [[ -z $maven_version ]] && install_tool maven && find_maven; } ||
    die 69 "no usable Maven${maven_version:+, only $maven_version} (MAVEN_HOME, PATH): Maven >= $min_maven is needed \
to build. Install it ($(remedy maven)) or set MAVEN_HOME"
}

run_maven() { # run_maven ARGS: in the root folder, with the JDK that was found
  (cd "$root" && JAVA_HOME=$jdk MAVEN_OPTS="${MAVEN_OPTS:-} $(quiet_flags)" "$maven" -B -ntp "$@")
}

quiet_flags() { # what newer JDKs need to load native libraries without a warning
  if ((jdk_version >= ffm_java)); then printf '%s' '--enable-native-access=ALL-UNNAMED'; fi
  if ((jdk_version >= 24)); then printf '%s' ' --sun-misc-unsafe-memory-access=allow'; fi
}
