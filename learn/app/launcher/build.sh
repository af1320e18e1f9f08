# shellcheck shell=bash
# Sourced by latticelift: builds when the sources are newer than the build.

# Without the gates: warnings as errors, Javadoc, format. `mvn verify` has them.
readonly lean=(-Dbuild.lean -Dbuild.warnings=-nowarn -Dbuild.doclint=-Xdoclint:none)

is_fresh() { # is there a build, and is no source newer?
  local stamp=$state/current/built
  [[ -e $stamp ]] || return 1
  [[ ! $state/mpi/openmpi/mpi.jar -nt $stamp && ! $state/mpi/mpj/mpj.jar -nt $stamp ]] || return 1
  [[ ! $state/nd4j/wanted -nt $stamp && ! $state/nd4j/cuda -nt $stamp ]] || return 1
  ((jdk_version < ffm_java)) || [[ -d $state/current/transports/ffm ]] || return 1 # it was built with an older JDK
  local newer
  newer=$(cd "$root" && find pom.xml io mpi-sim learn \( -name target -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/*' \) -newer "$stamp" -print -quit)
  [[ -z $newer ]]
}

lock_build() { # one build or test at a time in this folder; Maven inherits the lock, so it lasts as long as Maven does
  [[ ${LATTICELIFT_LOCKED:-} != "$root" ]] || return 0
  mkdir -p "$state" 2>/dev/null || true
  [[ -w $state ]] || die 73 "cannot build ($root): the folder must be writable for the \
first start and after changes. Make it writable or copy it"
  exec 8>"$state/lock"
  if ! flock --nonblock 8; then
    is_rank || say "waiting for another build or test in $root"
    flock 8
  fi
  export LATTICELIFT_LOCKED=$root
}

unlock_build() {
  [[ -z ${LATTICELIFT_LOCKED:-} ]] || exec 8>&-
  unset LATTICELIFT_LOCKED
}

first_mistake() { # first_mistake LOG: what Maven names as an error before anything else; of a download the cause alone
  local line
  line=$(sed -n 's/^\[ERROR\] *//; t found; b; :found; /[^[:space:]]/ { p; q }' "$1")
  line=${line% -> \[Help *}
  if [[ $line == *': transfer failed for '* ]]; then line=${line##*: transfer failed for } line=${line#* }; fi
  printf '%s' "${line:-$(tail -n 1 "$1")}"
}

new_stamp() { # prints a file whose time is before any source is read; for install_app
  rm -f "$state"/stamp.*
  mktemp "$state/stamp.XXXXXX"
}

clear_jars() { # of former builds with another version, which would be taken, too; those of this one stay, so that what has not changed is not compiled again
  local version
  version=$(sed -n 's|.*<version>\(.*\)</version>.*|\1|p; /<version>/q' "$root/pom.xml")
  (cd "$root" && find io mpi-sim learn -path '*/target/*.jar' \( -path '*/lib/*' -o ! -name "*-$version.jar" ! -name "*-$version-tests.jar" \) -delete)
}

build() { # build unless it is fresh
  is_fresh && return
  lock_build
  if ! is_fresh; then
    need_maven
    local started=$SECONDS log=$state/build.log why='sources have changed' app stamp
    [[ -e $state/current ]] || why='first start; Maven downloads about 75 MB that it does not have yet'
    say "building with JDK $jdk_version ($why); log: $log"
    stamp=$(new_stamp)
    clear_jars
    if ! run_maven -q -DskipTests "${lean[@]}" -Dbuild.noengine package >"$log" 2>&1; then
      rm -f "$stamp"
      die 69 "the build failed ($log): Maven says '$(first_mistake "$log")'. Correct the cause and start again"
    fi
    app=$(install_app "$stamp")
    share_classes "$app" "$log"
    say "built in $((SECONDS - started)) s: ${app#"$root"/}"
  fi
  unlock_build
}
