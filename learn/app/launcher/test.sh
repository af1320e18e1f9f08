# shellcheck shell=bash
# Sourced by latticelift: `latticelift test`.

missing_checkers() { # prints the packages of what checks our files from outside, and of the documents' snippets, that are not there
  command -v h5dump >/dev/null || echo hdf5-tools
  command -v pvpython >/dev/null || printf '%s\n' paraview python3-paraview
  command -v xvfb-run >/dev/null || echo xvfb
  command -v xauth >/dev/null || echo xauth
  command -v slurmctld >/dev/null || echo slurm-wlm
  command -v munged >/dev/null || echo munge
  command -v ip >/dev/null || echo iproute2
  command -v mkdocs >/dev/null || echo mkdocs
  ((jdk_version < ffm_java)) || command -v mpiexec.hydra >/dev/null || echo mpich
  /usr/bin/python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
  local module
  for module in h5py ase xarray h5netcdf matplotlib lammps; do # apt's Python, whichever is first on the PATH
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

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); } # clock SECONDS

# A line for each class of tests, and for every half minute in which none ends; on a terminal one line that keeps counting.
show_progress() { # show_progress SETS: reads what Maven says; SETS as in .ci/tests.csv, such as 'quick'
  local line rest='' module='' phase='Maven starts' tests=0 failing='' every=30 told=$SECONDS
  local -A running=() expected=()
  local to_do=0 expected_done=0 began='' known_module known_class known_set known_seconds
  while IFS=, read -r known_module known_class known_set _ known_seconds; do
    [[ " $1 " == *" $known_set "* && -d $root/$known_module ]] || continue
    known_class=${known_class##*.}
    expected[$known_class]=$((${expected[$known_class]:-0} + 10#${known_seconds/.}))
    to_do=$((to_do + 10#${known_seconds/.}))
  done <"$root/.ci/tests.csv"
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
    ((SECONDS - told < every)) || progress "$(now) ..."
  done
  [[ ! -t 1 ]] || printf '\r\e[K'
}

now() { # what goes on: the classes that run, else what Maven does
  if ((${#running[@]})); then local IFS=' '; printf '%s' "${!running[*]}"; else printf '%s' "$phase"; fi
}

left() { # how long the classes that have not ended will take, by the times of .ci/tests.csv and the pace so far, whatever runs beside each other
  local pace=100 # per cent
  ((expected_done < 500)) || pace=$((10000 * (SECONDS - began) / expected_done))
  ((to_do <= 0 || expected_done < 500)) || printf 'about %s left  ' "$(clock $((to_do * pace / 10000)))"
}

progress() { # progress WHAT
  local line
  printf -v line '%6s  %-15s %5d tests  %s%s' "$(clock $SECONDS)" "$module" "$tests" "$(left)" "$1"
  if [[ -t 1 ]]; then printf '\r\e[K%s' "${line:0:${COLUMNS:-100}-1}"; else printf '%s\n' "$line"; fi
  told=$SECONDS
}

tell() { # tell LINE: one that stays, on a terminal too
  [[ ! -t 1 ]] || printf '\r\e[K'
  printf '%s\n' "$1"
}

follow() { # follow LINE: of Maven's output; changes what show_progress knows
  local ended='^\[[A-Z]+\] Tests run: ([0-9]+),.* Time elapsed: ([0-9.]+) s.* in (.*\.)?([^.]+)$' name seconds
  if [[ $1 =~ ^\[INFO\]\ Building\ LatticeLift\ ([a-z].*)\ [0-9][^\ ]*(\ .*)?$ ]]; then
    module=${BASH_REMATCH[1]} phase='looking for changes' running=()
    progress "$phase"
  elif [[ $1 =~ ^\[INFO\]\ (Recompiling|Compiling)\  ]]; then
    phase=compiling
  elif [[ $1 =~ ^\[INFO\]\ Running\ (.*\.)?([^.]+)$ ]]; then
    running[${BASH_REMATCH[2]}]=1 failing='' began=${began:-$SECONDS}
    [[ ! -t 1 ]] || progress "$(now)"
  elif [[ $1 =~ $ended ]]; then
    name=${BASH_REMATCH[4]} seconds=${BASH_REMATCH[2]}
    unset "running[$name]"
    tests=$((tests + BASH_REMATCH[1])) failing='' phase='Maven goes on'
    if [[ -n ${expected[$name]:-} ]]; then
      to_do=$((to_do - expected[$name])) expected_done=$((expected_done + expected[$name]))
      unset "expected[$name]"
    fi
    progress "$name: ${BASH_REMATCH[1]} in $seconds s"
  elif [[ $1 =~ ^\[ERROR\]\ (.*)\ --\ Time\ elapsed:.*\<\<\<\ (FAILURE|ERROR)! ]]; then
    tell "FAILED  ${BASH_REMATCH[1]}"
    failing=1
  elif [[ -n $failing && -n $1 && ! $1 =~ ^(\[|[[:space:]]+at ) ]]; then
    tell "        $1" # what the test says, without where
  fi
}

write_times() { # $state/test-classes.csv: what each class cost, the dearest first, in the columns of .ci/tests.csv and three more
  local file times=$state/test-classes.csv
  {
    echo 'module,class,set,tests,seconds,processor_seconds,calibration'
    find "$root"/io "$root"/mpi-sim "$root"/learn -path '*/target/test-times/*.csv' | sort | while read -r file; do
      file=${file#"$root"/}
      sed "s|^|${file%%/target/*},|" "$root/$file"
    done | sort -t , -k 5,5gr
  } >"$times"
  say "what each class took: ${times#"$root"/}"
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

# Two classes at a time, each in a JVM, and after them those with ranks one by one.
readonly two_at_a_time=('-Dtest.excludedGroups=campaign,ranks' -Dtest.forks=2 -Dtest.ranks.skip=false)

choose_sets() { # choose_sets all|EXCEPT: sets and groups from what was asked for; an empty EXCEPT leaves out nothing of all
  case $1 in
    quick) sets=quick groups=() ;;
    all) sets='quick pipeline law hostile ranks docs' groups=("${two_at_a_time[@]}") ;;
    rest) sets='pipeline law hostile ranks docs' groups=("${two_at_a_time[@]}" '-Dtest.groups=pipeline | law | hostile | docs') ;;
  esac
}

read_test_options() { # sets asked (quick, all or rest), coverage and words (for Maven)
  asked=quick coverage=() words=()
  local except=''
  while (($#)); do
    case $1 in
      --fast) asked=quick ;;
      --all) asked=all ;;
      --except=* | --except)
        if [[ $1 == *=* ]]; then except=${1#*=}; else except=${2:-} && shift; fi
        [[ $except == quick ]] || die 64 "no set of tests to leave out (--except $except): quick. Correct it"
        ;;
      --coverage) coverage=(-Pcoverage) ;;
      --install) export LATTICELIFT_INSTALL=1 ;;
      *) words+=("$1") ;;
    esac
    shift || true
  done
  [[ -z $except || $asked == all ]] || die 64 "nothing left to test (--except quick): it leaves quick tests out of all. Write --all --except quick"
  [[ -z $except ]] || asked=rest
}

run_test() { # run_test [OPTIONS] [MAVEN ARGS]; what was tested is then the build that runs
  local asked coverage words sets groups status=0 log=$state/test.log stamp app not_run=''
  read_test_options "$@"
  choose_sets "$asked"
  [[ -z $packaged ]] || die 69 "no sources ($root): the tests need them. Take a checkout"
  need_jdk
  need_maven
  lock_build
  prepare_tests
  find "$root"/io "$root"/mpi-sim "$root"/learn \( -path '*/target/surefire-reports' -o -path '*/target/test-times' \) -prune -exec rm -rf {} +
  java_environment
  say "testing with JDK $jdk_version: $sets (Maven downloads about 200 MB that it does not have yet); log: $log"
  stamp=$(new_stamp)
  clear_jars
  SECONDS=0
  if run_maven "${lean[@]}" "${groups[@]}" "${coverage[@]}" -Dmaven.test.failure.ignore=true "${words[@]}" package 2>&1 | tee "$log" | show_progress "$sets"; then
    if has_all_modules "${words[@]}"; then
      app=$(install_app "$stamp")
      not_run=$(name_missing_modules)
    fi
  else
    say "Maven has failed ($log): it says '$(first_mistake "$log")'. Correct the cause and start again"
    status=1
  fi
  rm -f "$stamp"
  write_times
  summarise "$not_run" || status=1
  say "$(clock $SECONDS) minutes${app:+; the next start runs ${app#"$root"/}}"
  return $status
}
