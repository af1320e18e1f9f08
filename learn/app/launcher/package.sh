# shellcheck shell=bash
# Sourced by latticelift: `latticelift package`, an archive that runs where there is a Java and nothing else.

run_package() { # run_package [--engine] [--runtime] [--out FOLDER]
  local with_engine='' with_runtime='' out=$PWD
  while (($#)); do
    case $1 in
      --engine) with_engine=-engine ;;
      --runtime) with_runtime=-runtime ;;
      --out=*) out=${1#--out=} ;;
      --out)
        (($# > 1)) || die 64 "no folder (--out): --out FOLDER. Complete it"
        out=$2
        shift
        ;;
      *) die 64 "unknown option $1 (package): --engine, --runtime, --out FOLDER. Correct it" ;;
    esac
    shift
  done
  [[ -z $packaged ]] || die 69 "no sources ($root): a package is made from the sources. Take a checkout"
  need_jdk
  need_maven
  [[ -z $with_engine ]] || need_engine
  mkdir -p "$out" "$state" 2>/dev/null || true
  [[ -d $out && -w $out && -w $state ]] || die 73 "cannot write ($out, $state): writable folders. Make them writable"
  local version work name archive
  version=$(sed -n 's/.*<version>\(.*\)<\/version>.*/\1/p' "$root/pom.xml" | head -n 1)
  name=latticelift-$version
  work=$(mktemp -d) # not among the sources
  archive=$name$with_engine$with_runtime.tar.gz
  # shellcheck disable=SC2064 # the folder of this call
  trap "rm -rf '$work' $(printf '%q' "$out")/.latticelift.$$.*" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  build_apart "$work/sources" # so that no class of an earlier build is in it
  mkdir "$work/$name"
  fill_package "$work/sources" "$work/$name"
  [[ -z $with_engine ]] || add_engine "$work/$name"
  [[ -z $with_runtime ]] || make_runtime "$work/$name"
  pack "$work" "$name" "$archive"
  publish "$work/$archive" "$out/$archive"
  publish "$work/$archive.sha256" "$out/$archive.sha256"
  publish_wheel "$work" "$out"
  say "$(($(stat -c %s "$out/$archive") >> 20)) MiB: $out/$archive"
}

need_engine() { # the library of the training engine, fetched in a process of its own
  compgen -G "$engine/*.jar" >/dev/null || "$root/latticelift" setup djl
}

build_apart() { # build_apart FOLDER: builds a copy of the sources, with the transports ffm where the JDK has foreign functions and openmpi where that is set up
  local log=$state/package.log
  mkdir -p "$1/.latticelift/mpi"
  (cd "$root" && tar --exclude=target --exclude='.qt*' -cf - .mvn pom.xml io mpi-sim learn) | tar -xf - -C "$1"
  [[ ! -e $state/mpi/openmpi ]] || cp -r "$state/mpi/openmpi" "$1/.latticelift/mpi"
  say "building a package with JDK $jdk_version; log: $log"
  if ! (cd "$1" && JAVA_HOME=$jdk MAVEN_OPTS="${MAVEN_OPTS:-} $(quiet_flags)" "$maven" -B -ntp -q -DskipTests \
    "${lean[@]}" -Dbuild.noengine -Ppackage package) >"$log" 2>&1; then
    die 69 "the build failed ($log): Maven says '$(first_mistake "$log")'. Correct the cause and start again"
  fi
}

fill_package() { # fill_package SOURCES FOLDER
  local each jar
  mkdir -p "$2/lib" "$2/learn/app"
  cp "$1"/{io,mpi-sim,learn,learn/app,learn/bench}/target/*-[0-9]*.jar "$1"/learn/app/target/lib/*.jar "$2/lib"
  rm -f "$2"/lib/*-tests.jar "$2"/lib/*-test-sources.jar
  if compgen -G "$1/mpi-sim/ffm/target/ffm-[0-9]*.jar" >/dev/null; then
    mkdir -p "$2/lib/transports/ffm"
    cp "$1"/mpi-sim/ffm/target/ffm-[0-9]*.jar "$2/lib/transports/ffm"
  else
    say "without the transport ffm, which is built with a JDK >= $ffm_java (JAVA_HOME)"
  fi
  if compgen -G "$1/mpi-sim/openmpi/target/openmpi-[0-9]*.jar" >/dev/null; then
    mkdir -p "$2/lib/transports/openmpi"
    cp "$1"/mpi-sim/openmpi/target/openmpi-[0-9]*.jar "$state/mpi/openmpi/mpi.jar" "$2/lib/transports/openmpi"
    rm -f "$2"/lib/transports/openmpi/*-tests.jar
    list_part "$1/learn/app/target/bom.json" library 'Java bindings of Open MPI' '' BSD-3-Clause-Open-MPI "$state/mpi/openmpi/mpi.jar"
  else
    say 'without the transport openmpi, which is not set up here (mpi-sim/setup-mpi openmpi)'
  fi
  cp -r "$root/learn/app/launcher" "$2/learn/app/launcher"
  for each in latticelift README.md LICENSE NOTICE CHANGELOG.md CITATION.cff configs docs slurm; do cp -r "$root/$each" "$2/$each"; done
  mkdir -p "$2/io/python/latticelift"
  cp "$root"/io/python/*.{py,toml} "$2/io/python"
  cp "$root"/io/python/latticelift/{*.py,py.typed} "$2/io/python/latticelift"
  cp -r "$root/packaging/licences" "$2/licences"
  cp -r "$root/packaging/modulefiles" "$2/modulefiles"
  cp "$1/learn/app/target/bom.json" "$2/sbom.cdx.json"
  commit >"$2/commit"
  for jar in "$2"/lib/*.jar; do licences_of "$jar" "$2/licences/$(basename "$jar" .jar)"; done
}

licences_of() { # licences_of JAR FOLDER: what a jar says of its own licence
  mkdir "$2"
  (cd "$2" && "$jdk/bin/jar" --extract --file "$1" META-INF/LICENSE META-INF/LICENSE.txt META-INF/NOTICE META-INF/NOTICE.txt)
  if [[ -d $2/META-INF ]]; then
    mv "$2"/META-INF/* "$2"
    rmdir "$2/META-INF"
  else
    rmdir "$2"
  fi
}

# Adds to the bill of materials what Maven does not build with.
list_part() { # list_part SBOM TYPE NAME VERSION LICENCE [FILE]: an empty version is left out
  local entry="\"type\" : \"$2\", \"name\" : \"$3\", \"licenses\" : [ { \"license\" : { \"id\" : \"$5\" } } ]"
  [[ -z $4 ]] || entry+=", \"version\" : \"$4\""
  [[ -z ${6:-} ]] || entry+=", \"hashes\" : [ { \"alg\" : \"SHA-256\", \"content\" : \"$(sha256sum <"$6" | cut -d ' ' -f 1)\" } ]"
  sed -i '/^  "components" : \[$/r /dev/stdin' "$1" <<<"    { $entry },"
}

add_engine() { # add_engine FOLDER: the library of the training engine
  local jar version
  jar=$(compgen -G "$engine/*.jar" | head -n 1)
  version=$(sed -n 's/.*<pytorch\.version>\(.*\)<.*/\1/p' "$root/pom.xml")
  install -D -m 644 "$engine"/*.jar -t "$1/engine"
  list_part "$1/sbom.cdx.json" library pytorch-native-cpu "$version" BSD-3-Clause "$jar"
}

make_runtime() { # make_runtime FOLDER: a Java with what the program uses, in a folder of it
  [[ -x $jdk/bin/jlink ]] || die 69 "no jlink ($jdk): a full JDK. Set JAVA_HOME to one, or leave --runtime out"
  "$jdk/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.management,jdk.zipfs,jdk.incubator.vector --strip-debug \
    --no-header-files --no-man-pages --compress=2 --output "$1/runtime" >"$state/package.log" 2>&1 ||
    die 69 "no runtime could be made ($state/package.log): see the log"
  list_part "$1/sbom.cdx.json" platform OpenJDK "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/runtime/release")" GPL-2.0-with-classpath-exception
}

pack() { # pack FOLDER NAME ARCHIVE: in that folder, with its SHA-256; equal content gives equal bytes
  local epoch
  epoch=$(date -u -d "$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' "$root/pom.xml")" +%s)
  tar -C "$1" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$epoch" --mode='u=rwX,go=rX' -cf - "$2" |
    gzip -n -9 >"$1/$3"
  (cd "$1" && sha256sum "$3" >"$3.sha256")
}

publish_wheel() { # publish_wheel FOLDER OUT: the Python package, beside the archive
  local wheel
  if ! command -v python3 >/dev/null; then
    say 'without the wheel of the Python package: no python3'
    return
  fi
  wheel=$(python3 -B "$root/io/python/wheel_of_latticelift.py" "$1")
  publish "$1/$wheel" "$2/$wheel"
  say "$2/$wheel"
}

publish() { # publish FILE TARGET: never half of it under its name
  local beside
  beside=$(dirname "$2")/.latticelift.$$.$(basename "$2")
  cp "$1" "$beside"
  mv -fT "$beside" "$2"
}
