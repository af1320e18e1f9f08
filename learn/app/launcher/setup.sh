# shellcheck shell=bash
# Sourced by latticelift: `latticelift setup`, which fetches or builds optional parts, each at the user's wish.

run_setup() { # run_setup PART [ARGS]
  [[ -z $packaged || ${1:-} == djl ]] || die 69 "this is a package ($root): optional parts are set up in the sources. Take a checkout"
  case ${1:-} in
    djl) setup_djl ;;
    mpi) exec "$root/mpi-sim/setup-mpi" "${@:2}" ;;
    nd4j) exec "$root/learn/nd4j/setup" "${@:2}" ;;
    *) die 64 "no optional part '${1:-}' (setup): djl, the library of the training engine; mpi, the transports; nd4j, the \
kernel. Name one of them" ;;
  esac
}

setup_djl() { # the library of the training engine, from Maven's registry into the folder from which runs load it
  if compgen -G "$engine/*.jar" >/dev/null; then
    say "the training engine is here already: $engine"
    return
  fi
  [[ -z $packaged ]] || die 69 "this package has no training engine ($engine): the variant with it, or the jar pytorch-native-cpu \
in that folder. Take the variant, or train with train.engine: java"
  need_jdk
  need_maven
  lock_build # two would write the same file
  if compgen -G "$engine/*.jar" >/dev/null; then return; fi
  rm -rf "$engine.new"
  mkdir -p "$engine" 2>/dev/null || die 73 "cannot write ($engine): a writable folder. Make it writable"
  local version log=$state/engine.log
  version=$(sed -n 's/.*<pytorch\.version>\(.*\)<.*/\1/p' "$root/pom.xml")
  say "fetching the library of the training engine, PyTorch $version, 112 MB; log: $log"
  if ! run_maven -q -N dependency:copy "-Dartifact=ai.djl.pytorch:pytorch-native-cpu:$version:jar:linux-x86_64" \
    "-DoutputDirectory=$engine.new" >"$log" 2>&1; then
    rm -rf "$engine.new"
    die 69 "cannot fetch the training engine ($log): Maven says '$(first_mistake "$log")'. Try again where there is a \
network, or train with train.engine: java"
  fi
  mv "$engine.new"/*.jar "$engine"
  rmdir "$engine.new"
}
