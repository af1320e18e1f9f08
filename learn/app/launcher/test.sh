# shellcheck shell=bash
# Sourced by latticelift: `latticelift test`.

missing_checkers() { # prints the packages of what checks our files from outside, and of the documents' snippets, that are not there
  command -v h5dump >/dev/null || echo hdf5-tools
  command -v pvpython >/dev/null || printf '%s\n' paraview python3-paraview
  command -v xvfb-run >/dev/null || echo xvfb
  command -v xauth >/dev/null || echo xauth
  ((jdk_version < ffm_java)) || command -v mpiexec.hydra >/dev/null || echo mpich
  local module
  for module in h5py ase xarray h5netcdf matplotlib; do # apt's Python, whichever is first on the PATH
    /usr/bin/python3 -c "import $module" 2>/dev/null || echo "python3-$module"
  done
}

prepare_tests() { # what is missing, installed with consent; else the tests that need it are skipped
  local missing transport
  mapfile -t missing < <(missing_checkers; "$root/mpi-sim/setup-mpi" --missing)
  if ((${#missing[@]})) && ! install_packages "$state/apt.log" "${missing[@]}"; then
    say "not installed: ${missing[*]}. The tests that need them are skipped and named; $(remedy "${missing[@]}")"
    export LATTICELIFT_INSTALL=0
  fi
  for transport in openmpi mpj $( ((jdk_version < ffm_java)) || echo ffm); do
    "$root/mpi-sim/setup-mpi" "$transport" || true # it has said why not
  done
}

name_missing_modules() { # a line for each optional module that Maven does not build
  local transport
  ((jdk_version >= ffm_java)) || echo "not run: mpi-sim/ffm: needs a JDK >= $ffm_java, this is $jdk_version; JAVA_HOME names another"
  for transport in openmpi mpj; do
    has_transport "$transport" ||
      echo "not run: mpi-sim/$transport: no transport $transport here; 'mpi-sim/setup-mpi --install $transport' prepares it"
  done
  [[ -e $state/nd4j/wanted ]] || echo "not run: learn/nd4j: not asked for; 'learn/nd4j/setup' does, and 130 MB are downloaded"
}

clock() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

# A line for each class of tests, and for every half minute in which none ends; on a terminal one line that keeps counting.
show_progress() { # reads what Maven says
  local line rest='' module='' doing='Maven starts' tests=0 failing='' every=30 told=$SECONDS
  [[ ! -t 1 ]] || every=1
  while true; do
    if IFS= read -r -t 1 line; then
      follow "$rest$line"
      rest=''
    elif (($? > 128)); then
      rest+=$line # no whole line within a second
    else
      break
    fi
    ((SECONDS - told < every)) || progress "$doing ..."
  done
  [[ ! -t 1 ]] || printf '\r\e[K'
}

progress() { # progress WHAT
  local line
  printf -v line '%6s  %-16s %5d tests  %s' "$(clock)" "$module" "$tests" "$1"
  if [[ -t 1 ]]; then printf '\r\e[K%s' "${line:0:${COLUMNS:-100}-1}"; else printf '%s\n' "$line"; fi
  told=$SECONDS
}

tell() { # tell LINE: one that stays, on a terminal too
  [[ ! -t 1 ]] || printf '\r\e[K'
  printf '%s\n' "$1"
}

follow() { # follow LINE: of Maven's output; changes what show_progress knows
  local ended='^\[[A-Z]+\] Tests run: ([0-9]+),.* Time elapsed: ([0-9.]+) s.* in (.*\.)?([^.]+)$'
  if [[ $1 =~ ^\[INFO\]\ Building\ LatticeLift\ ([a-z].*)\ [0-9][^\ ]*(\ .*)?$ ]]; then
    module=${BASH_REMATCH[1]} doing=compiling
    progress compiling
  elif [[ $1 =~ ^\[INFO\]\ Running\ (.*\.)?([^.]+)$ ]]; then
    doing=${BASH_REMATCH[2]} failing=''
    [[ ! -t 1 ]] || progress "$doing"
  elif [[ $1 =~ $ended ]]; then
    tests=$((tests + BASH_REMATCH[1])) failing='' doing='Maven goes on'
    progress "${BASH_REMATCH[4]}: ${BASH_REMATCH[1]} in ${BASH_REMATCH[2]} s"
  elif [[ $1 =~ ^\[ERROR\]\ (.*)\ --\ Time\ elapsed:.*\<\<\<\ (FAILURE|ERROR)! ]]; then
    tell "FAILED  ${BASH_REMATCH[1]}"
    failing=1
  elif [[ -n $failing && -n $1 && ! $1 =~ ^(\[|[[:space:]]+at ) ]]; then
    tell "        $1" # what the test says, without where
  fi
}

summarise() { # summarise NOT_RUN: from surefire's reports: a line per module, the skipped tests by name, NOT_RUN, the total; fails if a test failed or none ran
  local reports
  mapfile -t reports < <(find "$root"/io "$root"/mpi-sim "$root"/learn -path '*/surefire-reports/TEST-*.xml' | sort)
  ((${#reports[@]})) || { echo '0 passed, 0 failed, 0 skipped'; return 1; }
  awk -v root="$root/" -v q="'" -v not_run="$1" '
    function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
    function plain(text) { # of an attribute, on one line
      gsub(/&#10;|&#9;/, " ", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#39;|&apos;/, q, text)
      gsub(/&amp;/, "\\&", text); gsub(/  +/, " ", text); sub(/^ /, "", text)
      return length(text) > 300 ? substr(text, 1, 300) " ..." : text }
    FNR == 1 { module = substr(FILENAME, length(root) + 1); sub("/target/.*", "", module)
               if (!(module in tests)) { order[++modules] = module; tests[module] = 0 } }
    /<testsuite / { tests[module] += attribute("tests"); seconds[module] += attribute("time"); skips[module] += attribute("skipped")
                    bad[module] += attribute("errors") + attribute("failures") }
    /<testcase / { test = attribute("classname") "." attribute("name") }
    /<skipped/ { why = attribute("message")
                 if (why == "") { why = $0; sub(/.*TestAbortedException: (Assumption failed: )?/, "", why); sub(/\]\]>.*/, "", why) }
                 skipped[++skip_count] = test ": " why }
    /<failure|<error/ { report = substr(FILENAME, length(root) + 1); sub("TEST-", "", report); sub(/xml$/, "txt", report)
                        failed[++fail_count] = test ": " plain(attribute("message")) " (" report ")" }
    END {
      print ""
      for (i = 1; i <= modules; i++) { m = order[i]
        printf "%-14s %5d passed, %d failed, %d skipped (%.0f s)\n", m, tests[m] - bad[m] - skips[m], bad[m], skips[m], seconds[m]
        t += tests[m]; b += bad[m]; s += skips[m] }
      for (i = 1; i <= fail_count; i++) print "failed:  " failed[i]
      for (i = 1; i <= skip_count; i++) print "skipped: " skipped[i]
      if (not_run != "") print not_run
      printf "%d passed, %d failed, %d skipped%s\n", t - b - s, b, s, not_run == "" ? "" : ", " split(not_run, lines, "\n") " modules not run"
      exit b > 0
    }' "${reports[@]}"
}

has_all_modules() { # has_all_modules MAVEN ARGS: does Maven build all of the program with these?
  local word
  for word in "$@"; do
    [[ $word == -D* || $word == clean ]] || return 1
  done
}

run_test() { # run_test [--fast] [--install] [MAVEN ARGS]; what was tested is then the build that runs
  local groups=(-Dtest.excludedGroups=campaign) status=0 log=$state/test.log stamp app not_run=''
  while [[ ${1:-} == --fast || ${1:-} == --install ]]; do
    if [[ $1 == --fast ]]; then groups=(); else export LATTICELIFT_INSTALL=1; fi
    shift
  done
  [[ -z $packaged ]] || die 69 "no sources ($root): the tests need them. Take a checkout"
  need_jdk
  need_maven
  lock_build
  prepare_tests
  find "$root"/io "$root"/mpi-sim "$root"/learn -path '*/target/surefire-reports' -prune -exec rm -rf {} +
  java_environment
  say "testing with JDK $jdk_version (Maven downloads about 200 MB that it does not have yet); log: $log"
  stamp=$(new_stamp)
  clear_jars
  SECONDS=0
  if run_maven "${groups[@]}" -Dmaven.test.failure.ignore=true "$@" package 2>&1 | tee "$log" | show_progress; then
    if has_all_modules "$@"; then
      app=$(install_app "$stamp")
      not_run=$(name_missing_modules)
    fi
  else
    say "Maven has failed ($log): it says '$(first_mistake "$log")'. Correct the cause and start again"
    status=1
  fi
  rm -f "$stamp"
  summarise "$not_run" || status=1
  say "$(clock) minutes${app:+; the next start runs ${app#"$root"/}}"
  return $status
}
