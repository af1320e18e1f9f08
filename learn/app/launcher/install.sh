# shellcheck shell=bash
# Sourced by latticelift: puts what Maven has built into a folder that programs run from.

install_app() { # install_app STAMP: a folder of jars of its own, so that a later build does not pull jars from under a running job
  local app
  app=$(mktemp -d "$state/app-$(date +%Y%m%d-%H%M%S)-XXXX")
  chmod 755 "$app"
  mkdir "$app/bench"
  cp "$root"/io/target/io-*.jar "$root"/mpi-sim/target/mpi-sim-*.jar "$root"/learn/target/learn-*.jar \
    "$root"/learn/app/target/app-*.jar "$root"/learn/bench/target/bench-*.jar "$app"
  rm -f "$app"/*-tests.jar "$app"/*-test-sources.jar
  cp -lf "$root"/learn/app/target/lib/*.jar "$app" 2>/dev/null || cp -f "$root"/learn/app/target/lib/*.jar "$app"
  cp "$root"/learn/bench/target/lib/*.jar "$app/bench"
  local transport
  if compgen -G "$root/mpi-sim/ffm/target/ffm-[0-9]*.jar" >/dev/null; then
    mkdir -p "$app/transports/ffm"
    cp "$root"/mpi-sim/ffm/target/ffm-[0-9]*.jar "$app/transports/ffm"
  fi
  for transport in openmpi mpj; do # each in a class loader of its own, so not beside the others
    if [[ -e $root/mpi-sim/$transport/target && -e $state/mpi/$transport ]]; then
      mkdir -p "$app/transports/$transport"
      cp -r "$root/mpi-sim/$transport/target/$transport"-*.jar "$state/mpi/$transport"/* "$app/transports/$transport"
    fi
  done
  install_kernels "$app"
  chmod 644 "$1"
  mv "$1" "$app/built"
  ln -sfn "$(basename "$app")" "$state/current.new"
  mv -fT "$state/current.new" "$state/current"
  find "$state" -maxdepth 1 -name 'app-*' -mtime +30 ! -path "$app" -exec rm -rf {} +
  printf '%s' "$app"
}

install_kernels() { # install_kernels FOLDER: the optional ensemble kernels, beside each other, without jars that are there already
  local target=$root/learn/nd4j/target kernel jar
  [[ -e $state/nd4j/wanted && -d $target/lib ]] || return 0
  for kernel in nd4j nd4j-cuda; do
    [[ $kernel == nd4j || -e $state/nd4j/cuda ]] || continue
    mkdir -p "$1/kernels/$kernel"
    for jar in "$target"/nd4j-*.jar "$target"/lib/*.jar; do
      [[ ! -e $1/${jar##*/} ]] || continue
      case $kernel:${jar##*/} in
        nd4j:nd4j-cuda-* | nd4j-cuda:nd4j-native-[0-9]*) ;; # one backend for each
        *) cp -lf "$jar" "$1/kernels/$kernel" 2>/dev/null || cp -f "$jar" "$1/kernels/$kernel" ;;
      esac
    done
  done
}
